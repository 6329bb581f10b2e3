package org.hitc.workflow.yaml;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.workflow.model.Choices;
import org.hitc.workflow.model.Columns;
import org.hitc.workflow.model.Field;
import org.hitc.workflow.model.FormStep;
import org.hitc.workflow.model.ReportStep;
import org.hitc.workflow.model.Step;
import org.hitc.workflow.model.TextKeys;
import org.hitc.workflow.model.Workflow;

/** In which line each text of a definition file stands that has been read without an error. */
final class TextLines {
  private final Map<String, Integer> lines = new HashMap<>();

  private TextLines() {}

  /** By the keys of the texts; a text that is not written stands where it would be. */
  static Map<String, Integer> of(YamlMap root, Workflow workflow) {
    TextLines found = new TextLines();
    for (String key : List.of("title", "summary", "group")) {
      found.lines.put(key, root.placeOf(key).line());
    }
    List<YamlValue> items = root.list("steps").map(YamlList::items).orElse(List.of());
    for (int i = 0; i < workflow.steps().size(); i++) {
      if (items.get(i) instanceof YamlMap map) {
        found.step(map, workflow.steps().get(i));
      }
    }
    return found.lines;
  }

  private void put(String key, Place place) {
    lines.put(key, place.line());
  }

  private void step(YamlMap map, Step step) {
    put(TextKeys.title(step.name()), map.placeOf("title"));
    put(TextKeys.button(step.name()), map.placeOf("button"));
    put(TextKeys.text(step.name()), map.placeOf("text"));
    if (step instanceof FormStep form) {
      Optional<YamlMap> fields = map.map("fields");
      form.fields()
          .forEach(field ->
              fields.flatMap(f -> f.map(field.name())).ifPresent(m -> field(form, field, m)));
    } else if (step instanceof ReportStep report) {
      report
          .columns()
          .headings()
          .forEach(
              heading -> put(TextKeys.label(report.name(), heading.name()), column(map, heading)));
    }
  }

  private void field(FormStep form, Field field, YamlMap map) {
    put(TextKeys.label(form.name(), field.name()), map.placeOf("label"));
    put(TextKeys.hint(form.name(), field.name()), map.placeOf("hint"));
    if (map.value("choices").orElse(null) instanceof YamlList(_, var items)) {
      List<Choices.Choice> choices = field.type().fixedChoices();
      for (int i = 0; i < choices.size(); i++) {
        put(
            TextKeys.choice(form.name(), field.name(), choices.get(i).value()),
            items.get(i) instanceof YamlMap choice
                ? choice.placeOf("label")
                : items.get(i).place());
      }
    }
  }

  private static Place column(YamlMap step, Columns.Heading heading) {
    return step.value("columns")
        .flatMap(columns -> listed(columns, heading).or(() -> labelled(columns, heading)))
        .orElse(step.placeOf("columns"));
  }

  private static Optional<Place> listed(YamlValue columns, Columns.Heading heading) {
    Optional<YamlList> list =
        switch (columns) {
          case YamlList own -> Optional.of(own);
          case YamlMap map when map.has("csv") -> map.map("csv").flatMap(m -> m.list("columns"));
          case YamlMap map when map.has("columns") -> map.list("columns");
          case YamlMap _, YamlText _ -> Optional.empty();
        };
    return list.map(YamlList::items).orElse(List.of()).stream()
        .filter(YamlMap.class::isInstance)
        .map(YamlMap.class::cast)
        .filter(column -> isNamed(column, heading.name()))
        .map(column -> column.placeOf("label"))
        .findFirst();
  }

  private static boolean isNamed(YamlMap column, String name) {
    return column
        .text(column.has("object") ? "object" : "column")
        .filter(text -> text.value().equals(name))
        .isPresent();
  }

  /** A label of a field of a copybook, else the copybook, whose names are the labels. */
  private static Optional<Place> labelled(YamlValue columns, Columns.Heading heading) {
    return columns instanceof YamlMap map && map.has("copybook")
        ? map.map("labels")
            .filter(labels -> labels.has(heading.name()))
            .map(labels -> labels.placeOf(heading.name()))
            .or(() -> Optional.of(map.placeOf("copybook")))
        : Optional.empty();
  }
}
