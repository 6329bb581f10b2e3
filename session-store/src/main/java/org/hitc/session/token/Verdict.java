package org.hitc.session.token;

import org.hitc.channel.Refusal;

/** What the check of a token found. */
public sealed interface Verdict {

  /** The listener signed these claims, and their time has come and not passed. */
  record Valid(Claims claims) implements Verdict {}

  /**
   * The token is not to be believed.
   *
   * @param why {@link Refusal#SESS_NONE} for the empty text, {@link Refusal#SESS_FORMAT}, {@link
   *     Refusal#SESS_KEY}, {@link Refusal#SESS_SIG} or {@link Refusal#SESS_EXPIRED}
   */
  record Refused(Refusal why) implements Verdict {}
}
