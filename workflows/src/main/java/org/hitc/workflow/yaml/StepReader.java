package org.hitc.workflow.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hitc.workflow.encoding.Encodings;
import org.hitc.workflow.model.ConfirmStep;
import org.hitc.workflow.model.DoneStep;
import org.hitc.workflow.model.Field;
import org.hitc.workflow.model.FormStep;
import org.hitc.workflow.model.Limits;
import org.hitc.workflow.model.Next;
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
      default -> confirm(map, name.get(), index);
    };
  }

  private Optional<Step> form(YamlMap map, String name, int index) {
    map.only("form", "title", "fields", "button", "next");
    map.require("title", "fields");
    Optional<Next> next = new NextReader(draft, map, name, index).byAnswer();
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
        : Optional.of(new FormStep(name, title.get(), fields, button, next));
  }

  private Optional<Step> run(YamlMap map, String name, int index) {
    map.only(
        "run",
        "program",
        "title",
        "args",
        "stdin",
        "run_as",
        "writes",
        "output",
        "values",
        "lines",
        "columns",
        "check_totals",
        "success_exit",
        "unchanged_exit",
        "encoding",
        "limits",
        "next");
    Optional<Next> next = new NextReader(draft, map, name, index).byExit();
    Optional<Template> title = text(map, "title", index);
    Optional<ProgramCall> call = draft.call(map, map.has("program") ? "program" : "run", index);
    boolean writes = map.bool("writes").orElse(false);
    Optional<Output> output = output(map);
    if (writes && output.filter(o -> !(o instanceof Output.Text)).isPresent()) {
      draft
          .problems()
          .add(
              map.placeOf("output"),
              "WRITE_OUTPUT",
              "a run that writes has no " + map.text("output").map(YamlText::value).orElse(""),
              "read them with a run of their own, or say output: text to show what it prints");
    }
    List<Integer> successExit = successExit(map);
    List<Integer> unchangedExit = unchangedExit(map, writes, successExit);
    Optional<String> encoding = encoding(map, draft);
    Limits limits = limits(map, call, draft);
    return call.map(c ->
        new RunStep(
            name, title, c, writes, output, successExit, unchangedExit, encoding, limits, next));
  }

  /** Only a run that writes can say that it has not, and not by what means success. */
  private List<Integer> unchangedExit(YamlMap map, boolean writes, List<Integer> success) {
    List<Integer> exits = exits(map, "unchanged_exit");
    if (map.has("unchanged_exit") && !writes) {
      misplaced(map, "unchanged_exit", "writes: true");
    } else if (exits.stream().anyMatch(success::contains)) {
      draft
          .problems()
          .add(
              map.placeOf("unchanged_exit"),
              Idents.VALUE_FORM,
              "the same exit status means success",
              "remove it from unchanged_exit or from success_exit");
    }
    return exits;
  }

  private Optional<Output> output(YamlMap map) {
    Optional<String> output = map.oneOf("output", Set.of("text", "values", "rows"));
    String kind = output.orElse("");
    if (map.has("values") && !kind.equals("values")) {
      misplaced(map, "values", "output: values");
    }
    for (String key : List.of("lines", "columns", "check_totals")) {
      if (map.has(key) && !kind.equals("rows")) {
        misplaced(map, key, "output: rows");
      }
    }
    return switch (kind) {
      case "text" -> Optional.of(new Output.Text());
      case "values" -> {
        List<String> names = new ArrayList<>();
        map.texts("values").forEach(t -> draft.name(t, "a value").ifPresent(names::add));
        yield Optional.of(new Output.Values(names));
      }
      case "rows" -> {
        map.require("columns");
        ColumnsReader.Rows rows = new ColumnsReader(draft, map).read();
        yield rows.columns().map(c -> new Output.Rows(rows.lines(), c, rows.checkTotals()));
      }
      default -> Optional.empty();
    };
  }

  private void misplaced(YamlMap map, String key, String where) {
    draft
        .problems()
        .add(
            map.placeOf(key),
            Idents.KEY_MISPLACED,
            "'" + key + "' means nothing here",
            "it belongs to " + where);
  }

  private Optional<Step> confirm(YamlMap map, String name, int index) {
    map.only("confirm", "title", "button");
    map.require("title");
    Optional<Template> title = text(map, "title", index);
    Optional<String> button = map.text("button").map(YamlText::value);
    return title.map(t -> new ConfirmStep(name, t, button));
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

  /** {@code success_exit: [1]}; without it 0 alone. */
  static List<Integer> successExit(YamlMap map) {
    List<Integer> exits = exits(map, "success_exit");
    return exits.isEmpty() ? List.of(0) : exits;
  }

  private static List<Integer> exits(YamlMap map, String key) {
    List<Integer> exits = new ArrayList<>();
    for (YamlText text : map.texts(key)) {
      Optional<Integer> status = exitStatus(text.value());
      status.ifPresent(exits::add);
      if (status.isEmpty()) {
        map.problems()
            .add(text.place(), Idents.VALUE_FORM, "not an exit status", "a number from 0 to 255");
      }
    }
    return exits;
  }

  static Optional<Integer> exitStatus(String digits) {
    return Optional.of(digits)
        .filter(d -> d.matches("0|[1-9][0-9]{0,2}"))
        .map(Integer::parseInt)
        .filter(status -> status <= 255);
  }

  static Optional<String> encoding(YamlMap map, Draft draft) {
    Optional<YamlText> text = map.text("encoding");
    if (text.isPresent() && Encodings.find(text.get().value()).isEmpty()) {
      draft
          .problems()
          .slip(
              text.get().place(),
              "ENCODING_UNKNOWN",
              "the character set '" + text.get().value() + "' is not known to this version",
              Suggestion.cure(text.get().value(), Encodings.NAMES));
      return Optional.empty();
    }
    return text.map(YamlText::value);
  }

  /** What a step lowers; it cannot raise what the program is registered with. */
  static Limits limits(YamlMap map, Optional<ProgramCall> call, Draft draft) {
    Optional<YamlMap> limits = map.map("limits");
    limits.ifPresent(l -> l.only("timeout", "max_output", "rows"));
    Limits lowered =
        new Limits(
            limits.flatMap(l -> l.duration("timeout")),
            limits.flatMap(l -> l.bytes("max_output")),
            limits.flatMap(l -> l.integer("rows", 1, 10_000)));
    if (limits.isPresent() && call.isPresent()) {
      Limits registered = draft.programs().limits(call.get().program());
      if (above(lowered.timeout(), registered.timeout())) {
        raised(limits.get(), "timeout", call.get());
      }
      if (above(lowered.outputBytes(), registered.outputBytes())) {
        raised(limits.get(), "max_output", call.get());
      }
    }
    return lowered;
  }

  private static <T extends Comparable<T>> boolean above(Optional<T> limit, Optional<T> most) {
    return limit.isPresent() && most.isPresent() && limit.get().compareTo(most.get()) > 0;
  }

  private static void raised(YamlMap limits, String key, ProgramCall call) {
    limits
        .problems()
        .warn(
            limits.placeOf(key),
            "LIMIT_RAISED",
            "'" + key + "' is above what " + call.program() + " is registered with, which holds",
            "remove it, or ask the sysadmin to raise it in programs.yaml");
  }
}
