package org.hitc.session.signin;

import java.util.Optional;
import org.hitc.channel.SignInScreen;

/**
 * What a provider says to a name and a password, or to what was typed into a further screen. Plain
 * values only: it may come from another process.
 */
public sealed interface SignInAnswer {

  /**
   * It is this user.
   *
   * @param method how the user proved it, for tokens and the audit, such as {@code password};
   *     {@code [a-z][a-z0-9-]{0,31}}
   * @param grant what a launcher gave for it, to be kept with the session: a secret
   */
  record Accepted(UserEntry user, String method, Optional<String> grant) implements SignInAnswer {
    /** Without a grant. */
    public Accepted(UserEntry user, String method) {
      this(user, method, Optional.empty());
    }

    /** Without the grant itself. */
    @Override
    public String toString() {
      return "Accepted[" + user + ", " + method + "]";
    }
  }

  /**
   * One more screen, before it can say.
   *
   * @param state what the provider has to be told when the answer comes: text of its own, at most
   *     {@link #MAX_STATE} characters, which the listener keeps and no browser sees
   * @param wrong true when what was just typed was a wrong guess, which has to be slowed down;
   *     false when it was right, or says nothing about who it is
   */
  record Ask(SignInScreen screen, String state, boolean wrong) implements SignInAnswer {
    /** Longest state, in characters. */
    public static final int MAX_STATE = 4096;

    public Ask {
      if (state.length() > MAX_STATE) {
        throw new IllegalArgumentException("the state of a sign-in is too long");
      }
    }
  }

  /** No such user, another password, or a disabled user: nobody is told which. */
  record Denied() implements SignInAnswer {}

  /** Too many are being checked, or too many were wrong, for now; nothing was checked. */
  record Busy() implements SignInAnswer {}
}
