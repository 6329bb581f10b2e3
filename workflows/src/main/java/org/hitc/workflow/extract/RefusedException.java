package org.hitc.workflow.extract;

import org.hitc.channel.Refusal;

/** Carries a refusal to {@link TableReader}, which adds the line; never leaves the package. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;
  private final Refusal why;
  private final int column;

  /**
   * A refusal.
   *
   * @param column one-based
   */
  RefusedException(Refusal why, int column, String reason) {
    super(reason, null, false, false);
    this.why = why;
    this.column = column;
  }

  /** A line that cannot be read. */
  static RefusedException syntax(int column, String reason) {
    return new RefusedException(Refusal.ROWS_SYNTAX, column, reason);
  }

  Table.Refused at(Line line) {
    return new Table.Refused(why, line.page, line.line, column, String.valueOf(getMessage()));
  }
}
