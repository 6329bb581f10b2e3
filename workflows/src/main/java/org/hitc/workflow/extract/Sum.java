package org.hitc.workflow.extract;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;

/** An exact running sum, and its first entries. */
final class Sum {
  /** As many entries are remembered as a page of the product shows rows. */
  static final int REMEMBERED = 10_000;

  private static final int FIRST = 64;

  /** Of {@code scale}; what does not fit goes to {@code large}. */
  private long small;

  private int scale;
  private BigDecimal large = BigDecimal.ZERO;

  private long[] values = new long[FIRST];
  private int[] scales = new int[FIRST];
  private int[] pages = new int[FIRST];
  private int[] lines = new int[FIRST];
  private int remembered;

  /** An entry, and where it stands. */
  record Entry(BigDecimal value, int page, int line) {}

  void add(long unscaled, int itsScale, Line line) {
    long next = small + unscaled;
    boolean overflow = ((small ^ next) & (unscaled ^ next)) < 0;
    if (overflow || itsScale != scale) {
      large = large.add(BigDecimal.valueOf(small, scale));
      small = unscaled;
      scale = itsScale;
    } else {
      small = next;
    }
    if (remembered < REMEMBERED && unscaled != 0) {
      remember(unscaled, itsScale, line);
    }
  }

  void add(BigDecimal value, Line line) {
    large = large.add(value);
    // One that does not fit is too large to be found again; the sum has it all the same.
    if (remembered < REMEMBERED
        && value.signum() != 0
        && value.unscaledValue().bitLength() < Long.SIZE) {
      remember(value.unscaledValue().longValueExact(), value.scale(), line);
    }
  }

  BigDecimal value() {
    return large.add(BigDecimal.valueOf(small, scale));
  }

  /** The first entry that is half of a difference: with the other sign it would explain it. */
  Optional<Entry> halfOf(BigDecimal difference) {
    for (int i = 0; i < remembered; i++) {
      BigDecimal value = BigDecimal.valueOf(values[i], scales[i]);
      if (value.add(value).compareTo(difference) == 0) {
        return Optional.of(new Entry(value, pages[i], lines[i]));
      }
    }
    return Optional.empty();
  }

  private void remember(long unscaled, int itsScale, Line line) {
    if (remembered == values.length) {
      int room = Math.min(REMEMBERED, 2 * remembered);
      values = Arrays.copyOf(values, room);
      scales = Arrays.copyOf(scales, room);
      pages = Arrays.copyOf(pages, room);
      lines = Arrays.copyOf(lines, room);
    }
    values[remembered] = unscaled;
    scales[remembered] = itsScale;
    pages[remembered] = line.page;
    lines[remembered] = line.line;
    remembered++;
  }
}
