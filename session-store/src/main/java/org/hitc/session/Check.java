package org.hitc.session;

import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.session.signin.UserEntry;

/** What the check of a request's token found. */
public sealed interface Check {

  /**
   * The session lives.
   *
   * @param user what the provider knows about the user at this moment: roles, language, name
   * @param freshToken a token to keep instead of the one that came, if it is time
   */
  record Authorised(Session session, UserEntry user, Optional<String> freshToken) implements Check {
    /** Without the token. */
    @Override
    public String toString() {
      return "Authorised[" + session + "]";
    }
  }

  /**
   * There is no session for this token.
   *
   * @param why one of the {@code SESS_} refusals
   * @param ended the session as it was, when this check ended it: with {@link Refusal#SESS_EXPIRED}
   *     by its time, else before it, because its user was disabled, or signs in with something else
   *     now; that is to be audited
   */
  record Refused(Refusal why, Optional<Session> ended) implements Check {}

  /**
   * A token came back long after its successor was used: two parties hold this session's tokens, so
   * it was ended. To be answered like {@link Refusal#SESS_REVOKED}, and to be audited as a theft.
   *
   * @param session as it was
   */
  record Stolen(Session session) implements Check {}
}
