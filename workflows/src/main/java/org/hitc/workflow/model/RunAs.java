package org.hitc.workflow.model;

import java.util.Optional;
import java.util.regex.Pattern;

/** As whom a program runs. */
public sealed interface RunAs {
  /** What an account of the system may be called. */
  Pattern ACCOUNT = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");

  /** As the service's own user, as long as nothing else is said. */
  record Service() implements RunAs {}

  /** As the user who signed in. */
  record SignedIn() implements RunAs {}

  /** As this account of the system, whoever signed in. */
  record Account(String name) implements RunAs {
    public Account {
      if (!ACCOUNT.matcher(name).matches()) {
        throw new IllegalArgumentException("no name of an account: " + name);
      }
    }
  }

  /** Its word in definition files: {@code service}, {@code user}, or the account's name. */
  default String word() {
    return switch (this) {
      case Service _ -> "service";
      case SignedIn _ -> "user";
      case Account(String name) -> name;
    };
  }

  /** What a word of a definition file means; nothing when it is none. */
  static Optional<RunAs> of(String word) {
    return switch (word) {
      case "service" -> Optional.of(new Service());
      case "user" -> Optional.of(new SignedIn());
      default ->
          ACCOUNT.matcher(word).matches() ? Optional.of(new Account(word)) : Optional.empty();
    };
  }
}
