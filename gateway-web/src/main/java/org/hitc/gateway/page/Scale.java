package org.hitc.gateway.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * An axis with round ticks (1, 2 or 5 times a power of ten) that holds zero and all its values,
 * however large they are.
 *
 * @param ticks ascending; at least two, the first and the last are the ends of the axis
 */
record Scale(List<BigDecimal> ticks) {

  private static final MathContext PRECISION = MathContext.DECIMAL64;

  Scale {
    ticks = List.copyOf(ticks);
  }

  /**
   * An axis for some values.
   *
   * @param most the most steps between ticks, at least one; a value on each side of zero needs two
   */
  static Scale of(List<BigDecimal> values, int most) {
    BigDecimal low = values.stream().reduce(BigDecimal.ZERO, BigDecimal::min);
    BigDecimal high = values.stream().reduce(BigDecimal.ZERO, BigDecimal::max);
    if (low.signum() == 0 && high.signum() == 0) {
      return new Scale(List.of(BigDecimal.ZERO, BigDecimal.ONE));
    }
    int steps = Math.max(most, low.signum() < 0 && high.signum() > 0 ? 2 : 1);
    BigDecimal step = roundUp(high.subtract(low, PRECISION).divide(count(steps), PRECISION));
    while (steps(low, high, step) > steps) {
      step = roundUp(step.multiply(new BigDecimal("1.01"), PRECISION));
    }
    return new Scale(ticks(low, high, step));
  }

  /** Where a value stands between the ends: from 0 at the first tick to 1 at the last. */
  double place(BigDecimal value) {
    BigDecimal first = ticks.getFirst();
    return value
        .subtract(first, PRECISION)
        .divide(ticks.getLast().subtract(first, PRECISION), PRECISION)
        .doubleValue();
  }

  /**
   * The least number of the form 1, 2 or 5 times a power of ten that is not below {@code rough}.
   */
  private static BigDecimal roundUp(BigDecimal rough) {
    int exponent = rough.precision() - rough.scale() - 1;
    BigDecimal unit = BigDecimal.ONE.scaleByPowerOfTen(exponent);
    for (int digit : new int[] {1, 2, 5}) {
      BigDecimal step = unit.multiply(count(digit));
      if (step.compareTo(rough) >= 0) {
        return step;
      }
    }
    return BigDecimal.ONE.scaleByPowerOfTen(exponent + 1);
  }

  private static int steps(BigDecimal low, BigDecimal high, BigDecimal step) {
    return whole(high, step, RoundingMode.CEILING) - whole(low, step, RoundingMode.FLOOR);
  }

  private static List<BigDecimal> ticks(BigDecimal low, BigDecimal high, BigDecimal step) {
    List<BigDecimal> ticks = new ArrayList<>();
    int last = whole(high, step, RoundingMode.CEILING);
    for (int i = whole(low, step, RoundingMode.FLOOR); i <= last; i++) {
      BigDecimal tick = step.multiply(count(i));
      ticks.add(tick.signum() == 0 ? BigDecimal.ZERO : tick);
    }
    return ticks;
  }

  private static int whole(BigDecimal value, BigDecimal step, RoundingMode rounding) {
    return value.divide(step, PRECISION).setScale(0, rounding).intValueExact();
  }

  private static BigDecimal count(int number) {
    return BigDecimal.valueOf(number);
  }
}
