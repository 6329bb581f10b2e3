package org.hitc.workflow.picture;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.hitc.workflow.picture.Picture.Kind;

/**
 * Pictures of numbers: {@code lead} (a fixed sign and currency sign), {@code body} (digits, their
 * suppression, insertions and the point), {@code tail} (a fixed sign, {@code CR} or {@code DB}).
 *
 * @param floating the floating symbol of the body, or a blank when there is none
 * @param digits how many digits the body holds
 * @param scale how many of them stand behind the point
 */
record NumberShape(String lead, String body, String tail, char floating, int digits, int scale)
    implements Picture.Shape {

  static final int MAX_DIGITS = 38;

  static NumberShape of(String symbols) throws PictureException {
    return new NumberShapeParser(symbols).parse();
  }

  @Override
  public Kind kind() {
    return Kind.NUMBER;
  }

  @Override
  public boolean signed() {
    return (lead + floating + tail).chars().anyMatch(c -> c != '$' && c != ' ');
  }

  @Override
  public int width() {
    int points = body.indexOf('V') < 0 ? 0 : 1;
    return lead.length() + body.length() - points + tailWidth();
  }

  @Override
  public Reading read(String field) {
    StringBuilder found = new StringBuilder();
    int column = lead.length();
    boolean floatBegun = false;
    for (int i = 0; i < body.length(); i++) {
      char symbol = body.charAt(i);
      if (symbol == 'V') {
        continue;
      }
      if (isDigit(symbol) && (symbol != floating || floatBegun)) {
        char c = field.charAt(column);
        if (c >= '0' && c <= '9') {
          found.append(c);
        } else if (c == ' ' || c == '*' || c == '+' || c == '-' || c == '$') {
          found.append('0');
        } else {
          return wrong(field, column, "a digit");
        }
      }
      floatBegun |= symbol == floating;
      column++;
    }
    boolean negative = field.indexOf('-') >= 0 || field.endsWith("CR") || field.endsWith("DB");
    String expected = print(found.toString(), negative);
    for (int i = 0; i < expected.length(); i++) {
      if (expected.charAt(i) != field.charAt(i)) {
        return wrong(field, i, "'" + expected.charAt(i) + "'");
      }
    }
    BigDecimal magnitude = new BigDecimal(new BigInteger(found.toString()), scale);
    return new Reading.Numeric(negative ? magnitude.negate() : magnitude);
  }

  /**
   * Prints digits as COBOL's editing does.
   *
   * @param value exactly {@link #digits} digits
   */
  String print(String value, boolean negative) {
    boolean zero = value.chars().allMatch(c -> c == '0');
    if (zero && body.indexOf('9') < 0) {
      return suppressedWhole();
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < lead.length(); i++) {
      out.append(sign(lead.charAt(i), negative));
    }
    printBody(value, negative, out);
    return switch (tail) {
      case "" -> out.toString();
      case "C" -> out.append(negative ? "CR" : "  ").toString();
      case "D" -> out.append(negative ? "DB" : "  ").toString();
      default -> out.append(sign(tail.charAt(0), negative)).toString();
    };
  }

  private void printBody(String value, boolean negative, StringBuilder out) {
    char fill = body.indexOf('*') >= 0 ? '*' : ' ';
    boolean floatBegun = false;
    boolean suppressing = false;
    int next = 0;
    for (int i = 0; i < body.length(); i++) {
      char symbol = body.charAt(i);
      if (symbol == floating && !floatBegun) {
        floatBegun = true;
        suppressing = true;
        out.append(fill);
      } else if (isDigit(symbol)) {
        char digit = value.charAt(next++);
        suppressing |= symbol != '9' && next == 1;
        if (suppressing && symbol != '9' && digit == '0') {
          out.append(fill);
        } else {
          suppressing = endSuppression(suppressing, negative, out);
          out.append(digit);
        }
      } else if (symbol == '.' || symbol == 'V') {
        suppressing = endSuppression(suppressing, negative, out);
        out.append(symbol == '.' ? "." : "");
      } else {
        out.append(suppressing ? fill : symbol == 'B' ? ' ' : symbol);
      }
    }
  }

  private boolean endSuppression(boolean suppressing, boolean negative, StringBuilder out) {
    if (suppressing && floating != ' ') {
      out.setCharAt(out.length() - 1, sign(floating, negative));
    }
    return false;
  }

  private String suppressedWhole() {
    if (body.indexOf('*') < 0) {
      return " ".repeat(width());
    }
    String stars = "*".repeat(width());
    int point = body.indexOf('.');
    return point < 0
        ? stars
        : new StringBuilder(stars)
            .replace(lead.length() + point, lead.length() + point + 1, ".")
            .toString();
  }

  private static char sign(char symbol, boolean negative) {
    return switch (symbol) {
      case '+' -> negative ? '-' : '+';
      case '-' -> negative ? '-' : ' ';
      default -> symbol;
    };
  }

  private boolean isDigit(char symbol) {
    return symbol == '9' || symbol == 'Z' || symbol == '*' || symbol == floating;
  }

  private int tailWidth() {
    return tail.equals("C") || tail.equals("D") ? 2 : tail.length();
  }

  private static Reading wrong(String field, int offset, String expected) {
    return new Reading.Wrong(
        offset,
        "the picture wants " + expected + " where the field has '" + field.charAt(offset) + "'");
  }
}
