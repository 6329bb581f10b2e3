package org.hitc.i18n.input;

import java.util.Optional;

/** Makes those characters one that mean the same wherever they are typed. */
final class TypedCharacters {
  /** All minus signs and hyphens. */
  static final char MINUS = '-';

  /** All apostrophes, which group thousands in Switzerland. */
  static final char APOSTROPHE = '\'';

  private TypedCharacters() {}

  /**
   * The text without direction marks and outer blanks, with one kind of blank, dash and apostrophe;
   * full-width characters are the usual ones.
   */
  static String plain(String typed) {
    StringBuilder out = new StringBuilder(typed.length());
    typed
        .codePoints()
        .filter(c -> !isMark(c))
        .map(TypedCharacters::one)
        .forEach(out::appendCodePoint);
    return out.toString().strip();
  }

  private static boolean isMark(int c) {
    return c == 0x200E || c == 0x200F || c == 0x061C;
  }

  private static int one(int c) {
    if (Character.isSpaceChar(c)) {
      return ' ';
    }
    return switch (c) {
      case 0x2010, 0x2011, 0x2012, 0x2013, 0x2212, 0xFE63, 0xFF0D -> MINUS;
      case 0x2018, 0x2019, 0x02BC, 0xFF07 -> APOSTROPHE;
      default -> c >= 0xFF0C && c <= 0xFF1A ? c - 0xFEE0 : c;
    };
  }

  /**
   * The text with its digits in ASCII.
   *
   * @param zero the language's own 0
   * @return empty when it has digits of two scripts, or of a foreign one
   */
  static Optional<String> ascii(String text, int zero) {
    StringBuilder out = new StringBuilder(text.length());
    boolean own = false;
    boolean ascii = false;
    for (int c : text.codePoints().toArray()) {
      if (c >= '0' && c <= '9') {
        ascii = true;
        out.append((char) c);
      } else if (c >= zero && c <= zero + 9) {
        own = true;
        out.append((char) ('0' + c - zero));
      } else if (Character.isDigit(c)) {
        return Optional.empty();
      } else {
        out.appendCodePoint(c);
      }
    }
    return own && ascii ? Optional.empty() : Optional.of(out.toString());
  }
}
