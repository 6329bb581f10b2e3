package org.hitc.channel;

import java.util.List;
import java.util.Optional;

/**
 * One more screen of a sign-in, after the one with name and password: what is asked for. The words
 * are the gateway's, found by the names of the constants.
 *
 * <p>Nothing that was typed is ever part of it: every field of a sign-in is a secret, and comes
 * back empty.
 *
 * @param purpose what the screen is for: its title and its explanation
 * @param fields from top to bottom; at least one
 */
public record SignInScreen(Purpose purpose, List<Field> fields) {

  /** Longest answer to a field, in characters. */
  public static final int MAX_ANSWER = 1024;

  public SignInScreen {
    fields = List.copyOf(fields);
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("a screen asks for something");
    }
  }

  /** What a screen is for. */
  public enum Purpose {
    /** The password has to be changed before the user goes on. */
    NEW_PASSWORD,
    /** A code out of the user's authenticator, beside the password. */
    CODE
  }

  /** What a field takes, and so how it is drawn and what a browser may offer to fill in. */
  public enum Kind {
    /** A password that the user chooses now. */
    NEW_PASSWORD,
    /** The same once more, against slips of the fingers. */
    NEW_PASSWORD_AGAIN,
    /** A code of digits that is good once. */
    CODE
  }

  /**
   * A field.
   *
   * @param name under which the answer comes back: {@code [a-z]{1,16}}
   * @param problem why the last answer was not taken; its words stand at the field
   */
  public record Field(String name, Kind kind, Optional<Refusal> problem) {
    public Field {
      if (!name.matches("[a-z]{1,16}")) {
        throw new IllegalArgumentException("not the name of a field");
      }
    }
  }

  /** The first problem of a field, from top to bottom. */
  public Optional<Refusal> problem() {
    return fields.stream().flatMap(field -> field.problem().stream()).findFirst();
  }
}
