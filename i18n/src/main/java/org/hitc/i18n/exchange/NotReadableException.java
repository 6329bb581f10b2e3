package org.hitc.i18n.exchange;

/** A file from outside is not what it should be. */
final class NotReadableException extends Exception {
  private static final long serialVersionUID = 1;

  private final int line;
  private final String words;

  NotReadableException(int line, String words) {
    super(words);
    this.line = line;
    this.words = words;
  }

  int line() {
    return line;
  }

  String words() {
    return words;
  }
}
