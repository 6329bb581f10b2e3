package org.hitc.i18n;

/** Isolation of a value from the direction of the text around it (UAX 9). */
final class Bidi {
  private static final char LRI = '\u2066';
  private static final char FSI = '\u2068';
  private static final char PDI = '\u2069';

  private Bidi() {}

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
