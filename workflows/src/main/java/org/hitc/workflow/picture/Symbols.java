package org.hitc.workflow.picture;

/**
 * Writes a picture's repetitions out: {@code Z(3)9.99CR} becomes {@code ZZZ9.99C}. One character of
 * the result is one symbol; {@link #CREDIT} and {@link #DEBIT} stand for {@code CR} and {@code DB}.
 */
final class Symbols {
  static final char CREDIT = 'C';
  static final char DEBIT = 'D';
  static final int MAX = 512;

  private static final String SUPPORTED = "XA9VZ*$+-,.B0/";

  private Symbols() {}

  static String expand(String text) throws PictureException {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char symbol = Character.toUpperCase(text.charAt(at));
      int start = at;
      if ((symbol == 'C' || symbol == 'D') && at + 1 < text.length()) {
        char second = Character.toUpperCase(text.charAt(at + 1));
        if ((symbol == 'C' && second != 'R') || (symbol == 'D' && second != 'B')) {
          throw new PictureException(at, "only CR and DB begin with this letter");
        }
        at += 2;
      } else {
        check(symbol, at);
        at++;
      }
      int times = 1;
      if (at < text.length() && text.charAt(at) == '(') {
        int close = text.indexOf(')', at);
        times = times(text, at + 1, close);
        at = close + 1;
      }
      if (out.length() + times > MAX) {
        throw new PictureException(start, "longer than " + MAX + " positions");
      }
      out.repeat(symbol, times);
    }
    if (out.isEmpty()) {
      throw new PictureException(0, "an empty picture");
    }
    return out.toString();
  }

  private static void check(char symbol, int at) throws PictureException {
    switch (symbol) {
      case 'P' ->
          throw new PictureException(at, "P (assumed zeros) is not supported: print the digits");
      case 'S' ->
          throw new PictureException(
              at, "S prints no sign of its own: use an edited sign such as 9(5)- or -(5)9");
      case 'N', 'G', 'E' ->
          throw new PictureException(at, "the symbol " + symbol + " is not supported");
      default -> {
        if (SUPPORTED.indexOf(symbol) < 0) {
          throw new PictureException(at, "'" + symbol + "' is not a symbol of a picture");
        }
      }
    }
  }

  private static int times(String text, int from, int close) throws PictureException {
    String digits = close < 0 ? "" : text.substring(from, close);
    boolean decimal = digits.chars().allMatch(c -> c >= '0' && c <= '9');
    if (digits.isEmpty() || digits.length() > 4 || !decimal || Integer.parseInt(digits) == 0) {
      throw new PictureException(from - 1, "parentheses hold a count, as in X(10)");
    }
    return Integer.parseInt(digits);
  }
}
