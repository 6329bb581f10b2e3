package org.hitc.listener.authenticator;

import java.time.Duration;
import java.time.InstantSource;

/**
 * The brake on guessing through a listener in wrong hands. It stands behind the listener's own,
 * which knows sources and is the stricter one for people; this one knows no source, since whoever
 * has the listener can name any.
 *
 * <ul>
 *   <li>Passwords: for each user {@link #AT_ONCE} wrong ones, then one in {@link #EACH}. Tries that
 *       the listener calls familiar and others are counted apart, so that strangers who guess
 *       through a listener that is well use up nothing of a user who comes from where the user
 *       always comes. A listener that calls all of them familiar, or half of them, has two counts
 *       and no more.
 *   <li>Answers to further screens: for each user {@link #ANSWERS_AT_ONCE} wrong ones, then one in
 *       {@link #EACH_ANSWER}.
 *   <li>Names of nobody are counted in the same way, so that an answer does not tell who exists,
 *       and apart, so that a flood of them makes no user's count be forgotten.
 * </ul>
 */
final class Brake {
  static final int AT_ONCE = 100;
  static final Duration EACH = Duration.ofSeconds(30);
  static final int ANSWERS_AT_ONCE = 20;
  static final Duration EACH_ANSWER = Duration.ofMinutes(10);

  private static final int MAX_NOBODIES = 10_000;
  private static final int MAX_NAME = 64;

  private final Pace familiar;
  private final Pace strange;
  private final Pace nobodies;
  private final Pace answers;

  Brake(InstantSource clock) {
    familiar = new Pace(AT_ONCE, EACH, Long.MAX_VALUE, clock);
    strange = new Pace(AT_ONCE, EACH, Long.MAX_VALUE, clock);
    nobodies = new Pace(AT_ONCE, EACH, MAX_NOBODIES, clock);
    answers = new Pace(ANSWERS_AT_ONCE, EACH_ANSWER, Long.MAX_VALUE, clock);
  }

  /** One thing to try, which has a count. */
  record Try(Pace pace, String name) {
    /** False when it is one too many; else it is counted as wrong. */
    boolean admit() {
      return pace.admit(name);
    }

    /** It was not wrong. */
    void takeBack() {
      pace.takeBack(name);
    }
  }

  /**
   * A password.
   *
   * @param exists whether there is such a user; there are no more counts than users
   */
  Try password(String user, boolean exists, boolean isFamiliar) {
    return exists
        ? new Try(isFamiliar ? familiar : strange, user)
        : new Try(nobodies, user.substring(0, Math.min(user.length(), MAX_NAME)));
  }

  /** An answer to a further screen of a user whose password was right. */
  Try answer(String user) {
    return new Try(answers, user);
  }
}
