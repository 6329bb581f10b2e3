package org.hitc.workflow.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
   */
  record Leg(List<Planned> chain, Step end) {
    Leg {
      chain = List.copyOf(chain);
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
   * @param guarded true when these have run in the same job already
   */
  Leg leg(int from, Known known, boolean guarded) {
    List<Planned> walked = new ArrayList<>();
    int at = from;
    while (workflow.steps().get(at) instanceof RunStep run && !Flow.isPage(run)) {
      walked.add(run(run, known));
      if (Flow.isTurn(run)) {
        return guarded(from, known, guarded, walked, run);
      }
      // The checker refuses a way that ends without a page.
      at = flow.following(at).orElseThrow();
    }
    Step page = workflow.steps().get(at);
    switch (page) {
      case FormStep form ->
          form.fields().forEach(field -> choices(form, field).ifPresent(walked::add));
      case ReportStep report -> walked.add(report(report));
      case RunStep run -> walked.add(run(run, known));
      case ConfirmStep _, DoneStep _ -> {}
    }
    return guarded(from, known, guarded, walked, page);
  }

  /** The nearest form above a step. */
  Optional<FormStep> formAbove(String step) {
    return formsAbove(step).reduce((_, later) -> later);
  }

  /** All forms above a step, in the order of the file. */
  Stream<FormStep> formsAbove(String step) {
    return workflow.steps().stream()
        .limit(workflow.indexOf(step))
        .filter(FormStep.class::isInstance)
        .map(FormStep.class::cast);
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

  private Leg guarded(int from, Known known, boolean guarded, List<Planned> walked, Step end) {
    boolean plain =
        walked.stream()
            .map(p -> p.call().role())
            .allMatch(role -> role == Role.GUARD || role == Role.CHOICES);
    if (guarded || (plain && Flow.isPage(end))) {
      return new Leg(walked, end);
    }
    List<Planned> chain = new ArrayList<>(guardsAbove(from, known));
    chain.addAll(walked);
    return new Leg(chain, end);
  }

  private List<Planned> guardsAbove(int step, Known known) {
    return IntStream.range(0, step)
        .mapToObj(i -> workflow.steps().get(i))
        .filter(RunStep.class::isInstance)
        .map(RunStep.class::cast)
        .filter(run -> !run.writes() && !known.passedBy().contains(run.name()))
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
    return Optional.ofNullable(known.taken().get(run.name()))
        .map(exit -> List.of(exit.status()))
        .orElse(run.successExit());
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
            run.name(), run.call().program(), role, Optional.empty(), success, run.writes()),
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
            false),
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
                    false),
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
