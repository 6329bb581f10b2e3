package org.hitc.workflow.engine;

/** What a program of a chain is for. */
public enum Role {
  /** Says whether the chain may go on. */
  GUARD,
  /** Prints the choices of a field. */
  CHOICES,
  /** Prints values or rows that later steps need; nobody is shown its output. */
  DATA,
  /** Prints a report. */
  REPORT,
  /** Changes something; nothing of what it prints is shown. */
  CHANGE,
  /** Does what the workflow is for, and prints text that is shown. */
  ACTION
}
