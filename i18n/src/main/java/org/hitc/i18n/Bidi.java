package org.hitc.i18n;

/** Isolation of a value from the direction of the text around it (UAX 9). */
final class Bidi {
  /** Before the Hebrew block nothing runs from right to left, and no mark or override stands. */
  private static final int FIRST_RIGHT_TO_LEFT = 0x0590;

  private static final char LRI = '\u2066';
  private static final char FSI = '\u2068';
  private static final char PDI = '\u2069';

  private Bidi() {}

  /**
   * True for a value that can change nothing in words that run from left to right: no letter or
   * digit of another direction, no mark, no embedding, override or isolate.
   */
  static boolean isPlain(String value) {
    // A loop: this is done for every value of every message.
    for (int i = 0; i < value.length(); ) {
      int codePoint = value.codePointAt(i);
      if (codePoint >= FIRST_RIGHT_TO_LEFT && !isPlain(codePoint)) {
        return false;
      }
      i += Character.charCount(codePoint);
    }
    return true;
  }

  private static boolean isPlain(int codePoint) {
    return switch (Character.getDirectionality(codePoint)) {
      case Character.DIRECTIONALITY_LEFT_TO_RIGHT,
          Character.DIRECTIONALITY_EUROPEAN_NUMBER,
          Character.DIRECTIONALITY_EUROPEAN_NUMBER_SEPARATOR,
          Character.DIRECTIONALITY_EUROPEAN_NUMBER_TERMINATOR,
          Character.DIRECTIONALITY_COMMON_NUMBER_SEPARATOR,
          Character.DIRECTIONALITY_NONSPACING_MARK,
          Character.DIRECTIONALITY_WHITESPACE,
          Character.DIRECTIONALITY_OTHER_NEUTRALS ->
          codePoint != 0x200E;
      default -> false;
    };
  }

  /**
   * Appends the value between FSI and PDI. It cannot end its isolation itself: its own isolates are
   * closed, and a PDI that closes none of them is left out.
   */
  static void isolate(String value, StringBuilder out) {
    out.append(FSI);
    int open = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == PDI) {
        if (open == 0) {
          continue;
        }
        open--;
      } else if (c >= LRI && c <= FSI) {
        open++;
      }
      out.append(c);
    }
    out.repeat(PDI, open + 1);
  }
}
