package org.hitc.session.signin;

import java.util.Optional;

/** One way of knowing users. Safe for use by many threads. */
public interface SignInProvider {

  /** How users prove who they are, for tokens and the audit, such as {@code password}. */
  String method();

  /**
   * Checks a name and a password, both as they were typed.
   *
   * @throws SignInException when the provider cannot tell; nobody is signed in
   */
  SignInAnswer signIn(String user, String password);

  /**
   * What is known about a user now; asked at every request of a session.
   *
   * @return empty when there is no such user (any more)
   * @throws SignInException when the provider cannot tell; the request is refused, the session
   *     lives on
   */
  Optional<UserEntry> find(String user);
}
