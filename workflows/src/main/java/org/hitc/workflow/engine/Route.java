package org.hitc.workflow.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hitc.workflow.model.Choices;
import org.hitc.workflow.model.ConfirmStep;
import org.hitc.workflow.model.DoneStep;
import org.hitc.workflow.model.Field;
import org.hitc.workflow.model.FieldType;
import org.hitc.workflow.model.Flow;
import org.hitc.workflow.model.FormStep;
import org.hitc.workflow.model.Limits;
import org.hitc.workflow.model.Next;
import org.hitc.workflow.model.Output;
import org.hitc.workflow.model.ProgramCall;
import org.hitc.workflow.model.ReportStep;
import org.hitc.workflow.model.RunStep;
import org.hitc.workflow.model.Step;
import org.hitc.workflow.model.Workflow;

/** Which programs run on the way from a step to the next page. */
final class Route {
  private static final List<Integer> ZERO = List.of(0);
  private static final int STATUSES = 256;

  private final Workflow workflow;
  private final Flow flow;

  Route(Workflow workflow) {
    this.workflow = workflow;
    this.flow = new Flow(workflow.steps());
  }

  /**
   * A part of the way that needs nothing but what is known at its beginning.
   *
   * @param chain what runs, in order
   * @param end the page it leads to, or the run that decides what comes next
   * @param passedBy runs that lie on another branch when the end is reached
   */
  record Leg(List<Planned> chain, Step end, List<String> passedBy) {
    Leg {
      chain = List.copyOf(chain);
      passedBy = List.copyOf(passedBy);
    }
  }

  Flow flow() {
    return flow;
  }

  /**
   * The way from a step, that step included. Whatever makes or changes something runs behind all
   * guards that stand above it, as in {@code check_open && authorize && trans12}; a form needs only
   * those on the way to it.
   *
   * @param ran runs that have run in the same job already
   */
  Leg leg(int from, Known known, List<String> ran) {
    List<Planned> walked = new ArrayList<>();
    Known passing = known;
    int at = from;
    while (workflow.steps().get(at) instanceof RunStep run && !Flow.isPage(run)) {
      walked.add(run(run, known));
      if (Flow.isTurn(run)) {
        return guarded(passing, ran, walked, run);
      }
      // The checker refuses a way that ends without a page.
      int next = flow.following(at).orElseThrow();
      passing = jump(passing, at, next);
      at = next;
    }
    Step page = workflow.steps().get(at);
    switch (page) {
      case FormStep form ->
          form.fields().forEach(field -> choices(form, field).ifPresent(walked::add));
      case ReportStep report -> walked.add(report(report));
      case RunStep run -> walked.add(run(run, known));
      case ConfirmStep _, DoneStep _ -> {}
    }
    return guarded(passing, ran, walked, page);
  }

  /** With the runs in mind that are passed by, or are still to come when the way leads back. */
  Known jump(Known known, int from, int to) {
    List<String> passedBy =
        new ArrayList<>(
            known.passedBy().stream().filter(name -> workflow.indexOf(name) < to).toList());
    flow.passedBy(from, to).stream().filter(n -> !passedBy.contains(n)).forEach(passedBy::add);
    return known.withPassedBy(passedBy);
  }

  /** True when something can be changed between this step and the next page. */
  boolean mayWrite(int from) {
    Set<Integer> passed = new HashSet<>();
    Deque<Integer> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      int step = open.remove();
      if (passed.add(step) && workflow.steps().get(step) instanceof RunStep run) {
        if (run.writes()) {
          return true;
        }
        if (!Flow.isPage(run)) {
          open.addAll(flow.successors(step));
        }
      }
    }
    return false;
  }

  /** The form that was answered last on this way. */
  Optional<FormStep> lastForm(Known known) {
    return known.way().stream()
        .map(passed -> workflow.step(passed.step()).orElseThrow())
        .filter(FormStep.class::isInstance)
        .map(FormStep.class::cast)
        .reduce((_, later) -> later);
  }

  /** All forms, in the order of the file. */
  List<FormStep> forms() {
    return workflow.steps().stream()
        .filter(FormStep.class::isInstance)
        .map(FormStep.class::cast)
        .toList();
  }

  /** Every program that the workflow can start. */
  Stream<ProgramCall> calls() {
    return workflow.steps().stream()
        .flatMap(step ->
            switch (step) {
              case RunStep run -> Stream.of(run.call());
              case ReportStep report -> Stream.of(report.call());
              case FormStep form ->
                  form.fields().stream()
                      .flatMap(f -> choices(form, f).stream())
                      .map(Planned::program);
              case ConfirmStep _, DoneStep _ -> Stream.empty();
            });
  }

  private Leg guarded(Known known, List<String> ran, List<Planned> walked, Step end) {
    boolean plain =
        walked.stream()
            .map(p -> p.call().role())
            .allMatch(role -> role == Role.GUARD || role == Role.CHOICES);
    List<Planned> chain = new ArrayList<>();
    if (!plain || !Flow.isPage(end)) {
      Set<String> done = new HashSet<>(ran);
      walked.forEach(p -> done.add(p.call().step()));
      chain.addAll(guardsAbove(end, known, done));
    }
    chain.addAll(walked);
    return new Leg(chain, end, known.passedBy());
  }

  private List<Planned> guardsAbove(Step end, Known known, Set<String> done) {
    return workflow.steps().stream()
        .limit(workflow.indexOf(end.name()))
        .filter(RunStep.class::isInstance)
        .map(RunStep.class::cast)
        .filter(run -> !run.writes() && !done.contains(run.name()))
        .filter(run -> !known.passedBy().contains(run.name()))
        .map(run -> planned(run, Role.GUARD, success(run, known)))
        .toList();
  }

  private static Planned run(RunStep run, Known known) {
    return planned(run, role(run), Flow.isTurn(run) ? handled(run) : success(run, known));
  }

  private static Role role(RunStep run) {
    if (run.output().isEmpty()) {
      return run.writes() ? Role.CHANGE : Role.GUARD;
    }
    return switch (run.output().get()) {
      case Output.Text _ -> Role.ACTION;
      case Output.Values _, Output.Rows _ -> Role.DATA;
    };
  }

  /** What lets the way go on: when the run has chosen the way, the same exit status as then. */
  private static List<Integer> success(RunStep run, Known known) {
    return known.taken(run.name()).map(exit -> List.of(exit.status())).orElse(run.successExit());
  }

  /** Every exit status that leads anywhere. */
  private static List<Integer> handled(RunStep run) {
    TreeSet<Integer> handled = new TreeSet<>(run.successExit());
    if (run.next().orElse(null) instanceof Next.ByExit(var targets, var other)) {
      handled.addAll(targets.keySet());
      if (other.isPresent()) {
        IntStream.range(0, STATUSES).forEach(handled::add);
      }
    }
    return List.copyOf(handled);
  }

  private static Planned planned(RunStep run, Role role, List<Integer> success) {
    return new Planned(
        new Pending.Call(
            run.name(),
            run.call().program(),
            role,
            Optional.empty(),
            success,
            run.writes(),
            run.unchangedExit()),
        run.call(),
        run.encoding(),
        run.limits());
  }

  private static Planned report(ReportStep report) {
    return new Planned(
        new Pending.Call(
            report.name(),
            report.call().program(),
            Role.REPORT,
            Optional.empty(),
            report.successExit(),
            false,
            List.of()),
        report.call(),
        report.encoding(),
        report.limits());
  }

  private static Optional<Planned> choices(FormStep form, Field field) {
    return fromProgram(field.type())
        .map(call ->
            new Planned(
                new Pending.Call(
                    form.name(),
                    call.program(),
                    Role.CHOICES,
                    Optional.of(field.name()),
                    ZERO,
                    false,
                    List.of()),
                call,
                Optional.empty(),
                Limits.NONE));
  }

  private static Optional<ProgramCall> fromProgram(FieldType type) {
    return switch (type) {
      case FieldType.Choice(Choices.FromProgram(var call)) -> Optional.of(call);
      case FieldType.Many(Choices.FromProgram(var call), _, _) -> Optional.of(call);
      default -> Optional.empty();
    };
  }
}
