package org.hitc.workflow.picture;

/** Scans pictures with {@code S}. */
final class SignedScanner implements NumberScanner {
  private final int digits;
  private final Sign sign;

  SignedScanner(SignedShape shape) {
    this.digits = shape.digits();
    this.sign = shape.sign();
  }

  @Override
  public long scan(char[] line, int from) {
    return switch (sign) {
      case Sign.Separate(boolean leading) -> separate(line, from, leading);
      case Sign.Overpunched(boolean leading, Overpunch dialect) ->
          overpunched(line, from, leading ? from : from + digits - 1, dialect);
    };
  }

  private long separate(char[] line, int from, boolean leading) {
    char c = line[leading ? from : from + digits];
    int first = leading ? from + 1 : from;
    long value = 0;
    for (int i = first; i < first + digits; i++) {
      int digit = line[i] - '0';
      if (digit < 0 || digit > 9) {
        return NONE;
      }
      value = value * 10 + digit;
    }
    return c == '+' ? value : c == '-' ? -value : NONE;
  }

  private long overpunched(char[] line, int from, int signAt, Overpunch dialect) {
    int punched = dialect.digit(line[signAt]);
    if (punched == Overpunch.NONE) {
      return NONE;
    }
    long value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = i == signAt ? (punched < 0 ? ~punched : punched) : line[i] - '0';
      if (digit < 0 || digit > 9) {
        return NONE;
      }
      value = value * 10 + digit;
    }
    return punched < 0 ? -value : value;
  }
}
