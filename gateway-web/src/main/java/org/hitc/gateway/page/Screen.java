package org.hitc.gateway.page;

import java.util.Optional;
import org.hitc.channel.Page;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.SignInScreen;

/** Everything the gateway can draw: the listener's pages, and the few that are its own. */
public sealed interface Screen {

  /** A page of the listener. */
  record Of(Page page) implements Screen {}

  /** S2, with only those workflows in which {@code find} stands; all when it is empty. */
  record Home(Page.Home page, String find) implements Screen {}

  /** Asks once whether a running job is to be stopped. */
  record Cancel(Page.Running job) implements Screen {}

  /**
   * S1: sign in.
   *
   * @param refused why the last try failed
   * @param user the name typed then, kept for the next try
   * @param idle the chosen idle limit in minutes
   * @param next where to go afterwards; {@code /} when nothing was asked for
   * @param notice what has to be known first
   * @param ended S13: the session that has ended in this browser a short while ago
   */
  record SignIn(
      Optional<Refusal> refused,
      String user,
      Idle idle,
      String next,
      Notice notice,
      Optional<Reply.Ended> ended)
      implements Screen {}

  /**
   * A further screen of a sign-in: whatever the listener asks.
   *
   * @param pending handle of the sign-in that goes on
   * @param asked what is asked
   * @param refused why the last answer was not even looked at
   * @param next where to go afterwards
   */
  record SignInNext(String pending, SignInScreen asked, Optional<Refusal> refused, String next)
      implements Screen {

    /** Everything that is wrong with the last answer. */
    public boolean isWrong() {
      return refused.or(asked::problem).isPresent();
    }

    /** Without the handle. */
    @Override
    public String toString() {
      return "SignInNext[" + asked + "]";
    }
  }

  /** S12 without script: how long the session lasts; {@code next} is where the user came from. */
  record Session(Page.Session page, String next) implements Screen {}

  /** The user's sessions; {@code ended} when some of them were just ended from here. */
  record Sessions(Page.SessionList page, boolean ended) implements Screen {}

  /** What whoever signs in has to know first. */
  enum Notice {
    NOTHING,
    /** The user has just signed out. */
    SIGNED_OUT
  }

  /** How long a session lasts while nothing is done; the user's choice (WCAG 2.2.1). */
  enum Idle {
    HALF_HOUR(30),
    TWO_HOURS(120),
    FIVE_HOURS(300);

    private final int minutes;

    Idle(int minutes) {
      this.minutes = minutes;
    }

    /** Length in minutes. */
    public int minutes() {
      return minutes;
    }

    /** The limit of that many minutes, as decimal text. */
    public static Optional<Idle> of(String minutes) {
      for (Idle idle : values()) {
        if (Integer.toString(idle.minutes).equals(minutes)) {
          return Optional.of(idle);
        }
      }
      return Optional.empty();
    }
  }

  /**
   * S11 and S14, and every other refusal without a page of its own.
   *
   * @param status HTTP status, from 400
   * @param why the named refusal
   * @param reference what to quote when asking for help
   * @param after what the user has to know or can do
   */
  record Problem(int status, Refusal why, Optional<String> reference, After after)
      implements Screen {

    /** The problem page of a refusal, with the refusal's own status. */
    public static Problem of(Refusal why, Optional<String> reference, After after) {
      return new Problem(why.status(), why, reference, after);
    }
  }

  /** What can be said about the work after a problem. */
  sealed interface After {
    /** True when more is to be said than what the refusal itself says. */
    default boolean isSpecial() {
      return !(this instanceof Nothing || this instanceof TryAgain);
    }

    /** Nothing more. */
    record Nothing() implements After {}

    /** A read failed: it can be repeated here. */
    record TryAgain(String path) implements After {}

    /** A submitted form was not passed on. */
    record NotSent() implements After {}

    /** Nobody knows whether a submitted form was carried out. */
    record Unknown() implements After {}

    /** This browser is signed out, but the session itself may last until its limit. */
    record StillOpen() implements After {}

    /** Sign in first; {@code path} is the sign-in page. What was submitted was not passed on. */
    record SignInFirst(String path) implements After {}
  }

  /** Help: whom to ask. */
  record Help() implements Screen {}

  /** The accessibility statement. */
  record Accessibility() implements Screen {}
}
