package org.hitc.workflow.yaml;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hitc.workflow.model.Names;
import org.hitc.workflow.model.Next;

/**
 * Reads {@code next:} of a step: the name of a step, or a table of them by answer or by exit
 * status.
 */
final class NextReader {
  private static final String OTHER = "other";

  private final Draft draft;
  private final YamlMap map;
  private final String step;
  private final int index;

  NextReader(Draft draft, YamlMap map, String step, int index) {
    this.draft = draft;
    this.map = map;
    this.step = step;
    this.index = index;
  }

  /** {@code next: STEP}, or {@code next: { FIELD: { ANSWER: STEP } }}. */
  Optional<Next> byAnswer() {
    return read(table -> {
      if (table.keys().size() != 1 || !Names.isName(table.keys().getFirst())) {
        return problem(table.place(), "not one field", "such as next: { kind: { y: yearly } }");
      }
      String field = table.keys().getFirst();
      draft.mark("next." + step, table.placeOf(field));
      Map<String, String> targets = new LinkedHashMap<>();
      table
          .map(field)
          .ifPresent(answers ->
              answers
                  .keys()
                  .forEach(answer -> {
                    draft.mark("next." + step + "." + answer, answers.placeOf(answer));
                    target(answers, answer).ifPresent(to -> targets.put(answer, to));
                  }));
      return targets.isEmpty() ? Optional.empty() : Optional.of(new Next.ByAnswer(field, targets));
    });
  }

  /** {@code next: STEP}, or {@code next: { 0: STEP, 1: STEP, other: STEP }}. */
  Optional<Next> byExit() {
    return read(table -> {
      Map<Integer, String> targets = new HashMap<>();
      for (String status : table.keys()) {
        if (!status.equals(OTHER)) {
          Optional<Integer> number = StepReader.exitStatus(status);
          if (number.isEmpty()) {
            problem(
                table.placeOf(status),
                "'" + status + "' is no exit status",
                "a number from 0 to 255, or other");
          }
          number.ifPresent(n -> target(table, status).ifPresent(to -> targets.put(n, to)));
        }
      }
      Optional<String> other = table.has(OTHER) ? target(table, OTHER) : Optional.empty();
      return targets.isEmpty() && other.isEmpty()
          ? Optional.empty()
          : Optional.of(new Next.ByExit(targets, other));
    });
  }

  private interface Table {
    Optional<Next> read(YamlMap table);
  }

  private Optional<Next> read(Table reader) {
    return switch (map.value("next").orElse(null)) {
      case null -> Optional.empty();
      case YamlText _ -> target(map, "next").map(Next.To::new);
      case YamlMap table -> reader.read(table);
      case YamlList list ->
          problem(list.place(), "'next' has a list where a step is wanted", "such as next: ask");
    };
  }

  private Optional<String> target(YamlMap table, String key) {
    Optional<YamlText> text = table.text(key);
    Optional<String> name = text.flatMap(t -> draft.name(t, "a step"));
    name.ifPresent(to -> draft.target(index, text.get().place(), to));
    return name;
  }

  private Optional<Next> problem(Place place, String text, String cure) {
    draft.problems().add(place, Idents.VALUE_FORM, text, cure);
    return Optional.empty();
  }
}
