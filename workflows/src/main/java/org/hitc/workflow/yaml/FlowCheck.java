package org.hitc.workflow.yaml;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hitc.workflow.model.ConfirmStep;
import org.hitc.workflow.model.Flow;
import org.hitc.workflow.model.FormStep;
import org.hitc.workflow.model.ReportStep;
import org.hitc.workflow.model.RunStep;
import org.hitc.workflow.model.Step;

/**
 * Checks where the steps lead: to steps that exist, to a page, to a write through a confirm only.
 */
final class FlowCheck {
  private final Draft draft;
  private final List<Step> steps;

  FlowCheck(Draft draft, List<Step> steps) {
    this.draft = draft;
    this.steps = steps;
  }

  /** Checks the names behind {@code next} and {@code drill_down}; false when one is wrong. */
  boolean targetsAreGood() {
    boolean good = true;
    Flow flow = new Flow(steps);
    for (Draft.Target target : draft.targets()) {
      good &= isGood(target, flow);
    }
    return good;
  }

  private boolean isGood(Draft.Target target, Flow flow) {
    Optional<Integer> to = flow.index(target.name());
    boolean row =
        steps.get(target.step()) instanceof ReportStep report
            && report.drillDown().filter(target.name()::equals).isPresent();
    if (row) {
      List<String> reports =
          steps.stream()
              .filter(s -> s instanceof ReportStep && steps.indexOf(s) != target.step())
              .map(Step::name)
              .toList();
      return reports.contains(target.name())
          || refuse(
              target.place(),
              "STEP_UNKNOWN",
              "no other report is called " + target.name(),
              Suggestion.cure(target.name(), reports));
    }
    if (to.isEmpty()) {
      return refuse(
          target.place(),
          "STEP_UNKNOWN",
          "no step is called " + target.name(),
          Suggestion.cure(target.name(), steps.stream().map(Step::name).toList()));
    }
    if (flow.isRowTarget(to.get())) {
      return refuse(
          target.place(),
          "NEXT_ROW",
          target.name() + " is reached through a row only",
          "lead to another step, or remove the drill_down to it");
    }
    if (to.get() <= target.step() && !(steps.get(to.get()) instanceof FormStep)) {
      return refuse(
          target.place(),
          "NEXT_BACK",
          "the way leads back to " + target.name() + ", which is no form",
          "only a form can be gone back to; name a step further down, or a form");
    }
    return true;
  }

  /** Checks every way. */
  void ways(Flow flow) {
    Set<Integer> reached = reached(flow);
    boolean ends = true;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      if (!reached.contains(i)) {
        refuse(
            draft.stepPlace(step.name()),
            "STEP_UNREACHED",
            "no way leads to " + step.name(),
            "lead to it with next: or drill_down:, or remove it");
      } else if (mustGoOn(step) && !canGoOn(i, flow)) {
        ends &=
            refuse(
                draft.stepPlace(step.name()),
                "NO_PAGE",
                "the way ends behind " + step.name() + " without a page",
                "end with a report, a done, or a run with output: text");
      }
    }
    if (ends) {
      writes(flow);
    }
  }

  private static boolean mustGoOn(Step step) {
    return step instanceof FormStep || step instanceof ConfirmStep || !Flow.isPage(step);
  }

  /** False when an answer or an exit status can lead to nothing. */
  private boolean canGoOn(int step, Flow flow) {
    return !flow.successors(step).isEmpty()
        && (flow.following(step).isPresent() || flow.alwaysBranches(step));
  }

  private Set<Integer> reached(Flow flow) {
    Set<Integer> reached = new HashSet<>();
    Deque<Integer> open = new ArrayDeque<>();
    flow.first().ifPresent(open::add);
    while (!open.isEmpty()) {
      int step = open.remove();
      if (reached.add(step)) {
        open.addAll(flow.successors(step));
        flow.rowTarget(step).ifPresent(open::add);
      }
    }
    return reached;
  }

  /** A write is reached from a confirm only, and a confirm leads to a write. */
  private void writes(Flow flow) {
    Set<Integer> free = new HashSet<>();
    flow.first().ifPresent(first -> free.addAll(upToPage(first, flow)));
    for (int i = 0; i < steps.size(); i++) {
      Set<Integer> behind = new HashSet<>();
      if (Flow.isPage(steps.get(i))) {
        flow.successors(i).forEach(next -> behind.addAll(upToPage(next, flow)));
      }
      if (!(steps.get(i) instanceof ConfirmStep confirm)) {
        free.addAll(behind);
      } else if (behind.stream().noneMatch(this::isWrite)) {
        refuse(
            draft.stepPlace(confirm.name()),
            "CONFIRM_IDLE",
            "nothing is written behind " + confirm.name(),
            "put a run with writes: true below it, or remove the confirm");
      }
    }
    free.stream()
        .sorted()
        .filter(this::isWrite)
        .forEach(i ->
            refuse(
                draft.stepPlace(steps.get(i).name()),
                "NO_CONFIRM",
                steps.get(i).name() + " writes, and is reached without a confirm",
                "put - confirm: NAME with a title directly above it"));
  }

  /** The steps that run in one go from here, the page at their end included. */
  private Set<Integer> upToPage(int from, Flow flow) {
    Set<Integer> passed = new HashSet<>();
    Deque<Integer> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      int step = open.remove();
      if (passed.add(step) && !Flow.isPage(steps.get(step))) {
        open.addAll(flow.successors(step));
      }
    }
    return passed;
  }

  private boolean isWrite(int step) {
    return steps.get(step) instanceof RunStep run && run.writes();
  }

  private boolean refuse(Place place, String ident, String text, String cure) {
    draft.problems().add(place, ident, text, cure);
    return false;
  }
}
