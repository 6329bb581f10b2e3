package org.hitc.i18n;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/** Which numbers are shown: what a column of a report can hold, and nothing that takes minutes. */
final class Numbers {
  /** Numbers this large and larger are not. */
  static final BigDecimal LIMIT = BigDecimal.ONE.scaleByPowerOfTen(30);

  private static final int DECIMALS = 100;

  /** Of the digits without the decimal point; looked at first, because it costs nothing. */
  private static final int BITS = 500;

  private Numbers() {}

  /** The value as a number, if it is one that can be shown. */
  static Optional<BigDecimal> of(Object value) {
    return switch (value) {
      case Integer i -> Optional.of(BigDecimal.valueOf(i));
      case Long l -> Optional.of(BigDecimal.valueOf(l));
      case BigInteger b -> bounded(new BigDecimal(b));
      case BigDecimal b -> bounded(b);
      default -> Optional.empty();
    };
  }

  private static Optional<BigDecimal> bounded(BigDecimal number) {
    return number.unscaledValue().bitLength() <= BITS
            && Math.abs((long) number.scale()) <= DECIMALS
            && number.abs().compareTo(LIMIT) < 0
        ? Optional.of(number)
        : Optional.empty();
  }
}
