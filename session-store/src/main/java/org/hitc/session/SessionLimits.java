package org.hitc.session;

import java.time.Duration;

/**
 * How long things last; whole seconds.
 *
 * @param renewAfter age at which a token is replaced by a fresh one at the next request
 * @param grace how long a replaced token still counts after its successor was first used, so that
 *     requests under way and other tabs do not fail
 * @param idle the idle limit when the user chooses none
 * @param longestIdle the longest idle limit that a user may choose (WCAG 2.2.1)
 * @param absolute when a session ends whatever happens
 * @param activityStep how often activity is written down at most; an idle session ends this much
 *     later than its limit at worst, and never earlier
 * @param perUser how many sessions a user may have at a time; a further sign-in ends the one that
 *     would end first
 */
public record SessionLimits(
    Duration renewAfter,
    Duration grace,
    Duration idle,
    Duration longestIdle,
    Duration absolute,
    Duration activityStep,
    int perUser) {

  /** Most sessions of one user at a time. */
  public static final int MAX_PER_USER = 50;

  /** Renewal every 5 min, 30 s grace, 30 min idle, up to 5 h by choice, 10 h in all. */
  public static final SessionLimits DEFAULT =
      new SessionLimits(
          Duration.ofMinutes(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(30),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofSeconds(30),
          20);

  /**
   * @throws IllegalArgumentException when a limit is not positive, not in whole seconds, or
   *     contradicts another
   */
  public SessionLimits {
    for (Duration duration :
        new Duration[] {renewAfter, grace, idle, longestIdle, absolute, activityStep}) {
      require(duration.isPositive() && duration.equals(Duration.ofSeconds(duration.toSeconds())));
    }
    require(activityStep.compareTo(idle) < 0);
    require(renewAfter.compareTo(idle) <= 0);
    require(idle.compareTo(longestIdle) <= 0);
    require(longestIdle.compareTo(absolute) <= 0);
    require(perUser >= 1 && perUser <= MAX_PER_USER);
  }

  /** The idle limit for what a user chose: at least a minute, at most the longest. */
  Duration chosen(Duration wish) {
    Duration atLeast = wish.compareTo(Duration.ofMinutes(1)) < 0 ? Duration.ofMinutes(1) : wish;
    Duration atMost = atLeast.compareTo(longestIdle) < 0 ? atLeast : longestIdle;
    return Duration.ofSeconds(atMost.toSeconds());
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException("the limits of a session contradict each other");
    }
  }
}
