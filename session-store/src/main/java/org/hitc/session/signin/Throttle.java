package org.hitc.session.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The brake on guessing passwords, and what is asked after them.
 *
 * <p>The rule:
 *
 * <ul>
 *   <li>Failures are counted for each pair of user and source. The first three cost nothing, then
 *       each doubles the wait for this pair: 1 s, 2 s, 4 s, up to 15 minutes; up to 30 s for a pair
 *       that has signed in before, since a colleague may share its source.
 *   <li>Failures are also counted for each source, whoever the user was. The first 20 cost nothing
 *       (many people may sit behind one address), then each doubles the wait for this source, up to
 *       30 s. A pair that has signed in before is spared this second wait.
 *   <li>Failures are also counted for each user, from all sources that the user has not signed in
 *       from. Against many sources that guess one user's password together: from the 20th on, a
 *       source that is new to this user has one free try instead of three, and its waits begin with
 *       1 s, with 2 s when the failures have doubled, and so on up to 1 min.
 *   <li>Answers to further screens, such as codes of a second factor, are also counted for each
 *       user, whatever the source. The first 10 wrong ones cost nothing more, then one is looked at
 *       after 1 min, the next after 2 min, up to 15 minutes. A sign-in that comes to its end with
 *       such an answer clears this count; else it is forgotten a day after its last answer. Only
 *       who knows the password gets here, so a stranger holds nobody up.
 *   <li>Whoever guesses somebody's password locks nobody out: the first try of every source is
 *       always looked at at once, a wait only ever follows tries from the same source, and a pair
 *       that has signed in before does not feel what others do.
 *   <li>A try counts as failed from its beginning, so that many at once are no way around; success
 *       takes it back and clears the pair. A try during a wait is not looked at and not counted.
 *   <li>Every other count is forgotten an hour after its last try.
 * </ul>
 *
 * <p>An IPv6 source counts by its /64, since one host owns all of it. The source is what the
 * gateway says: a compromised gateway can name a fresh one each time, and is then slowed down only
 * by the bound on password checks at a time ({@link PasswordChecks}).
 *
 * <p>Memory is bounded: 50,000 pairs, sources, users, users with answers, and known pairs each,
 * some 30 MiB in all; beyond it those used least are forgotten. Nothing survives a restart, and
 * each node counts alone.
 */
public final class Throttle {
  static final int FREE_FOR_PAIR = 3;
  static final int FREE_FOR_SOURCE = 20;
  static final int FREE_FOR_USER = 20;
  static final int FREE_ANSWERS = 10;
  static final Duration LONGEST_FOR_PAIR = Duration.ofMinutes(15);
  static final Duration LONGEST_FOR_KNOWN = Duration.ofSeconds(30);
  static final Duration LONGEST_FOR_ANSWERS = Duration.ofMinutes(15);
  static final Duration LONGEST_FOR_SOURCE = Duration.ofSeconds(30);
  static final Duration LONGEST_HEAD_START = Duration.ofMinutes(1);
  static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);
  static final Duration ANSWERS_FORGOTTEN_AFTER = Duration.ofDays(1);
  static final Duration KNOWN_FOR = Duration.ofDays(30);
  static final int MAX_REMEMBERED = 50_000;

  private static final int MAX_DOUBLINGS = 20;
  private static final int MAX_TEXT = 64;

  private final InstantSource clock;
  private final Cache<Pair, Count> pairs;
  private final Cache<String, Count> sources;
  private final Cache<String, Integer> users;
  private final Cache<String, Count> answers;
  private final Cache<Pair, Boolean> known;

  public Throttle(InstantSource clock) {
    this.clock = clock;
    this.pairs = remembering(FORGOTTEN_AFTER);
    this.sources = remembering(FORGOTTEN_AFTER);
    this.users = remembering(FORGOTTEN_AFTER);
    this.answers = remembering(ANSWERS_FORGOTTEN_AFTER);
    this.known = remembering(KNOWN_FOR);
  }

  private record Pair(String user, String source) {}

  /**
   * @param failures tries that did not succeed, so far
   * @param free from when on the next try is looked at
   */
  private record Count(int failures, Instant free) {}

  /** True when this user has signed in from there before, as far as is remembered. */
  boolean isFamiliar(String user, String source) {
    return known.getIfPresent(pair(user, source)) != null;
  }

  /**
   * Asks to try once.
   *
   * @return empty when the try may go on, and has been counted; else how long to wait, rounded up
   *     to seconds
   */
  Optional<Duration> admit(String user, String source) {
    Pair pair = pair(user, source);
    if (isFamiliar(user, source)) {
      return count(pairs, pair, Pace.FOR_KNOWN);
    }
    Optional<Duration> wait = count(sources, pair.source(), Pace.FOR_SOURCE);
    if (wait.isPresent()) {
      return wait;
    }
    wait = count(pairs, pair, Pace.forPairAfter(failuresOf(pair.user())));
    if (wait.isPresent()) {
      takeBack(sources, pair.source());
    } else {
      users.asMap().merge(pair.user(), 1, Integer::sum);
    }
    return wait;
  }

  /**
   * Asks to answer a further screen once: as {@link #admit}, and by the user's count of answers.
   *
   * @return empty when the answer may be looked at, and has been counted; else how long to wait,
   *     rounded up to seconds
   */
  Optional<Duration> admitAnswer(String user, String source) {
    Optional<Duration> wait = admit(user, source);
    if (wait.isPresent()) {
      return wait;
    }
    wait = count(answers, cut(user), Pace.FOR_ANSWERS);
    if (wait.isPresent()) {
      withdraw(user, source);
    }
    return wait;
  }

  private int failuresOf(String user) {
    return Optional.ofNullable(users.getIfPresent(user)).orElse(0);
  }

  /** The try that was admitted succeeded. */
  void succeeded(String user, String source) {
    Pair pair = pair(user, source);
    pairs.invalidate(pair);
    takeBackUnknown(pair);
    known.put(pair, Boolean.TRUE);
  }

  /** The try that was admitted was not looked at after all. */
  void withdraw(String user, String source) {
    Pair pair = pair(user, source);
    takeBack(pairs, pair);
    takeBackUnknown(pair);
  }

  /** The answer that was admitted brought the sign-in to its end. */
  void succeededByAnswer(String user, String source) {
    answers.invalidate(cut(user));
    succeeded(user, source);
  }

  /** The answer that was admitted was not looked at after all, or said nothing wrong. */
  void withdrawAnswer(String user, String source) {
    takeBack(answers, cut(user));
    withdraw(user, source);
  }

  private void takeBackUnknown(Pair pair) {
    if (known.getIfPresent(pair) == null) {
      takeBack(sources, pair.source());
      users.asMap().computeIfPresent(pair.user(), (_, was) -> was == 1 ? null : was - 1);
    }
  }

  private <K> Optional<Duration> count(Cache<K, Count> counts, K key, Pace pace) {
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
              return new Count(failures, now.plus(pace.after(failures)));
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

  /**
   * How fast the waits grow.
   *
   * @param free failures that cost nothing
   * @param first the wait after the first that does
   * @param longest what no wait exceeds
   */
  private record Pace(int free, Duration first, Duration longest) {
    static final Pace FOR_PAIR = new Pace(FREE_FOR_PAIR, Duration.ofSeconds(1), LONGEST_FOR_PAIR);
    static final Pace FOR_KNOWN = new Pace(FREE_FOR_PAIR, Duration.ofSeconds(1), LONGEST_FOR_KNOWN);
    static final Pace FOR_ANSWERS =
        new Pace(FREE_ANSWERS, Duration.ofMinutes(1), LONGEST_FOR_ANSWERS);
    static final Pace FOR_SOURCE =
        new Pace(FREE_FOR_SOURCE, Duration.ofSeconds(1), LONGEST_FOR_SOURCE);

    /** For a pair that has not signed in before, when others have failed for the same user. */
    static Pace forPairAfter(int failuresOfUser) {
      if (failuresOfUser < FREE_FOR_USER) {
        return FOR_PAIR;
      }
      int times = failuresOfUser / FREE_FOR_USER;
      Duration first = Duration.ofSeconds(Integer.highestOneBit(times));
      return new Pace(1, shorter(first, LONGEST_HEAD_START), LONGEST_FOR_PAIR);
    }

    Duration after(int failures) {
      return failures < free
          ? Duration.ZERO
          : shorter(first.multipliedBy(1L << Math.min(failures - free, MAX_DOUBLINGS)), longest);
    }

    private static Duration shorter(Duration a, Duration b) {
      return a.compareTo(b) < 0 ? a : b;
    }
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
