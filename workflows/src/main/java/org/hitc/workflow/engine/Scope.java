package org.hitc.workflow.engine;

import java.util.List;
import java.util.Optional;
import org.hitc.workflow.model.Reference;

/**
 * What every {@code $name} stands for at one moment. An answer hides a value of the same name: what
 * a program printed never takes the place of what a guard has looked at.
 */
record Scope(Known known, Secrets secrets, Context context) {

  /** The text; several values are joined by commas. */
  Optional<String> value(Reference reference) {
    return each(reference).map(values -> String.join(",", values));
  }

  /** Every value: one, except for a field in which several may be chosen. */
  Optional<List<String>> each(Reference reference) {
    return switch (reference.name()) {
      case "user" -> one(context.user());
      case "language" -> one(context.language());
      case "today" -> one(context.today().toString());
      case "job" -> one(context.job());
      case String name when name.startsWith(Reference.BEFORE) ->
          before(name.substring(Reference.BEFORE.length())).map(List::of);
      case String name ->
          Optional.ofNullable(known.answers().get(name))
              .map(Answer::values)
              .or(() -> Optional.ofNullable(secrets.byField().get(name)).map(List::of))
              .or(() -> before(name).map(List::of));
    };
  }

  private Optional<String> before(String name) {
    return Optional.ofNullable(known.values().get(name));
  }

  private static Optional<List<String>> one(String value) {
    return Optional.of(List.of(value));
  }
}
