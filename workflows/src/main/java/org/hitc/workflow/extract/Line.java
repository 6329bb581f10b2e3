package org.hitc.workflow.extract;

import java.util.Arrays;

/**
 * The line that is being read: one object for a whole printout, so that a line costs no memory.
 * Behind its text stand blanks, as far as {@link #pad} was asked for.
 */
final class Line {
  /** Room for the longest line and for a column that begins at its end. */
  private static final int ROOM = PrintoutReader.MAX_LINE + 1_024;

  final char[] text = new char[ROOM];
  int page = 1;
  int line = 1;

  /** Characters of the line as it came, without carriage returns at either end. */
  int fullLength;

  /** The same without blanks at the end. */
  int length;

  void trim() {
    int end = fullLength;
    while (end > 0 && Character.isWhitespace(text[end - 1])) {
      end--;
    }
    length = end;
  }

  /** Blanks from the end of the line on, up to a width. */
  void pad(int width) {
    if (width > fullLength) {
      Arrays.fill(text, fullLength, width, ' ');
    }
  }

  boolean startsWith(String wanted, int offset) {
    if (offset + wanted.length() > length) {
      return false;
    }
    for (int i = 0; i < wanted.length(); i++) {
      if (text[offset + i] != wanted.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  boolean isBlank(int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] != ' ') {
        return false;
      }
    }
    return true;
  }

  /** Its text without blanks at the end. */
  String trimmed() {
    return new String(text, 0, length);
  }
}
