package org.hitc.i18n.check;

import org.hitc.i18n.Problem;
import org.hitc.i18n.Rule;

/**
 * Something that breaks a rule.
 *
 * @param file the file, as it was named
 * @param line its line, from 1; 0 when it is about the whole file
 * @param key the message; empty when it is about none
 * @param words what is wrong and what to do, in English
 */
public record Finding(
    Rule rule, Severity severity, String file, int line, String key, String words) {

  static Finding of(Problem problem, Severity severity) {
    return new Finding(
        problem.rule(), severity, problem.file(), problem.line(), problem.key(), problem.words());
  }

  /** {@code file:line: L08 error: key: words}. */
  @Override
  public String toString() {
    String place = line > 0 ? file + ":" + line : file;
    String about = key.isEmpty() ? words : key + ": " + words;
    return place
        + ": "
        + rule
        + " "
        + severity.name().toLowerCase(java.util.Locale.ROOT)
        + ": "
        + about;
  }
}
