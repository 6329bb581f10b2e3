package org.hitc.workflow.picture;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.hitc.workflow.picture.Picture.Kind;

/**
 * Pictures with {@code S}: digits, and a sign as the SIGN clause says.
 *
 * @param digits how many
 * @param scale how many of them stand behind {@code V}
 */
record SignedShape(int digits, int scale, Sign sign) implements Picture.Shape {

  static SignedShape of(String symbols, Sign sign) throws PictureException {
    int point = symbols.indexOf('V');
    String digits = symbols.replaceFirst("V", "");
    if (!digits.chars().allMatch(c -> c == '9')) {
      throw new PictureException(0, "S stands only before 9 and V");
    }
    if (digits.isEmpty() || digits.length() > NumberShape.MAX_DIGITS) {
      throw new PictureException(0, "1 to " + NumberShape.MAX_DIGITS + " digits");
    }
    return new SignedShape(digits.length(), point < 0 ? 0 : symbols.length() - point - 1, sign);
  }

  @Override
  public Kind kind() {
    return Kind.NUMBER;
  }

  @Override
  public boolean signed() {
    return true;
  }

  @Override
  public int width() {
    return digits + (sign instanceof Sign.Separate ? 1 : 0);
  }

  @Override
  public Reading read(String field) {
    int signAt = sign.leading() ? 0 : field.length() - 1;
    StringBuilder found = new StringBuilder();
    boolean negative = false;
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (i != signAt) {
        if (c < '0' || c > '9') {
          return wrong(i, "a digit", c);
        }
        found.append(c);
      } else if (sign instanceof Sign.Overpunched overpunched) {
        int digit = overpunched.dialect().digit(c);
        if (digit == Overpunch.NONE) {
          return wrong(i, "a digit with a sign (" + overpunched.dialect() + ")", c);
        }
        negative = digit < 0;
        found.append((char) ('0' + (digit < 0 ? ~digit : digit)));
      } else {
        if (c != '+' && c != '-') {
          return wrong(i, "+ or -", c);
        }
        negative = c == '-';
      }
    }
    BigDecimal magnitude = new BigDecimal(new BigInteger(found.toString()), scale);
    return new Reading.Numeric(negative ? magnitude.negate() : magnitude);
  }

  private static Reading wrong(int offset, String expected, char found) {
    return new Reading.Wrong(
        offset, "the picture wants " + expected + " where the field has '" + found + "'");
  }
}
