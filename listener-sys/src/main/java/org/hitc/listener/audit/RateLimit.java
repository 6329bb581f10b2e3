package org.hitc.listener.audit;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Lets so many events of each kind, and of all kinds together, through in a second, and counts the
 * others. Memory: one entry per kind, and the kinds are a closed list. Not safe for threads: the
 * log's lock guards it.
 */
final class RateLimit {
  static final int PER_SECOND = 10;
  static final int TOGETHER_PER_SECOND = 50;
  private static final long SECOND = 1_000_000_000L;

  private final LongSupplier nanoTime;
  private final Map<String, Window> windows = new TreeMap<>();
  private final Window together;

  RateLimit(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.together = new Window(nanoTime.getAsLong());
  }

  /** True when this one is to be recorded itself; else it has been counted. */
  boolean admits(String kind) {
    long now = nanoTime.getAsLong();
    Window window = windows.computeIfAbsent(kind, _ -> new Window(now));
    if (window.hasRoom(now, PER_SECOND) && together.hasRoom(now, TOGETHER_PER_SECOND)) {
      window.admitted++;
      together.admitted++;
      return true;
    }
    window.counted++;
    return false;
  }

  /** This one was admitted, but could not be recorded: its count is what remains of it. */
  void unrecorded(String kind) {
    Window window = windows.get(kind);
    if (window != null) {
      window.counted++;
    }
  }

  /** What was counted and not yet recorded. */
  Map<String, Long> counted() {
    Map<String, Long> counts = new TreeMap<>();
    windows.forEach((kind, window) -> {
      if (window.counted > 0) {
        counts.put(kind, window.counted);
      }
    });
    return counts;
  }

  /** The count of this kind stands in the log now. */
  void recorded(String kind) {
    Window window = windows.get(kind);
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

    private boolean hasRoom(long now, int most) {
      if (now - start >= SECOND) {
        start = now;
        admitted = 0;
      }
      return admitted < most;
    }
  }
}
