package org.hitc.listener.authenticator.protocol;

import java.util.Map;
import org.hitc.channel.codec.CodecException;
import org.hitc.channel.codec.RecordCodec;

/** What may be asked of the authenticator. */
public sealed interface Question {

  /** Name of the socket in its folder. */
  String SOCKET = "auth.sock";

  /**
   * A name and a password, both as they were typed.
   *
   * @param familiar true when this user has signed in from the same source before, as the listener
   *     says; it chooses which count the try goes to, and opens none
   */
  record SignIn(String user, String password, boolean familiar) implements Question {
    /** Without the password. */
    @Override
    public String toString() {
      return "SignIn[" + user + "]";
    }
  }

  /**
   * What was typed into a further screen.
   *
   * @param state as it came with the screen
   */
  record Answer(String user, String state, Map<String, String> answers) implements Question {
    public Answer {
      answers = Map.copyOf(answers);
    }

    /** Without what was typed. */
    @Override
    public String toString() {
      return "Answer[" + user + "]";
    }
  }

  /** What is known about a user now. */
  record Find(String user) implements Question {}

  /** The bytes of it. */
  default byte[] encode() {
    return RecordCodec.encode(this);
  }

  /**
   * Reads it.
   *
   * @throws CodecException when it is none
   */
  static Question decode(byte[] message) {
    return RecordCodec.decode(Question.class, message);
  }
}
