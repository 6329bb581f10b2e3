package org.hitc.workflow.model;

import java.util.List;

/** What the output of a {@code run} is. */
public sealed interface Output {
  /** Shown as it is, on a page of its own. */
  record Text() implements Output {}

  /**
   * {@code NAME=value} lines that later steps refer to.
   *
   * @param names those that must be there; empty: whatever the program prints
   */
  record Values(List<String> names) implements Output {
    public Values {
      names = List.copyOf(names);
    }
  }

  /** Rows that later forms offer; not shown by themselves. */
  record Rows(ReportStep.Lines lines, Columns columns, List<String> checkTotals) implements Output {
    public Rows {
      checkTotals = List.copyOf(checkTotals);
    }
  }
}
