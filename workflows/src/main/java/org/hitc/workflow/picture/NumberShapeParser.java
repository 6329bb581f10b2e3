package org.hitc.workflow.picture;

/** Takes the symbols of a number apart and refuses combinations that COBOL refuses. */
final class NumberShapeParser {
  private final String symbols;

  NumberShapeParser(String symbols) {
    this.symbols = symbols;
  }

  NumberShape parse() throws PictureException {
    int from = 0;
    while (from < symbols.length() && isFixed(symbols.charAt(from))) {
      from++;
    }
    int to = symbols.length();
    char last = symbols.charAt(to - 1);
    boolean lastIsSign =
        last == '+' || last == '-' || last == Symbols.CREDIT || last == Symbols.DEBIT;
    if (to > from && lastIsSign && count(last) == 1) {
      to--;
    }
    String lead = symbols.substring(0, from);
    String body = symbols.substring(from, to);
    String tail = symbols.substring(to);
    char floating = floating(body);
    checkSigns(lead, floating, tail);
    int digits = checkBody(body, floating);
    return new NumberShape(lead, body, tail, floating, digits, scale(body, floating));
  }

  private boolean isFixed(char symbol) {
    return (symbol == '+' || symbol == '-' || symbol == '$') && count(symbol) == 1;
  }

  private long count(char symbol) {
    return symbols.chars().filter(c -> c == symbol).count();
  }

  private static char floating(String body) {
    return (char)
        body.chars().filter(c -> c == '+' || c == '-' || c == '$').findFirst().orElse(' ');
  }

  private static void checkSigns(String lead, char floating, String tail) throws PictureException {
    String all = lead + floating + tail;
    boolean signFirst = lead.startsWith("+") || lead.startsWith("-");
    if (signFirst && all.indexOf('$') >= 0) {
      // GnuCOBOL 3.1.2 prints this sign as it is written, whatever the value: 1 by -$$$9 is "-
      // $1".
      throw new PictureException(
          0, "a sign in front of a currency sign: compilers disagree about it, put it at the end");
    }
    if (all.chars().filter(c -> c != '$' && c != ' ').count() > 1) {
      throw new PictureException(0, "more than one sign");
    }
    if (all.chars().filter(c -> c == '$').count() > 1) {
      throw new PictureException(0, "more than one currency sign");
    }
  }

  /** Returns the number of digits. */
  private int checkBody(String body, char floating) throws PictureException {
    int digits = 0;
    boolean nine = false;
    boolean point = false;
    boolean suppressedFraction = false;
    char suppression = ' ';
    for (int i = 0; i < body.length(); i++) {
      char symbol = body.charAt(i);
      switch (symbol) {
        case '9' -> {
          digits++;
          nine = true;
        }
        case '.', 'V' -> {
          refuse(point, "more than one decimal point");
          point = true;
        }
        case ',', 'B', '0', '/' -> {}
        case 'Z', '*', '+', '-', '$' -> {
          refuse(suppression != ' ' && suppression != symbol, "two kinds of suppression");
          refuse(nine, "'" + symbol + "' behind a 9");
          suppressedFraction |= point;
          digits += symbol == floating && suppression == ' ' ? 0 : 1;
          suppression = symbol;
        }
        default -> refuse(true, "'" + symbol + "' in the middle");
      }
      refuse(suppressedFraction && nine, "a 9 behind a suppressed digit of the fraction");
    }
    refuse(digits == 0, "no digit");
    refuse(digits > NumberShape.MAX_DIGITS, "more than " + NumberShape.MAX_DIGITS + " digits");
    return digits;
  }

  private static int scale(String body, char floating) {
    int point = Math.max(body.indexOf('.'), body.indexOf('V'));
    if (point < 0) {
      return 0;
    }
    boolean floatBegun = body.substring(0, point).indexOf(floating) >= 0;
    long places =
        body.substring(point + 1)
            .chars()
            .filter(c -> "9Z*".indexOf(c) >= 0 || c == floating)
            .count();
    return (int) places - (floating != ' ' && !floatBegun ? 1 : 0);
  }

  private void refuse(boolean condition, String reason) throws PictureException {
    if (condition) {
      throw new PictureException(0, reason + " in " + symbols);
    }
  }
}
