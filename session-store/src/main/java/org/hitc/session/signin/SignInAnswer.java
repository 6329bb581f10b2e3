package org.hitc.session.signin;

/**
 * What a provider says to a name and a password.
 *
 * <p>A provider that asks further questions (a code, a new password) will add a case that carries
 * the next screen and what it has to be told when the answer comes; every {@code switch} over this
 * type then names its place.
 */
public sealed interface SignInAnswer {

  /** It is this user. */
  record Accepted(UserEntry user) implements SignInAnswer {}

  /** No such user, another password, or a disabled user: nobody is told which. */
  record Denied() implements SignInAnswer {}

  /** Too many are being checked at once; nothing was checked. */
  record Busy() implements SignInAnswer {}
}
