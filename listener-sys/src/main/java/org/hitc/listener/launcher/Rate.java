package org.hitc.listener.launcher;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How many questions a socket takes: so many a second, and as many in one go. Safe for threads. */
final class Rate {
  static final int A_SECOND = 100;

  private static final long NANOS = Duration.ofSeconds(1).toNanos();

  private final LongSupplier nanoTime;
  private long saved = A_SECOND * NANOS;
  private long last;

  Rate(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.last = nanoTime.getAsLong();
  }

  /** False when there were too many of late. */
  synchronized boolean admits() {
    long now = nanoTime.getAsLong();
    saved = Math.min(A_SECOND * NANOS, saved + Math.min(now - last, NANOS) * A_SECOND);
    last = now;
    if (saved < NANOS) {
      return false;
    }
    saved -= NANOS;
    return true;
  }
}
