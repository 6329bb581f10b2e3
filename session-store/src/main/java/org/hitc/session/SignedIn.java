package org.hitc.session;

import java.util.List;

/**
 * A session that has begun.
 *
 * @param token its first token, for the browser alone
 * @param pushedOut sessions of the same user that ended to make room for it, as they were; to be
 *     audited
 */
public record SignedIn(String token, Session session, List<Session> pushedOut) {
  public SignedIn {
    pushedOut = List.copyOf(pushedOut);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "SignedIn[" + session + "]";
  }
}
