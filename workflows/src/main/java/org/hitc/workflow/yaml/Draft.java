package org.hitc.workflow.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hitc.workflow.model.Names;
import org.hitc.workflow.model.ProgramCall;
import org.hitc.workflow.model.Reference;
import org.hitc.workflow.model.RunAs;
import org.hitc.workflow.model.Template;
import org.hitc.workflow.model.Template.TemplateException;

/** What has been read of a definition so far, with the places that the cross checks need. */
final class Draft {
  /** For what a {@code $name} is used. */
  enum Use {
    ARGUMENT,
    INPUT,
    TEXT
  }

  /**
   * One {@code $name}.
   *
   * @param alone nothing else stands in its item
   */
  record Used(int step, Place place, Reference reference, Use use, boolean alone) {}

  private final Problems problems;
  private final KnownPrograms programs;
  private final Copybooks copybooks;
  private final List<Used> used = new ArrayList<>();
  private final Map<String, Place> steps = new LinkedHashMap<>();
  private final Map<String, Place> fields = new LinkedHashMap<>();
  private final List<Target> targets = new ArrayList<>();
  private final Map<String, Place> marks = new HashMap<>();
  private RunAs allAs = new RunAs.Service();

  Draft(Problems problems, KnownPrograms programs, Copybooks copybooks) {
    this.problems = problems;
    this.programs = programs;
    this.copybooks = copybooks;
  }

  /** One name of a step where {@code next} or {@code drill_down} leads to. */
  record Target(int step, Place place, String name) {}

  Problems problems() {
    return problems;
  }

  /** The copybooks beside the definition. */
  Copybooks copybooks() {
    return copybooks;
  }

  List<Used> used() {
    return used;
  }

  Place stepPlace(String name) {
    return steps.getOrDefault(name, new Place(1, 1));
  }

  /** Every step that another one leads to by name. */
  List<Target> targets() {
    return targets;
  }

  void target(int step, Place place, String name) {
    targets.add(new Target(step, place, name));
  }

  /** Names of all fields, also of those with something wrong. */
  Set<String> fieldNames() {
    return fields.keySet();
  }

  /** Notes a place of the file for a check that comes when all steps have been read. */
  void mark(String what, Place place) {
    marks.put(what, place);
  }

  /** The place that was noted. */
  Place markOf(String what) {
    return marks.getOrDefault(what, new Place(1, 1));
  }

  /** The programs that may be named. */
  KnownPrograms programs() {
    return programs;
  }

  Optional<String> name(YamlMap map, String key) {
    return map.text(key).flatMap(t -> name(t, "'" + key + "'"));
  }

  Optional<String> name(YamlText text, String what) {
    if (Names.isName(text.value())) {
      return Optional.of(text.value());
    }
    problems.add(
        text.place(),
        "NAME_FORM",
        what + " is not a name",
        "a lower-case letter, then lower-case letters, digits and _");
    return Optional.empty();
  }

  /** Notes a step; a second one of that name is a problem. */
  void step(String name, Place place) {
    twice(steps, name, place, "STEP_TWICE", "a step");
  }

  void field(String name, Place place) {
    if (ReferenceCheck.PREDEFINED.contains(name) || name.equals("row") || name.equals("before")) {
      problems.add(
          place, "FIELD_NAME", "$" + name + " has a meaning of its own", "choose another name");
    }
    twice(fields, name, place, "FIELD_TWICE", "a field");
  }

  private void twice(
      Map<String, Place> known, String name, Place place, String ident, String what) {
    Place first = known.putIfAbsent(name, place);
    if (first != null) {
      problems.add(
          place,
          ident,
          what + " called " + name + " stands on line " + first.line() + " already",
          "choose another name");
    }
  }

  Optional<Template> template(YamlText text, int step, Use use) {
    try {
      Template template = Template.parse(text.value());
      boolean alone = template.parts().size() == 1;
      template.references().forEach(r -> used.add(new Used(step, text.place(), r, use, alone)));
      return Optional.of(template);
    } catch (TemplateException e) {
      problems.add(text.place(), "REF_FORM", String.valueOf(e.getMessage()), "$$ is one dollar");
      return Optional.empty();
    }
  }

  /** The program of {@code key} with {@code args} and {@code stdin} beside it. */
  Optional<ProgramCall> call(YamlMap map, String key, int step) {
    Optional<YamlText> program = map.text(key);
    List<Template> args = templates(map, "args", step, Use.ARGUMENT);
    List<Template> stdin = templates(map, "stdin", step, Use.INPUT);
    Optional<RunAs> own = runAs(map);
    RunAs as = own.orElse(allAs);
    Place place = own.isPresent() ? map.placeOf("run_as") : map.placeOf(key);
    Optional<String> name = program.flatMap(this::registered);
    name.filter(programs::has).ifPresent(known -> mayRunAs(known, as, place));
    return name.map(known -> new ProgramCall(known, args, stdin, as));
  }

  /** {@code run_as}, where it is written. */
  Optional<RunAs> runAs(YamlMap map) {
    Optional<YamlText> word = map.text("run_as");
    Optional<RunAs> as = word.flatMap(text -> RunAs.of(text.value()));
    if (word.isPresent() && as.isEmpty()) {
      problems.add(
          word.get().place(),
          Idents.VALUE_FORM,
          "nobody is called '" + word.get().value() + "'",
          "service, user (who signed in), or the name of an account");
    }
    return as;
  }

  /** As whom programs run where nothing else is written. */
  void runAllAs(RunAs as) {
    allAs = as;
  }

  /** The sysadmin says in the registration as whom a program may run. */
  private void mayRunAs(String program, RunAs as, Place place) {
    Set<RunAs> allowed = programs.runAs(program);
    if (!allowed.isEmpty() && !allowed.contains(as)) {
      problems.slip(
          place,
          "RUN_AS_UNREGISTERED",
          "the program '" + program + "' may not run as " + as.word(),
          "run_as: "
              + allowed.stream().map(RunAs::word).sorted().collect(Collectors.joining(" or "))
              + "; the sysadmin says so with as: in programs.yaml");
    }
  }

  private Optional<String> registered(YamlText program) {
    Optional<String> name = name(program, "a program");
    if (name.isPresent() && !programs.has(name.get())) {
      problems.slip(
          program.place(),
          "PROGRAM_UNKNOWN",
          "the program '" + name.get() + "' is not registered",
          Suggestion.nearest(name.get(), programs.names())
              .map(p -> "did you mean '" + p + "'?")
              .orElse("the sysadmin registers programs in programs.yaml"));
    }
    return name;
  }

  private List<Template> templates(YamlMap map, String key, int step, Use use) {
    List<Template> templates = new ArrayList<>();
    map.texts(key).forEach(t -> template(t, step, use).ifPresent(templates::add));
    return templates;
  }
}
