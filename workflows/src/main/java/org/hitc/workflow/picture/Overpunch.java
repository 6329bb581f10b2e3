package org.hitc.workflow.picture;

/**
 * How the last (or first) digit of a field carries the sign, by the family of compilers that wrote
 * it. No character means a digit of one sign in one family and another digit in another, so that a
 * wrong family is refused and never misread.
 */
public enum Overpunch {
  /** IBM's, and EBCDIC's zoned decimals: <code>{ABCDEFGHI</code> and <code>}JKLMNOPQR</code>. */
  IBM("{ABCDEFGHI", "}JKLMNOPQR", "", ""),

  /** GnuCOBOL's default: plain digits, and {@code pqrstuvwxy} for a negative number. */
  GNUCOBOL("0123456789", "pqrstuvwxy", "", ""),

  /** Micro Focus' {@code SIGN"ASCII"}, as GnuCOBOL's. */
  MICRO_FOCUS("0123456789", "pqrstuvwxy", "", ""),

  /** The VAX's trailing overpunch: IBM's, and more ways to write the zeros. */
  VMS("{ABCDEFGHI", "}JKLMNOPQR", "[?", "]:!");

  private final String positive;
  private final String negative;
  private final String zeros;
  private final String negativeZeros;

  Overpunch(String positive, String negative, String zeros, String negativeZeros) {
    this.positive = positive;
    this.negative = negative;
    this.zeros = zeros;
    this.negativeZeros = negativeZeros;
  }

  /** No digit. */
  static final int NONE = Integer.MIN_VALUE;

  /**
   * The digit that a character stands for; its complement ({@code ~digit}) when the number is
   * negative; {@link #NONE} when it stands for none. A plain digit is positive in every family.
   */
  int digit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int plus = positive.indexOf(c);
    if (plus >= 0) {
      return plus;
    }
    int minus = negative.indexOf(c);
    if (minus >= 0) {
      return ~minus;
    }
    return zeros.indexOf(c) >= 0 ? 0 : negativeZeros.indexOf(c) >= 0 ? ~0 : NONE;
  }
}
