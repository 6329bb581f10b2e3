package org.hitc.workflow.picture;

/**
 * Scans edited pictures without a floating symbol: what {@link NumberShape#print} would print is
 * compared while the digits are taken out.
 */
final class EditedScanner implements NumberScanner {
  /** Stands for a digit among what is expected. */
  private static final char DIGIT = '\0';

  private final char[] lead;

  /** What the body prints once suppression has ended: {@link #DIGIT}, or the character itself. */
  private final char[] expected;

  private final String tail;
  private final int width;
  private final char fill;

  /** As many characters at the beginning of the body can be suppressed. */
  private final int suppressible;

  /** Zero is printed as nothing but fill. */
  private final boolean zeroIsFill;

  EditedScanner(NumberShape shape) {
    String body = shape.body();
    this.lead = shape.lead().toCharArray();
    this.expected = body.replace("V", "").toCharArray();
    for (int i = 0; i < expected.length; i++) {
      expected[i] =
          switch (expected[i]) {
            case '9', 'Z', '*' -> DIGIT;
            case 'B' -> ' ';
            default -> expected[i];
          };
    }
    this.tail = shape.tail();
    this.width = shape.width();
    this.fill = body.indexOf('*') >= 0 ? '*' : ' ';
    int end = 0;
    while (end < body.length() && "9.V".indexOf(body.charAt(end)) < 0) {
      end++;
    }
    this.suppressible = end;
    this.zeroIsFill = body.indexOf('9') < 0;
  }

  /** Not with floating symbols, and not when the first symbol of the body is no digit. */
  static boolean canScan(NumberShape shape) {
    char first = shape.body().charAt(0);
    return shape.floating() == ' ' && (first == '9' || first == 'Z' || first == '*');
  }

  @Override
  public long scan(char[] line, int from) {
    if (zeroIsFill && line[from] == fill && isAllFill(line, from)) {
      return 0;
    }
    boolean negative = false;
    for (int i = 0; i < lead.length; i++) {
      char c = line[from + i];
      if (!fitsSign(lead[i], c)) {
        return NONE;
      }
      negative |= c == '-';
    }
    int body = from + lead.length;
    long value = digits(line, body);
    if (value < 0 || (value == 0 && zeroIsFill)) {
      return NONE;
    }
    int end = body + expected.length;
    if (!tail.isEmpty()) {
      int sign = tail(line, end);
      if (sign == 0) {
        return NONE;
      }
      negative |= sign < 0;
    }
    return negative ? -value : value;
  }

  /** The digits of the body, or something negative. */
  private long digits(char[] line, int from) {
    int i = 0;
    while (i < suppressible && line[from + i] == fill) {
      i++;
    }
    if (i < suppressible && (expected[i] != DIGIT || line[from + i] == '0')) {
      return NONE;
    }
    long value = 0;
    for (; i < expected.length; i++) {
      char c = line[from + i];
      if (expected[i] == DIGIT) {
        int digit = c - '0';
        if (digit < 0 || digit > 9) {
          return NONE;
        }
        value = value * 10 + digit;
      } else if (c != expected[i]) {
        return NONE;
      }
    }
    return value;
  }

  /** 1 or -1 as the sign behind the body says; 0 when it is none. */
  private int tail(char[] line, int at) {
    char symbol = tail.charAt(0);
    if (symbol == Symbols.CREDIT || symbol == Symbols.DEBIT) {
      boolean there = line[at] == symbol && line[at + 1] == (symbol == Symbols.CREDIT ? 'R' : 'B');
      return there ? -1 : line[at] == ' ' && line[at + 1] == ' ' ? 1 : 0;
    }
    return !fitsSign(symbol, line[at]) ? 0 : line[at] == '-' ? -1 : 1;
  }

  private static boolean fitsSign(char symbol, char c) {
    return switch (symbol) {
      case '-' -> c == '-' || c == ' ';
      case '+' -> c == '-' || c == '+';
      default -> c == symbol;
    };
  }

  /** All fill, but for the point between asterisks. */
  private boolean isAllFill(char[] line, int from) {
    for (int i = 0; i < width; i++) {
      int inBody = i - lead.length;
      boolean point =
          fill == '*' && inBody >= 0 && inBody < expected.length && expected[inBody] == '.';
      if (line[from + i] != (point ? '.' : fill)) {
        return false;
      }
    }
    return true;
  }
}
