package org.hitc.workflow.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hitc.workflow.encoding.Encodings;
import org.hitc.workflow.model.DoneStep;
import org.hitc.workflow.model.Field;
import org.hitc.workflow.model.FormStep;
import org.hitc.workflow.model.Limits;
import org.hitc.workflow.model.Output;
import org.hitc.workflow.model.ProgramCall;
import org.hitc.workflow.model.RunStep;
import org.hitc.workflow.model.Step;
import org.hitc.workflow.model.Template;

/** Reads one element of {@code steps}. */
final class StepReader {
  private static final List<String> KINDS = List.of("form", "run", "report", "confirm", "done");

  private final Draft draft;

  StepReader(Draft draft) {
    this.draft = draft;
  }

  /**
   * Reads a step.
   *
   * @param index its place among the steps that were read
   */
  Optional<Step> read(YamlMap map, int index) {
    List<String> kinds = map.keys().stream().filter(KINDS::contains).toList();
    if (kinds.size() != 1) {
      String first = map.keys().stream().findFirst().orElse("");
      draft
          .problems()
          .add(
              map.place(),
              "STEP_KIND",
              "a step is exactly one of " + String.join(", ", KINDS),
              Suggestion.cure(first, KINDS));
      return Optional.empty();
    }
    String kind = kinds.getFirst();
    Optional<String> name = draft.name(map, kind);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    draft.step(name.get(), map.placeOf(kind));
    return switch (kind) {
      case "form" -> form(map, name.get(), index);
      case "run" -> run(map, name.get(), index);
      case "report" -> new ReportReader(draft, map, name.get(), index).read();
      case "done" -> done(map, name.get(), index);
      default -> {
        draft.notYet(map.place(), "confirm");
        yield Optional.empty();
      }
    };
  }

  private Optional<Step> form(YamlMap map, String name, int index) {
    map.only("form", "title", "fields", "button", "next");
    map.require("title", "fields");
    next(map);
    Optional<Template> title = text(map, "title", index);
    Optional<YamlMap> fieldMap = map.map("fields");
    List<Field> fields = new ArrayList<>();
    FieldReader reader = new FieldReader(draft, index);
    fieldMap.ifPresent(
        all -> all.keys().forEach(key -> reader.read(all, key).ifPresent(fields::add)));
    if (fieldMap.filter(f -> f.keys().isEmpty()).isPresent()) {
      draft
          .problems()
          .add(map.placeOf("fields"), Idents.VALUE_FORM, "no field", "such as account: { ... }");
    }
    Optional<String> button = map.text("button").map(YamlText::value);
    return title.isEmpty() || fields.isEmpty()
        ? Optional.empty()
        : Optional.of(new FormStep(name, title.get(), fields, button, Optional.empty()));
  }

  private Optional<Step> run(YamlMap map, String name, int index) {
    map.only(
        "run",
        "program",
        "title",
        "args",
        "stdin",
        "writes",
        "output",
        "success_exit",
        "encoding",
        "limits",
        "next");
    next(map);
    Optional<Template> title = text(map, "title", index);
    Optional<ProgramCall> call = draft.call(map, map.has("program") ? "program" : "run", index);
    if (map.bool("writes").orElse(false)) {
      draft.notYet(map.placeOf("writes"), "writes: true");
    }
    Optional<String> output = map.oneOf("output", Set.of("text", "values", "rows"));
    if (output.filter(o -> !o.equals("text")).isPresent()) {
      draft.notYet(map.placeOf("output"), "output: " + output.get());
    }
    List<Integer> successExit = successExit(map);
    Optional<String> encoding = encoding(map, draft);
    Limits limits = limits(map);
    return call.map(c ->
        new RunStep(
            name,
            title,
            c,
            false,
            output.map(_ -> Output.TEXT),
            successExit,
            encoding,
            limits,
            Optional.empty()));
  }

  private Optional<Step> done(YamlMap map, String name, int index) {
    map.only("done", "title", "text");
    map.require("title");
    Optional<Template> title = text(map, "title", index);
    Optional<Template> text = text(map, "text", index);
    return title.map(t -> new DoneStep(name, t, text));
  }

  private Optional<Template> text(YamlMap map, String key, int index) {
    return map.text(key).flatMap(t -> draft.template(t, index, Draft.Use.TEXT));
  }

  private void next(YamlMap map) {
    if (map.has("next")) {
      draft.notYet(map.placeOf("next"), "next");
    }
  }

  /** {@code success_exit: [1]}; without it 0 alone. */
  static List<Integer> successExit(YamlMap map) {
    List<Integer> exits = new ArrayList<>();
    for (YamlText text : map.texts("success_exit")) {
      String digits = text.value();
      boolean decimal = digits.matches("[0-9]{1,3}");
      if (decimal && Integer.parseInt(digits) <= 255) {
        exits.add(Integer.parseInt(digits));
      } else {
        map.problems()
            .add(text.place(), Idents.VALUE_FORM, "not an exit status", "a number from 0 to 255");
      }
    }
    return exits.isEmpty() ? List.of(0) : exits;
  }

  static Optional<String> encoding(YamlMap map, Draft draft) {
    Optional<YamlText> text = map.text("encoding");
    if (text.isPresent() && Encodings.find(text.get().value()).isEmpty()) {
      draft
          .problems()
          .add(
              text.get().place(),
              "ENCODING_UNKNOWN",
              "the character set '" + text.get().value() + "' is not known to this version",
              Suggestion.cure(text.get().value(), Encodings.NAMES));
      return Optional.empty();
    }
    return text.map(YamlText::value);
  }

  static Limits limits(YamlMap map) {
    Optional<YamlMap> limits = map.map("limits");
    limits.ifPresent(l -> l.only("timeout", "max_output", "rows"));
    return new Limits(
        limits.flatMap(l -> l.duration("timeout")),
        limits.flatMap(l -> l.bytes("max_output")),
        limits.flatMap(l -> l.integer("rows", 1, 10_000)));
  }
}
