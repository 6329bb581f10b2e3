package org.hitc.channel;

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

  /** The user is signed in; the token came in a {@code t} frame. */
  record SignedIn() implements Reply {}

  /** The session has ended. */
  record SignedOut() implements Reply {}

  /** The cancelled job was told to stop. */
  record Cancelled(String job) implements Reply {}

  /**
   * A file; its bytes follow in {@code d} frames.
   *
   * @param name proposed file name, printable ASCII
   * @param mediaType such as {@code text/csv; charset=utf-8}
   */
  record File(String name, String mediaType) implements Reply {}

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
