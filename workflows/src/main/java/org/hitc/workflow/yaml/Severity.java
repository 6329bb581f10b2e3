package org.hitc.workflow.yaml;

import java.util.Locale;

/** How bad a problem is. */
public enum Severity {
  /** The file cannot be used. */
  ERROR,
  /** The file can be used; whoever wrote it should know. */
  WARNING;

  /** As it is printed. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
