package org.hitc.workflow.picture;

/**
 * Scans edited pictures without a floating symbol: what {@link NumberShape#print} would print is
 * compared while the digits are taken out.
 */
final class EditedScanner implements NumberScanner {
  private static final char NINE = '9';
  private static final char SUPPRESSED = 'Z';
  private static final char POINT = '.';
  private static final char VIRTUAL = 'V';

  private final char[] lead;
  private final char[] body;
  private final String tail;
  private final int width;
  private final char fill;
  private final boolean suppressedFirst;
  private final boolean zeroIsBlank;

  EditedScanner(NumberShape shape) {
    this.lead = shape.lead().toCharArray();
    this.body = shape.body().replace('*', SUPPRESSED).toCharArray();
    this.tail = shape.tail();
    this.width = shape.width();
    this.fill = shape.body().indexOf('*') >= 0 ? '*' : ' ';
    this.suppressedFirst = body[0] == SUPPRESSED;
    this.zeroIsBlank = shape.body().indexOf(NINE) < 0;
  }

  /** Not with floating symbols, and not when the first symbol of the body is no digit. */
  static boolean canScan(NumberShape shape) {
    char first = shape.body().charAt(0);
    return shape.floating() == ' ' && (first == '9' || first == 'Z' || first == '*');
  }

  @Override
  public long scan(char[] line, int from) {
    if (zeroIsBlank && line[from] == fill && isSuppressedWhole(line, from)) {
      return 0;
    }
    int at = from;
    boolean negative = false;
    for (char symbol : lead) {
      char c = line[at++];
      if (!fitsSign(symbol, c)) {
        return NONE;
      }
      negative |= c == '-';
    }
    long value = 0;
    boolean suppressing = suppressedFirst;
    for (char symbol : body) {
      if (symbol == VIRTUAL) {
        suppressing = false;
        continue;
      }
      char c = line[at++];
      switch (symbol) {
        case NINE, SUPPRESSED -> {
          if (symbol == NINE) {
            suppressing = false;
          }
          int digit = c - '0';
          if (suppressing && c == fill) {
            digit = 0;
          } else if (digit < 0 || digit > 9 || (suppressing && digit == 0)) {
            return NONE;
          } else {
            suppressing = false;
          }
          value = value * 10 + digit;
        }
        case POINT -> {
          suppressing = false;
          if (c != POINT) {
            return NONE;
          }
        }
        default -> {
          if (c != (suppressing ? fill : symbol == 'B' ? ' ' : symbol)) {
            return NONE;
          }
        }
      }
    }
    if (!tail.isEmpty()) {
      char symbol = tail.charAt(0);
      if (symbol == Symbols.CREDIT || symbol == Symbols.DEBIT) {
        char first = symbol;
        char second = symbol == Symbols.CREDIT ? 'R' : 'B';
        if (line[at] == first && line[at + 1] == second) {
          negative = true;
        } else if (line[at] != ' ' || line[at + 1] != ' ') {
          return NONE;
        }
      } else if (!fitsSign(symbol, line[at])) {
        return NONE;
      } else {
        negative |= line[at] == '-';
      }
    }
    return value == 0 && zeroIsBlank ? NONE : negative ? -value : value;
  }

  private static boolean fitsSign(char symbol, char c) {
    return switch (symbol) {
      case '-' -> c == '-' || c == ' ';
      case '+' -> c == '-' || c == '+';
      default -> c == symbol;
    };
  }

  /** All fill, but for the point behind asterisks. */
  private boolean isSuppressedWhole(char[] line, int from) {
    int point = fill == ' ' ? -1 : new String(body).indexOf(POINT);
    for (int i = 0; i < width; i++) {
      char expected = point >= 0 && i == lead.length + point ? POINT : fill;
      if (line[from + i] != expected) {
        return false;
      }
    }
    return true;
  }
}
