package org.hitc.listener;

import org.hitc.workflow.yaml.Problem;
import org.hitc.workflow.yaml.Severity;

/**
 * Something to be said about what was checked.
 *
 * @param text for people; one line or several, without a line end behind the last
 */
public record Finding(Severity severity, String text) {
  /** What was found in a file. */
  public static Finding of(Problem problem) {
    return new Finding(problem.severity(), problem.format().stripTrailing());
  }

  /** What is wrong with something as a whole, in the same form. */
  public static Finding error(String where, String text, String ident) {
    return new Finding(Severity.ERROR, where + ": error: " + text + " [" + ident + "]");
  }

  /** What can be used all the same. */
  public static Finding warning(String where, String text, String ident) {
    return new Finding(Severity.WARNING, where + ": warning: " + text + " [" + ident + "]");
  }

  /** True when it cannot be used. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }
}
