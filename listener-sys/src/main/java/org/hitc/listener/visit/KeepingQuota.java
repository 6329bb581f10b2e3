package org.hitc.listener.visit;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How much one user may have kept: a bucket of bytes that fills up again slowly, so that nobody
 * fills the store for the others.
 */
public final class KeepingQuota {
  /** What may be kept at once, in bytes. */
  static final long CAPACITY = 128L << 20;

  /** Bytes that come back in a second. */
  static final long PER_SECOND = 64L << 10;

  /** What a page costs besides its own bytes. */
  static final long PER_PAGE = 8L << 10;

  private static final long MILLIS = 1_000;

  private final InstantSource clock;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  /** What is taken, as of a moment in milliseconds. */
  private record Bucket(long taken, long at) {
    Bucket now(long millis) {
      long back = Math.max(0, millis - at) * PER_SECOND / MILLIS;
      return new Bucket(Math.max(0, taken - back), millis);
    }
  }

  /** All buckets are empty at first. */
  public KeepingQuota(InstantSource clock) {
    this.clock = clock;
  }

  /** True when this user may have one more page kept. */
  public boolean hasRoom(String user) {
    long now = clock.millis();
    Bucket bucket =
        buckets.computeIfPresent(
            user,
            (_, b) -> {
              Bucket current = b.now(now);
              return current.taken() == 0 ? null : current;
            });
    return bucket == null || bucket.taken() < CAPACITY;
  }

  /** A page or a file of this user was kept. */
  void take(String user, long bytes) {
    long now = clock.millis();
    buckets.merge(
        user,
        new Bucket(bytes + PER_PAGE, now),
        (old, more) -> new Bucket(old.now(now).taken() + more.taken(), now));
  }
}
