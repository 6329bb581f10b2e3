package org.hitc.listener.launcher;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hitc.listener.launcher.protocol.RunRefusal;

/** How many runs there may be at once. Safe for threads. */
final class Slots {
  /** Runs at once. */
  static final int ALL = 64;

  /** Runs of one account at once. */
  static final int OF_ACCOUNT = 4;

  private final Map<String, Integer> entries = new HashMap<>();
  private final Map<Long, Integer> accounts = new HashMap<>();
  private int all;

  /**
   * Takes a place.
   *
   * @throws RefusedException BUSY when there is none
   */
  synchronized void take(Entry entry, long uid) throws RefusedException {
    if (all >= ALL) {
      throw busy(ALL + " runs");
    }
    if (entries.getOrDefault(entry.name(), 0) >= entry.concurrent()) {
      throw busy(entry.concurrent() + " runs of " + entry.name());
    }
    if (accounts.getOrDefault(uid, 0) >= OF_ACCOUNT) {
      throw busy(OF_ACCOUNT + " runs of this account");
    }
    all++;
    entries.merge(entry.name(), 1, Integer::sum);
    accounts.merge(uid, 1, Integer::sum);
  }

  /** Gives a place back. */
  synchronized void give(Entry entry, long uid) {
    all--;
    entries.computeIfPresent(entry.name(), (_, count) -> count > 1 ? count - 1 : null);
    accounts.computeIfPresent(uid, (_, count) -> count > 1 ? count - 1 : null);
  }

  /** Whether all places are given back within this time; each is when its run is written down. */
  boolean awaitFree(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (taken() > 0 && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return taken() == 0;
  }

  private synchronized int taken() {
    return all;
  }

  private static RefusedException busy(String what) {
    return new RefusedException(RunRefusal.BUSY, what + " at once");
  }
}
