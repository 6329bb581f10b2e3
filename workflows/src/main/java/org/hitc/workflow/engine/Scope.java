package org.hitc.workflow.engine;

import java.util.Map;
import java.util.Optional;
import org.hitc.workflow.model.Reference;

/**
 * What every {@code $name} stands for at one moment.
 *
 * @param answers kept with the page
 * @param secrets passwords of the form that was just submitted; gone with this object
 */
record Scope(Map<String, Answer> answers, Map<String, String> secrets, Context context) {

  Scope {
    answers = Map.copyOf(answers);
    secrets = Map.copyOf(secrets);
  }

  Optional<String> value(Reference reference) {
    return switch (reference.name()) {
      case "user" -> Optional.of(context.user());
      case "language" -> Optional.of(context.language());
      case "today" -> Optional.of(context.today().toString());
      case "job" -> Optional.of(context.job());
      case String name ->
          Optional.ofNullable(answers.get(name))
              .map(Answer::value)
              .or(() -> Optional.ofNullable(secrets.get(name)));
    };
  }

  /** Never shows a secret. */
  @Override
  public String toString() {
    return "Scope" + answers.keySet();
  }
}
