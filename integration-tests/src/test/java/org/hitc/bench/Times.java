package org.hitc.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one round of a measure took.
 *
 * @param medianNanos median of one time, wall clock
 * @param p99Nanos 99 of 100 took no longer
 */
record Times(long medianNanos, long p99Nanos) {
  private static final Pattern LINE = Pattern.compile("median_ns=(\\d+) p99_ns=(\\d+)");

  static Times of(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Times(sorted[sorted.length / 2], sorted[sorted.length * 99 / 100]);
  }

  /** The end of a line that the floor or a {@link Worker} printed. */
  static Times read(String line) {
    Matcher match = LINE.matcher(line);
    if (!match.find()) {
      throw new IllegalStateException("no times in: " + line);
    }
    return new Times(Long.parseLong(match.group(1)), Long.parseLong(match.group(2)));
  }

  /** The median of the rounds' medians, and of their p99s. */
  static Times middle(Collection<Times> rounds) {
    long[] medians = rounds.stream().mapToLong(Times::medianNanos).sorted().toArray();
    long[] p99s = rounds.stream().mapToLong(Times::p99Nanos).sorted().toArray();
    return new Times(medians[medians.length / 2], p99s[p99s.length / 2]);
  }

  /** As {@link #read} wants it. */
  String line() {
    return "median_ns=" + medianNanos + " p99_ns=" + p99Nanos;
  }
}
