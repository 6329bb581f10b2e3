package org.hitc.session.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The brake on guessing passwords.
 *
 * <p>The rule:
 *
 * <ul>
 *   <li>Failures are counted for each pair of user and source. The first three cost nothing, then
 *       each doubles the wait for this pair: 1 s, 2 s, 4 s, up to 15 minutes.
 *   <li>Failures are also counted for each source, whoever the user was. The first 20 cost nothing
 *       (many people may sit behind one address), then each doubles the wait for this source, up to
 *       30 s. A pair that has signed in before is spared this second wait.
 *   <li>Nothing is counted for a user alone: whoever guesses somebody's password slows down only
 *       the places he guesses from, and locks nobody out.
 *   <li>A try counts as failed from its beginning, so that many at once are no way around; success
 *       takes it back and clears the pair. A try during a wait is not looked at and not counted.
 *   <li>A count is forgotten an hour after its last try.
 * </ul>
 *
 * <p>An IPv6 source counts by its /64, since one host owns all of it. The source is what the
 * gateway says: a compromised gateway can name a fresh one each time, and is then slowed down only
 * by the bound on password checks at a time ({@link PasswordChecks}).
 *
 * <p>Memory is bounded: 50,000 pairs, sources and known pairs each, some 20 MiB in all; beyond it
 * those used least are forgotten. Nothing survives a restart.
 */
public final class Throttle {
  static final int FREE_FOR_PAIR = 3;
  static final int FREE_FOR_SOURCE = 20;
  static final Duration LONGEST_FOR_PAIR = Duration.ofMinutes(15);
  static final Duration LONGEST_FOR_SOURCE = Duration.ofSeconds(30);
  static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);
  static final Duration KNOWN_FOR = Duration.ofDays(30);
  static final int MAX_REMEMBERED = 50_000;

  private static final int MAX_DOUBLINGS = 20;
  private static final int MAX_TEXT = 64;

  private final InstantSource clock;
  private final Cache<Pair, Count> pairs;
  private final Cache<String, Count> sources;
  private final Cache<Pair, Boolean> known;

  public Throttle(InstantSource clock) {
    this.clock = clock;
    this.pairs = remembering(FORGOTTEN_AFTER);
    this.sources = remembering(FORGOTTEN_AFTER);
    this.known = remembering(KNOWN_FOR);
  }

  private record Pair(String user, String source) {}

  /**
   * @param failures tries that did not succeed, so far
   * @param free from when on the next try is looked at
   */
  private record Count(int failures, Instant free) {}

  /**
   * Asks to try once.
   *
   * @return empty when the try may go on, and has been counted; else how long to wait, rounded up
   *     to seconds
   */
  Optional<Duration> admit(String user, String source) {
    Pair pair = pair(user, source);
    boolean isKnown = known.getIfPresent(pair) != null;
    Optional<Duration> wait = isKnown ? Optional.empty() : admitSource(pair.source());
    if (wait.isPresent()) {
      return wait;
    }
    wait = count(pairs, pair, FREE_FOR_PAIR, LONGEST_FOR_PAIR);
    if (wait.isPresent() && !isKnown) {
      takeBack(sources, pair.source());
    }
    return wait;
  }

  /** The try that was admitted succeeded. */
  void succeeded(String user, String source) {
    Pair pair = pair(user, source);
    pairs.invalidate(pair);
    if (known.getIfPresent(pair) == null) {
      takeBack(sources, pair.source());
    }
    known.put(pair, Boolean.TRUE);
  }

  /** The try that was admitted was not looked at after all. */
  void withdraw(String user, String source) {
    Pair pair = pair(user, source);
    takeBack(pairs, pair);
    if (known.getIfPresent(pair) == null) {
      takeBack(sources, pair.source());
    }
  }

  private Optional<Duration> admitSource(String source) {
    return count(sources, source, FREE_FOR_SOURCE, LONGEST_FOR_SOURCE);
  }

  private <K> Optional<Duration> count(Cache<K, Count> counts, K key, int free, Duration longest) {
    Instant now = clock.instant();
    AtomicReference<Optional<Duration>> wait = new AtomicReference<>(Optional.empty());
    counts
        .asMap()
        .compute(
            key,
            (_, was) -> {
              if (was != null && was.free().isAfter(now)) {
                wait.set(Optional.of(roundedUp(Duration.between(now, was.free()))));
                return was;
              }
              int failures = was == null ? 1 : was.failures() + 1;
              return new Count(failures, now.plus(delay(failures - free, longest)));
            });
    return wait.get();
  }

  private static <K> void takeBack(Cache<K, Count> counts, K key) {
    counts
        .asMap()
        .computeIfPresent(
            key,
            (_, was) -> was.failures() == 1 ? null : new Count(was.failures() - 1, Instant.MIN));
  }

  /** The wait after so many failures beyond the free ones. */
  private static Duration delay(int failures, Duration longest) {
    if (failures < 0) {
      return Duration.ZERO;
    }
    Duration doubled = Duration.ofSeconds(1L << Math.min(failures, MAX_DOUBLINGS));
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }

  private static Duration roundedUp(Duration wait) {
    return Duration.ofSeconds(wait.plusNanos(999_999_999).toSeconds());
  }

  private static Pair pair(String user, String source) {
    return new Pair(cut(user), cut(SourceNetwork.of(source)));
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }

  private <K, V> Cache<K, V> remembering(Duration time) {
    return Caffeine.newBuilder()
        .maximumSize(MAX_REMEMBERED)
        .expireAfterAccess(time)
        .ticker(() -> nanos(clock.instant()))
        .build();
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }
}
