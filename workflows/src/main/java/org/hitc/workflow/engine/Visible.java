package org.hitc.workflow.engine;

/** Makes control characters of foreign text visible, so that no terminal obeys them. */
public final class Visible {
  private static final int CONTROL_PICTURES = 0x2400;
  private static final int SYMBOL_FOR_DELETE = 0x2421;

  private Visible() {}

  /** C0 controls as their pictures (U+2400 and up), other unprintable characters as U+FFFD. */
  public static String of(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (c < ' ') {
            out.appendCodePoint(CONTROL_PICTURES + c);
          } else if (c == 0x7F) {
            out.appendCodePoint(SYMBOL_FOR_DELETE);
          } else {
            out.appendCodePoint(Rules.isForbidden(c) ? 0xFFFD : c);
          }
        });
    return out.toString();
  }
}
