package org.hitc.listener.authenticator;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * So many wrong tries at once, and then one in a while: for each name, whoever sends them. A try
 * counts from its beginning, so that many at once are no way around; what was not wrong is taken
 * back. It forgets nothing but what no longer counts.
 *
 * <p>Kept for each name is the moment at which all would be free again: the generic cell rate
 * algorithm (ITU-T I.371).
 */
final class Pace {
  private final Duration each;
  private final Duration all;
  private final InstantSource clock;
  private final Cache<String, Instant> free;

  /**
   * @param atOnce wrong tries that cost nothing
   * @param each how long it takes until one more is free
   * @param names how many names are remembered; those used least are forgotten first
   */
  Pace(int atOnce, Duration each, long names, InstantSource clock) {
    this.each = each;
    this.all = each.multipliedBy(atOnce);
    this.clock = clock;
    this.free =
        Caffeine.newBuilder()
            .maximumSize(names)
            .expireAfterWrite(all.plus(each))
            .ticker(() -> nanos(clock.instant()))
            .build();
  }

  /** False when this try is one too many; else it is counted. */
  boolean admit(String name) {
    Instant now = clock.instant();
    AtomicBoolean admitted = new AtomicBoolean();
    free.asMap()
        .compute(
            name,
            (_, was) -> {
              Instant from = was == null || was.isBefore(now) ? now : was;
              Instant then = from.plus(each);
              admitted.set(!then.isAfter(now.plus(all)));
              return admitted.get() ? then : from;
            });
    return admitted.get();
  }

  /** The try that was admitted was not wrong. */
  void takeBack(String name) {
    free.asMap().computeIfPresent(name, (_, was) -> was.minus(each));
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }
}
