package org.hitc.workflow.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hitc.workflow.model.Choices;
import org.hitc.workflow.model.ConfirmStep;
import org.hitc.workflow.model.DoneStep;
import org.hitc.workflow.model.Field;
import org.hitc.workflow.model.FieldType;
import org.hitc.workflow.model.FormStep;
import org.hitc.workflow.model.Limits;
import org.hitc.workflow.model.ProgramCall;
import org.hitc.workflow.model.ReportStep;
import org.hitc.workflow.model.RunStep;
import org.hitc.workflow.model.Step;
import org.hitc.workflow.model.Workflow;

/** Which page comes next, and which programs run before it is shown. */
final class Route {
  private static final List<Integer> ZERO = List.of(0);

  private final Workflow workflow;
  private final Set<String> drillDownTargets;

  Route(Workflow workflow) {
    this.workflow = workflow;
    this.drillDownTargets =
        workflow.steps().stream()
            .flatMap(s -> s instanceof ReportStep r ? r.drillDown().stream() : Stream.empty())
            .collect(Collectors.toUnmodifiableSet());
  }

  /** The first step from there on that shows a page and is not reached through a row only. */
  Optional<Step> pageFrom(int index) {
    return workflow.steps().stream()
        .skip(index)
        .filter(s -> showsPage(s) && !drillDownTargets.contains(s.name()))
        .findFirst();
  }

  /** The nearest form above a step. */
  Optional<FormStep> formAbove(String step) {
    return workflow.steps().stream()
        .limit(workflow.indexOf(step))
        .filter(FormStep.class::isInstance)
        .map(FormStep.class::cast)
        .reduce((_, later) -> later);
  }

  /**
   * What runs before a page.
   *
   * @param from index of the first step that has not been passed yet
   */
  List<Planned> chain(int from, Step page) {
    List<Planned> chain = new ArrayList<>();
    switch (page) {
      case FormStep form -> {
        chain.addAll(guards(from, page));
        form.fields().forEach(field -> choices(form, field).ifPresent(chain::add));
      }
      case DoneStep _ -> chain.addAll(guards(from, page));
      case ReportStep report -> {
        chain.addAll(guards(0, page));
        chain.add(report(report));
      }
      case RunStep run -> {
        chain.addAll(guards(0, page));
        chain.add(run(run, Role.ACTION));
      }
      case ConfirmStep _ -> throw new IllegalStateException("a confirm is refused at load");
    }
    return chain;
  }

  /** The programs that print choices of a form. */
  Stream<ProgramCall> choicesCalls(FormStep form) {
    return form.fields().stream().flatMap(f -> choices(form, f).stream()).map(Planned::program);
  }

  private static boolean showsPage(Step step) {
    return switch (step) {
      case RunStep run -> run.output().isPresent();
      case FormStep _, ReportStep _, ConfirmStep _, DoneStep _ -> true;
    };
  }

  private List<Planned> guards(int from, Step page) {
    return workflow.steps().subList(from, workflow.indexOf(page.name())).stream()
        .filter(s -> s instanceof RunStep run && !run.writes())
        .map(s -> run((RunStep) s, Role.GUARD))
        .toList();
  }

  private static Planned run(RunStep run, Role role) {
    return new Planned(
        new Pending.Call(run.name(), run.call().program(), role, Optional.empty()),
        run.call(),
        run.successExit(),
        run.encoding(),
        run.limits(),
        run.writes());
  }

  private static Planned report(ReportStep report) {
    return new Planned(
        new Pending.Call(report.name(), report.call().program(), Role.REPORT, Optional.empty()),
        report.call(),
        report.successExit(),
        report.encoding(),
        report.limits(),
        false);
  }

  private static Optional<Planned> choices(FormStep form, Field field) {
    return field.type() instanceof FieldType.Choice(Choices.FromProgram(var call))
        ? Optional.of(
            new Planned(
                new Pending.Call(
                    form.name(), call.program(), Role.CHOICES, Optional.of(field.name())),
                call,
                ZERO,
                Optional.empty(),
                Limits.NONE,
                false))
        : Optional.empty();
  }
}
