package org.hitc.channel;

import java.util.List;
import java.util.Optional;

/**
 * The listener's answer to one {@link Request}, as it travels in the {@code p} frames. It comes
 * from the trusted side and is complete only after a right {@code E} frame.
 */
public sealed interface Reply {

  /** Draw this page. */
  record Show(Page page) implements Reply {}

  /** The answer stands on this page: see other. */
  record Moved(PageAddress to) implements Reply {}

  /** What was asked for was done before; its receipt stands on this page. */
  record Done(PageAddress receipt) implements Reply {}

  /** A job has begun and goes on by itself; its own page tells of it. */
  record Begun(String job) implements Reply {}

  /**
   * Sign in first. What was typed is kept, for the same user only, and nothing was done with it.
   *
   * @param kept the page on which it stands after the sign-in
   */
  record SignInFirst(Refusal why, PageAddress kept) implements Reply {}

  /** The user is signed in; the token came in a {@code t} frame. */
  record SignedIn() implements Reply {}

  /**
   * Who it is is not settled yet: ask this too.
   *
   * @param pending handle for the answer, good for one answer and for five minutes; only for the
   *     browser, and to be kept from addresses
   * @param refused why the last answer was not even looked at, when it was not
   */
  record Ask(String pending, SignInScreen screen, Optional<Refusal> refused) implements Reply {
    /** Without the handle. */
    @Override
    public String toString() {
      return "Ask[" + screen + "]";
    }
  }

  /** The session has ended. */
  record SignedOut() implements Reply {}

  /**
   * The session ended a short while ago. Said only to who holds its token.
   *
   * @param user the name to sign in with again
   * @param displayName how to address the user
   * @param why when and why it ended, a sentence
   * @param keeps true when what is typed is still kept
   * @param kept what was typed and is kept, the newest first
   */
  record Ended(String user, String displayName, Text why, boolean keeps, List<Kept> kept)
      implements Reply {
    public Ended {
      kept = List.copyOf(kept);
    }
  }

  /**
   * Something that is kept.
   *
   * @param words what it is and until when it is kept, a sentence or two
   * @param page where it stands after the sign-in
   */
  record Kept(Text words, PageAddress page) {}

  /** The sessions that were to be ended have ended. */
  record SessionsEnded() implements Reply {}

  /** The language is this user's from now on. */
  record Spoken() implements Reply {}

  /** The cancelled job was told to stop. */
  record Cancelled(String job) implements Reply {}

  /** A reply whose bytes follow in {@code d} frames. */
  sealed interface Streamed extends Reply {}

  /**
   * What a job has printed; the bytes are UTF-8, control characters made visible.
   *
   * @param state what can be said of the job now
   * @param next offset to ask from the next time; what was asked for, when more is to follow
   */
  record Output(Page.JobState state, Text words, long next) implements Streamed {}

  /**
   * A file.
   *
   * @param name proposed file name, printable ASCII
   * @param mediaType such as {@code text/csv; charset=utf-8}
   */
  record File(String name, String mediaType) implements Streamed {}

  /**
   * The request was refused.
   *
   * @param why the named refusal; its message key gives the words
   * @param subject what it is about (a field's or program's name), if that helps
   * @param reference the job or audit reference to quote, if there is one
   */
  record Refused(Refusal why, Optional<String> subject, Optional<String> reference)
      implements Reply {}
}
