package org.hitc.session;

/**
 * A session that has begun.
 *
 * @param token its first token, for the browser alone
 */
public record SignedIn(String token, Session session) {
  /** Without the token. */
  @Override
  public String toString() {
    return "SignedIn[" + session + "]";
  }
}
