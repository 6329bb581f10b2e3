package org.hitc.workflow.extract;

import java.util.List;
import java.util.Optional;

/** What became of a printout whose rows went to a sink. */
public sealed interface Extraction permits Extraction.Complete, Table.Refused {
  /**
   * Every line was understood, and every checked total agrees.
   *
   * @param rows how many went to the sink
   * @param total the printed total, one cell for every heading
   */
  record Complete(long rows, Optional<List<Cell>> total) implements Extraction {
    public Complete {
      total = total.map(List::copyOf);
    }
  }
}
