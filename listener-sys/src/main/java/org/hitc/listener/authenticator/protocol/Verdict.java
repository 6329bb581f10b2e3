package org.hitc.listener.authenticator.protocol;

import java.util.Optional;
import org.hitc.channel.SignInScreen;
import org.hitc.channel.codec.CodecException;
import org.hitc.channel.codec.RecordCodec;

/** What the authenticator says. */
public sealed interface Verdict {

  /**
   * It is this user.
   *
   * @param method how the user proved it
   * @param grant what the launcher gave for it, if it did
   */
  record Accepted(Known user, String method, Optional<String> grant) implements Verdict {
    /** Without the grant. */
    @Override
    public String toString() {
      return "Accepted[" + user + ", " + method + "]";
    }
  }

  /**
   * One more screen.
   *
   * @param state to come back with what is typed; the authenticator's own, which it knows again
   * @param wrong true when what was just typed was a wrong guess
   */
  record Further(SignInScreen screen, String state, boolean wrong) implements Verdict {}

  /** Nobody is told why. */
  record Denied() implements Verdict {}

  /** Too many at once, or too many wrong ones; nothing was checked. */
  record Busy() implements Verdict {}

  /** To {@link Question.Find}. */
  record Found(Optional<Known> user) implements Verdict {}

  /** It cannot tell; its own log says why. */
  record Unable() implements Verdict {}

  /** The bytes of it. */
  default byte[] encode() {
    return RecordCodec.encode(this);
  }

  /**
   * Reads it.
   *
   * @throws CodecException when it is none
   */
  static Verdict decode(byte[] message) {
    return RecordCodec.decode(Verdict.class, message);
  }
}
