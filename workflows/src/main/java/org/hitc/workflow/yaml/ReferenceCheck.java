package org.hitc.workflow.yaml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hitc.workflow.model.Choices;
import org.hitc.workflow.model.Field;
import org.hitc.workflow.model.FieldType;
import org.hitc.workflow.model.Flow;
import org.hitc.workflow.model.FormStep;
import org.hitc.workflow.model.Output;
import org.hitc.workflow.model.Reference;
import org.hitc.workflow.model.ReportStep;
import org.hitc.workflow.model.RunStep;
import org.hitc.workflow.model.Step;

/** Checks every {@code $name}: known on every way to where it stands, and usable there. */
final class ReferenceCheck {
  /** Names that are known everywhere. */
  static final Set<String> PREDEFINED = Set.of("user", "language", "today", "job");

  private final Draft draft;

  ReferenceCheck(Draft draft) {
    this.draft = draft;
  }

  /**
   * What is known when a step begins, whatever way led to it.
   *
   * @param names without the dollar
   * @param rows the steps whose rows have been read
   * @param more true when a program has printed values that the definition does not list
   */
  private record Known(Set<String> names, Set<String> rows, boolean more) {
    static final Known FIRST = new Known(PREDEFINED, Set.of(), false);

    Known and(Known other) {
      return new Known(both(names, other.names), both(rows, other.rows), more && other.more);
    }

    Known with(Set<String> further, boolean open) {
      return new Known(either(names, further), rows, more || open);
    }

    Known withRows(String step) {
      return new Known(names, either(rows, Set.of(step)), more);
    }

    private static Set<String> both(Set<String> a, Set<String> b) {
      Set<String> both = new HashSet<>(a);
      both.retainAll(b);
      return both;
    }

    private static Set<String> either(Set<String> a, Set<String> b) {
      Set<String> either = new HashSet<>(a);
      either.addAll(b);
      return either;
    }
  }

  /**
   * Only what is certain although steps are missing: names that stand nowhere. A name with a dot or
   * of a value that a program prints may be right.
   */
  void names() {
    Set<String> names = new TreeSet<>(PREDEFINED);
    names.addAll(draft.fieldNames());
    for (Draft.Used used : draft.used()) {
      String name = used.reference().name();
      boolean near = Suggestion.nearest(name, names).isPresent();
      if (name.indexOf('.') < 0 && !names.contains(name) && near) {
        unknown(used, names);
      }
    }
  }

  /** Everything. */
  void check(List<Step> steps, Flow flow) {
    Map<Integer, Known> known = known(steps, flow);
    for (Draft.Used used : draft.used()) {
      Known here = known.getOrDefault(used.step(), Known.FIRST);
      String name = used.reference().name();
      boolean printed = here.more() && Suggestion.nearest(name, here.names()).isEmpty();
      if (!here.names().contains(name) && !(printed && !used.reference().isRow())) {
        unknown(used, new TreeSet<>(here.names()));
      }
      field(steps, name).ifPresent(field -> use(used, field));
    }
    secrets(steps, flow);
  }

  /** The rows that a form offers have been read on every way to it. */
  void rows(List<Step> steps, Flow flow) {
    known(steps, flow)
        .forEach((step, here) -> {
          if (steps.get(step) instanceof FormStep form) {
            rows(form, here);
          }
        });
  }

  private void unknown(Draft.Used used, Set<String> names) {
    String name = used.reference().name();
    draft
        .problems()
        .add(
            used.place(),
            "REF_UNKNOWN",
            used.reference() + " is not known here",
            Suggestion.nearest(name, names)
                .map(n -> "did you mean '$" + n + "'?")
                .orElseGet(() -> Suggestion.cure(name, names)));
  }

  private static Map<Integer, Known> known(List<Step> steps, Flow flow) {
    Map<Integer, Known> known = new HashMap<>();
    Deque<Integer> open = new ArrayDeque<>();
    flow.first()
        .ifPresent(first -> {
          known.put(first, Known.FIRST);
          open.add(first);
        });
    while (!open.isEmpty()) {
      int step = open.remove();
      Known behind = behind(steps.get(step), known.getOrDefault(step, Known.FIRST));
      flow.successors(step).forEach(next -> reach(next, behind, known, open));
      flow.rowTarget(step)
          .ifPresent(row -> reach(row, behind.with(rowNames(steps.get(step)), false), known, open));
    }
    return known;
  }

  private static void reach(int step, Known from, Map<Integer, Known> known, Deque<Integer> open) {
    Known before = known.get(step);
    Known now = before == null ? from : before.and(from);
    if (!now.equals(before)) {
      known.put(step, now);
      open.add(step);
    }
  }

  private static Known behind(Step step, Known known) {
    return switch (step) {
      case FormStep form -> {
        Set<String> fields = new HashSet<>();
        form.fields().forEach(f -> fields.add(f.name()));
        yield known.with(fields, false);
      }
      case RunStep run when run.output().orElse(null) instanceof Output.Values(var names) -> {
        Set<String> values = new HashSet<>(names);
        names.forEach(n -> values.add(Reference.BEFORE + n));
        yield known.with(values, names.isEmpty());
      }
      case RunStep run when run.output().orElse(null) instanceof Output.Rows ->
          known.withRows(run.name());
      case ReportStep report -> known.withRows(report.name());
      default -> known;
    };
  }

  private void rows(FormStep form, Known here) {
    for (Field field : form.fields()) {
      ChoiceCheck.rows(field.type())
          .map(Choices.FromRows::report)
          .filter(source -> !here.rows().contains(source))
          .ifPresent(source ->
              draft
                  .problems()
                  .add(
                      draft.markOf("rows." + field.name()),
                      "ROWS_UNKNOWN",
                      "not every way to " + form.name() + " passes " + source,
                      "let each way pass it, or make a form for each way"));
    }
  }

  private static Set<String> rowNames(Step step) {
    Set<String> names = new HashSet<>();
    if (step instanceof ReportStep report) {
      report.columns().headings().forEach(h -> names.add(Reference.ROW + h.name()));
    }
    return names;
  }

  private static Optional<Field> field(List<Step> steps, String name) {
    return steps.stream()
        .filter(FormStep.class::isInstance)
        .map(FormStep.class::cast)
        .flatMap(form -> form.field(name).stream())
        .findFirst();
  }

  /** Some answers are no single line of text. */
  private void use(Draft.Used used, Field field) {
    switch (field.type()) {
      case FieldType.TextArea _ when used.use() == Draft.Use.ARGUMENT ->
          refuse(
              used,
              "TEXTAREA_USE",
              used.reference() + " has several lines, which no argument can have",
              "give it in stdin: each line of it is a line there");
      case FieldType.TextArea _ when used.use() == Draft.Use.INPUT && !used.alone() ->
          refuse(
              used,
              "TEXTAREA_USE",
              used.reference() + " has several lines and stands beside other text",
              "let it stand alone in its item of stdin");
      case FieldType.Many _ when used.use() != Draft.Use.TEXT && !used.alone() ->
          refuse(
              used,
              "MANY_USE",
              used.reference() + " is several values and stands beside other text",
              "let it stand alone: every value becomes an item of its own");
      case FieldType.File _ when used.use() != Draft.Use.ARGUMENT || !used.alone() ->
          refuse(
              used,
              "FILE_USE",
              used.reference() + " is a file: programs get the path of a copy",
              "let it stand alone in args");
      default -> {}
    }
  }

  private void refuse(Draft.Used used, String ident, String text, String cure) {
    draft.problems().add(used.place(), ident, text, cure);
  }

  /**
   * A password is gone once a page has been shown: only input lines of programs that run at once
   * may refer to it, and none that runs again later.
   */
  private void secrets(List<Step> steps, Flow flow) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof FormStep form) {
        for (Field field : form.fields()) {
          if (field.type() instanceof FieldType.Password) {
            int step = i;
            draft.used().stream()
                .filter(used -> used.reference().name().equals(field.name()))
                .forEach(used -> secret(used, step, steps, flow));
          }
        }
      }
    }
  }

  private void secret(Draft.Used used, int form, List<Step> steps, Flow flow) {
    List<Integer> pages = new ArrayList<>();
    Set<Integer> atOnce = atOnce(flow.successors(form), steps, flow, pages);
    if (used.use() != Draft.Use.INPUT) {
      refuseSecret(used, "is shown or becomes an argument");
    } else if (!atOnce.contains(used.step())) {
      refuseSecret(used, "is used after another page");
    } else if (steps.get(used.step()) instanceof RunStep run
        && !run.writes()
        && pages.stream().anyMatch(page -> needsGuards(page, steps, flow))) {
      refuseSecret(used, "is used by a program that runs again for a later page");
    }
  }

  private void refuseSecret(Draft.Used used, String how) {
    refuse(
        used,
        "SECRET_USE",
        "the password " + used.reference() + " " + how,
        "use it only in stdin of a run directly below its form");
  }

  /** Steps that run before the next page, that page included; adds the pages. */
  private static Set<Integer> atOnce(
      Set<Integer> from, List<Step> steps, Flow flow, List<Integer> pages) {
    Set<Integer> passed = new HashSet<>();
    Deque<Integer> open = new ArrayDeque<>(from);
    while (!open.isEmpty()) {
      int step = open.remove();
      if (passed.add(step)) {
        if (Flow.isPage(steps.get(step))) {
          pages.add(step);
        } else {
          open.addAll(flow.successors(step));
        }
      }
    }
    return passed;
  }

  /** True when a step that can come after this page lets the guards above it run again. */
  private static boolean needsGuards(int page, List<Step> steps, Flow flow) {
    Set<Integer> later = new HashSet<>();
    Deque<Integer> open = new ArrayDeque<>(flow.successors(page));
    flow.rowTarget(page).ifPresent(open::add);
    while (!open.isEmpty()) {
      int step = open.remove();
      if (step > page && later.add(step)) {
        open.addAll(flow.successors(step));
        flow.rowTarget(step).ifPresent(open::add);
      }
    }
    return later.stream()
        .map(steps::get)
        .anyMatch(s ->
            s instanceof ReportStep
                || (s instanceof RunStep run
                    && (run.writes() || Flow.isPage(run) || Flow.isTurn(run))));
  }
}
