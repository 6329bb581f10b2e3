package org.hitc.listener.audit;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.hitc.channel.Refusal;

/**
 * Lets so many refusals of each kind through in a second, and counts the others. Memory: one entry
 * per kind, and the kinds are a closed list. Not safe for threads: the log's lock guards it.
 */
final class RateLimit {
  static final int PER_SECOND = 10;
  private static final long SECOND = 1_000_000_000L;

  private final LongSupplier nanoTime;
  private final Map<Refusal, Window> windows = new EnumMap<>(Refusal.class);

  RateLimit(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** True when this one is to be recorded itself; else it has been counted. */
  boolean admits(Refusal why) {
    long now = nanoTime.getAsLong();
    Window window = windows.computeIfAbsent(why, _ -> new Window(now));
    if (now - window.start >= SECOND) {
      window.start = now;
      window.admitted = 0;
    }
    if (window.admitted < PER_SECOND) {
      window.admitted++;
      return true;
    }
    window.counted++;
    return false;
  }

  /** What was counted and not yet recorded. */
  Map<Refusal, Long> counted() {
    Map<Refusal, Long> counts = new LinkedHashMap<>();
    windows.forEach((why, window) -> {
      if (window.counted > 0) {
        counts.put(why, window.counted);
      }
    });
    return counts;
  }

  /** The count of this kind stands in the log now. */
  void recorded(Refusal why) {
    Window window = windows.get(why);
    if (window != null) {
      window.counted = 0;
    }
  }

  private static final class Window {
    private long start;
    private int admitted;
    private long counted;

    private Window(long start) {
      this.start = start;
    }
  }
}
