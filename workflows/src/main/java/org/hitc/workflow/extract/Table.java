package org.hitc.workflow.extract;

import java.util.List;
import java.util.Optional;
import org.hitc.channel.Refusal;

/** What a report turned out to be. */
public sealed interface Table {

  /**
   * Every line was understood, and every checked total agrees.
   *
   * @param rows one cell for every shown column
   * @param total the printed total, as many cells
   */
  record Rows(List<List<Cell>> rows, Optional<List<Cell>> total) implements Table {
    public Rows {
      rows = rows.stream().map(List::copyOf).toList();
      total = total.map(List::copyOf);
    }
  }

  /**
   * No table.
   *
   * @param why {@code ROWS_SYNTAX}, {@code ROWS_TOTAL} or {@code ROWS_LIMIT}
   * @param page one-based printed page
   * @param line one-based line of that page
   * @param column one-based column
   * @param reason for the programmer
   */
  record Refused(Refusal why, int page, int line, int column, String reason)
      implements Table, Extraction {
    /** Such as {@code page 2, line 5, column 28: ...}. */
    public String detail() {
      return "page " + page + ", line " + line + ", column " + column + ": " + reason;
    }
  }
}
