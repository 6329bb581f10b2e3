package org.hitc.workflow.engine;

/** What a program of a chain is for. */
public enum Role {
  /** Says whether the chain may go on. */
  GUARD,
  /** Prints the choices of a field. */
  CHOICES,
  /** Prints a report. */
  REPORT,
  /** Does what the workflow is for, and prints text. */
  ACTION
}
