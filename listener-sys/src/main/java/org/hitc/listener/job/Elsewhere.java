package org.hitc.listener.job;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A job that another node runs, as the store tells of it. Safe for threads. */
final class Elsewhere {
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final JobRecords records;
  private final String user;
  private final String node;
  private volatile JobRecords.Found found;

  Elsewhere(JobRecords records, String user, JobRecords.Found found, String node) {
    this.records = records;
    this.user = user;
    this.found = found;
    this.node = node;
  }

  String reference() {
    return found.reference();
  }

  String node() {
    return node;
  }

  /** As it was when the store was last asked. */
  JobRecord record() {
    return found.record();
  }

  /**
   * Waits until it has ended; asks the store once a second.
   *
   * @return false when it has not within this time
   */
  boolean awaitEnd(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (record().ended().isEmpty()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.sleep(Math.min(left, LOOK_NANOS));
      records.find(user, found.reference()).ifPresent(now -> found = now);
    }
    return true;
  }
}
