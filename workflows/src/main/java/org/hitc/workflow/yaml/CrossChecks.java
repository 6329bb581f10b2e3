package org.hitc.workflow.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hitc.workflow.model.DoneStep;
import org.hitc.workflow.model.Field;
import org.hitc.workflow.model.FieldType;
import org.hitc.workflow.model.FormStep;
import org.hitc.workflow.model.Reference;
import org.hitc.workflow.model.ReportStep;
import org.hitc.workflow.model.RunStep;
import org.hitc.workflow.model.Step;
import org.hitc.workflow.model.Workflow.MessagePlace;

/** What can be checked only when all steps have been read. */
final class CrossChecks {
  /** Names that are known everywhere. */
  static final Set<String> PREDEFINED = Set.of("user", "language", "today", "job");

  private final Draft draft;
  private final List<Step> steps;
  private final Set<String> drillTargets = new HashSet<>();

  CrossChecks(Draft draft, List<Step> steps) {
    this.draft = draft;
    this.steps = steps;
  }

  void check(Map<String, MessagePlace> messages, Place messagesPlace) {
    drillDowns();
    order();
    references();
    Set<String> fields = new TreeSet<>();
    forms(steps.size()).forEach(form -> form.fields().forEach(f -> fields.add(f.name())));
    messages.forEach((ident, place) -> {
      if (!fields.contains(place.field())) {
        draft
            .problems()
            .add(
                messagesPlace,
                "FIELD_UNKNOWN",
                "message " + ident + " names no field: " + place.field(),
                Suggestion.cure(place.field(), fields));
      }
    });
  }

  private void drillDowns() {
    List<String> reports =
        steps.stream().filter(ReportStep.class::isInstance).map(Step::name).toList();
    for (Step step : steps) {
      if (step instanceof ReportStep report && report.drillDown().isPresent()) {
        String target = report.drillDown().get();
        drillTargets.add(target);
        if (!reports.contains(target) || target.equals(report.name())) {
          draft
              .problems()
              .add(
                  draft.drillDownPlace(report.name()),
                  "STEP_UNKNOWN",
                  "no other report is called " + target,
                  Suggestion.cure(
                      target, reports.stream().filter(r -> !r.equals(report.name())).toList()));
        }
      }
    }
  }

  /** The way from the top ends with a page, and nothing stands behind a page that ends it. */
  private void order() {
    boolean ended = false;
    for (Step step : steps) {
      boolean row = drillTargets.contains(step.name());
      if (ended && !row) {
        draft.notYet(draft.stepPlace(step.name()), "a step below the page that ends the workflow");
        return;
      }
      ended |=
          !row
              && switch (step) {
                case ReportStep _, DoneStep _ -> true;
                case RunStep run -> run.output().isPresent();
                default -> false;
              };
    }
    if (!ended) {
      Step last = steps.getLast();
      draft
          .problems()
          .add(
              draft.stepPlace(last.name()),
              "NO_PAGE",
              "the workflow ends without a page",
              "end with a report, a done, or a run with output: text");
    }
  }

  private void references() {
    for (Draft.Used used : draft.used()) {
      Set<String> known = known(used.step());
      String name = used.reference().name();
      if (name.startsWith("before.")) {
        draft.notYet(used.place(), "$before");
      } else if (!known.contains(name)) {
        draft
            .problems()
            .add(
                used.place(),
                "REF_UNKNOWN",
                used.reference() + " is not known here",
                Suggestion.cure(name, known));
      } else {
        secret(used);
      }
    }
  }

  /** Names that have a value when this step is reached. */
  private Set<String> known(int step) {
    Set<String> known = new TreeSet<>(PREDEFINED);
    forms(step).forEach(form -> form.fields().forEach(f -> known.add(f.name())));
    if (steps.get(step) instanceof ReportStep target && drillTargets.contains(target.name())) {
      known.addAll(rowNames(target));
    }
    return known;
  }

  /** Columns that every report has which leads to this one. */
  private Set<String> rowNames(ReportStep target) {
    Set<String> names = new TreeSet<>();
    boolean first = true;
    for (Step step : steps) {
      if (step instanceof ReportStep report
          && report.drillDown().filter(target.name()::equals).isPresent()) {
        List<String> here =
            report.columns().headings().stream().map(h -> Reference.ROW + h.name()).toList();
        if (first) {
          names.addAll(here);
        } else {
          names.retainAll(here);
        }
        first = false;
      }
    }
    return names;
  }

  /**
   * A password is gone once a page has been shown: only input lines of programs that run at once
   * may refer to it, and none that runs again later.
   */
  private void secret(Draft.Used used) {
    for (int i = 0; i < used.step(); i++) {
      if (steps.get(i) instanceof FormStep form
          && form.field(used.reference().name()).filter(CrossChecks::isSecret).isPresent()) {
        if (used.use() != Draft.Use.INPUT) {
          refuseSecret(used, "is shown or becomes an argument");
        } else if (pagesAfter(i, used.step())) {
          refuseSecret(used, "is used after another page");
        } else if (runsAgain(used.step())) {
          refuseSecret(used, "is used by a program that runs again for a row");
        }
      }
    }
  }

  private void refuseSecret(Draft.Used used, String how) {
    draft
        .problems()
        .add(
            used.place(),
            "SECRET_USE",
            "the password " + used.reference() + " " + how,
            "use it only in stdin of a run directly below its form");
  }

  private boolean pagesAfter(int form, int step) {
    List<Step> between = new ArrayList<>(steps.subList(form + 1, step));
    between.removeIf(s -> s instanceof RunStep run && run.output().isEmpty());
    boolean formItself = steps.get(step) instanceof FormStep;
    return !between.isEmpty() && !formItself;
  }

  private boolean runsAgain(int step) {
    return steps.stream()
        .skip(step)
        .anyMatch(s -> rerunsGuards(s) && (drillTargets.contains(s.name()) || laterForm(step, s)));
  }

  private static boolean rerunsGuards(Step step) {
    return step instanceof ReportStep || (step instanceof RunStep run && run.output().isPresent());
  }

  private boolean laterForm(int step, Step report) {
    return steps.subList(step, steps.indexOf(report)).stream().anyMatch(FormStep.class::isInstance);
  }

  private static boolean isSecret(Field field) {
    return field.type() instanceof FieldType.Password;
  }

  private List<FormStep> forms(int below) {
    return steps.stream()
        .limit(below)
        .filter(FormStep.class::isInstance)
        .map(FormStep.class::cast)
        .toList();
  }
}
