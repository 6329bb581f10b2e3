package org.hitc.session.signin;

import java.util.Map;
import java.util.Optional;

/**
 * One way of knowing users. Safe for use by many threads.
 *
 * <p>Only plain values go in and out, and a provider keeps nothing between two screens of a
 * sign-in: so it may be another process, and any node may be asked the next time.
 */
public interface SignInProvider {

  /**
   * Checks a name and a password, both as they were typed.
   *
   * @throws SignInException when the provider cannot tell; nobody is signed in
   */
  SignInAnswer signIn(String user, String password);

  /**
   * The same, for a provider that has a brake of its own beside the listener's.
   *
   * @param familiar true when this user has signed in from the same source before
   * @throws SignInException when the provider cannot tell; nobody is signed in
   */
  default SignInAnswer signIn(String user, String password, boolean familiar) {
    return signIn(user, password);
  }

  /**
   * Goes on after a further screen.
   *
   * @param user as typed on the first screen
   * @param state as in the {@link SignInAnswer.Ask} that asked for the screen; it comes back once
   * @param answers what was typed, for each field of the screen; empty where nothing was
   * @throws SignInException when the provider cannot tell; nobody is signed in
   */
  SignInAnswer answer(String user, String state, Map<String, String> answers);

  /**
   * True when the provider can say something about a user only at the sign-in: what it said then is
   * kept, and given to {@link #find}.
   */
  boolean forgets();

  /**
   * What is known about a user now; asked at every request of a session, so it must be quick.
   *
   * @param kept what the provider said at the user's last sign-in, when it {@link #forgets}
   * @return empty when there is no such user (any more)
   * @throws SignInException when the provider cannot tell; the request is refused, the session
   *     lives on
   */
  Optional<UserEntry> find(String user, Optional<UserEntry> kept);
}
