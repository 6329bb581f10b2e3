package org.hitc.workflow.copybook;

import java.util.Locale;

/** A word of a copybook, with its place; a literal begins with its quote, the period is a word. */
record Token(String text, int line, int column) {
  static final String PERIOD = ".";

  boolean isPeriod() {
    return text.equals(PERIOD);
  }

  boolean isLiteral() {
    return text.startsWith("\"") || text.startsWith("'");
  }

  /** In upper case, as COBOL's words are compared. */
  String word() {
    return isLiteral() ? text : text.toUpperCase(Locale.ROOT);
  }

  boolean is(String word) {
    return word().equals(word);
  }
}
