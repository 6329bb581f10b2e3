package org.hitc.workflow.extract;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A row that has just been read. It is valid only until the next one is: whoever wants to keep it
 * takes its cells.
 */
public interface Row {
  /** How many cells it has: one for each heading. */
  int size();

  /**
   * A cell, made now.
   *
   * @param column from 0
   */
  Cell cell(int column);

  /** All of them, to keep. */
  default List<Cell> cells() {
    return IntStream.range(0, size()).mapToObj(this::cell).toList();
  }
}
