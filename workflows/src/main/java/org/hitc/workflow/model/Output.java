package org.hitc.workflow.model;

/** What the output of a {@code run} is. */
public enum Output {
  /** Shown as it is. */
  TEXT,
  /** {@code NAME=value} lines that later steps refer to. */
  VALUES,
  /** Rows that later steps offer. */
  ROWS
}
