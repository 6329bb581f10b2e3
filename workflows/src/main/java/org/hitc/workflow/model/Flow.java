package org.hitc.workflow.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where each step can lead: from top to bottom, except where {@code next} or {@code drill_down} say
 * otherwise. Steps are their places in the file, from 0.
 *
 * <ul>
 *   <li>A report that a {@code drill_down} names is reached through a row only; the way from the
 *       top passes it by.
 *   <li>A {@code done} ends the way. A report, or a run whose output is shown, leads on to the step
 *       below it, unless that step is where a {@code next} branches to: there another branch
 *       begins, and the way has ended.
 * </ul>
 */
public final class Flow {
  private final List<Step> steps;
  private final Set<Integer> rowTargets;
  private final Set<Integer> branches;

  /** The flow of these steps; targets that do not exist lead nowhere. */
  public Flow(List<Step> steps) {
    this.steps = List.copyOf(steps);
    this.rowTargets =
        this.steps.stream()
            .flatMap(s -> s instanceof ReportStep r ? r.drillDown().stream() : Stream.empty())
            .flatMap(name -> index(name).stream())
            .collect(Collectors.toUnmodifiableSet());
    Set<Integer> found = new HashSet<>();
    for (int i = 0; i < steps.size(); i++) {
      int from = i;
      next(i)
          .filter(next -> !(next instanceof Next.To))
          .ifPresent(next -> targets(next).stream().filter(t -> t > from).forEach(found::add));
    }
    this.branches = Set.copyOf(found);
  }

  /** True for a step that is shown. */
  public static boolean isPage(Step step) {
    return switch (step) {
      case RunStep run -> run.output().filter(Output.Text.class::isInstance).isPresent();
      case FormStep _, ReportStep _, ConfirmStep _, DoneStep _ -> true;
    };
  }

  /** True for a run whose end decides what comes next, or whose output the next ones need. */
  public static boolean isTurn(RunStep run) {
    return run.next().filter(n -> !(n instanceof Next.To)).isPresent()
        || run.output().filter(o -> !(o instanceof Output.Text)).isPresent();
  }

  /** True for a report that is reached through a row only. */
  public boolean isRowTarget(int step) {
    return rowTargets.contains(step);
  }

  /** The first step of the way from the top. */
  public Optional<Integer> first() {
    return downFrom(0);
  }

  /** The step that follows when no answer and no exit status says otherwise. */
  public Optional<Integer> following(int step) {
    return switch (steps.get(step)) {
      case DoneStep _ -> Optional.empty();
      case ReportStep report when report.next().isPresent() -> index(report.next().get());
      case ReportStep _ -> unlessBranch(downFrom(step + 1));
      case RunStep run when run.next().orElse(null) instanceof Next.To(String to) -> index(to);
      case RunStep run when isPage(run) -> unlessBranch(downFrom(step + 1));
      case FormStep form when form.next().orElse(null) instanceof Next.To(String to) -> index(to);
      case FormStep _, RunStep _, ConfirmStep _ -> downFrom(step + 1);
    };
  }

  /** Every step that can come after this one, {@code drill_down} left out. */
  public NavigableSet<Integer> successors(int step) {
    NavigableSet<Integer> all = new TreeSet<>();
    next(step).ifPresent(next -> all.addAll(targets(next)));
    if (!alwaysBranches(step)) {
      following(step).ifPresent(all::add);
    }
    return all;
  }

  /** The report that a row of this one leads to. */
  public Optional<Integer> rowTarget(int step) {
    return steps.get(step) instanceof ReportStep report
        ? report.drillDown().flatMap(this::index)
        : Optional.empty();
  }

  /**
   * Runs that a jump passes by because they belong to another branch: what stands below the first
   * other target of the same {@code next}, down to the one that was taken. Guards directly below
   * the step that branches are not among them: they hold for every branch. A {@code next} that
   * names one step only passes by all that stands between, which is another branch for certain.
   */
  public List<String> passedBy(int from, int to) {
    Optional<Next> next = next(from);
    int begin =
        next.filter(Next.To.class::isInstance).isPresent()
            ? from + 1
            : next.stream()
                .flatMap(n -> targets(n).stream())
                .filter(t -> t > from && t < to)
                .min(Integer::compare)
                .orElse(to);
    List<String> passed = new ArrayList<>();
    for (int i = begin; i < to; i++) {
      if (steps.get(i) instanceof RunStep run) {
        passed.add(run.name());
      }
    }
    return passed;
  }

  /** The place of a step. */
  public Optional<Integer> index(String name) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).name().equals(name)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /** What a step says about where to go on. */
  public Optional<Next> next(int step) {
    return switch (steps.get(step)) {
      case FormStep form -> form.next();
      case RunStep run -> run.next();
      case ReportStep report -> report.next().map(Next.To::new);
      case ConfirmStep _, DoneStep _ -> Optional.empty();
    };
  }

  private Set<Integer> targets(Next next) {
    return next.steps().stream().flatMap(name -> index(name).stream()).collect(Collectors.toSet());
  }

  /** True when the step below can never be reached by falling to it. */
  public boolean alwaysBranches(int step) {
    return next(step)
        .filter(next ->
            switch (next) {
              case Next.To _ -> true;
              case Next.ByExit(_, var other) -> other.isPresent();
              case Next.ByAnswer(String field, var targets) ->
                  steps.get(step) instanceof FormStep form
                      && form.field(field).filter(f -> coversAll(f, targets)).isPresent();
            })
        .isPresent();
  }

  private static boolean coversAll(Field field, java.util.Map<String, String> targets) {
    return switch (field.type()) {
      case FieldType.Choice(Choices.Fixed(var choices)) ->
          field.required() && choices.stream().allMatch(c -> targets.containsKey(c.value()));
      case FieldType.Checkbox() -> targets.keySet().containsAll(List.of("yes", "no"));
      default -> false;
    };
  }

  private Optional<Integer> downFrom(int step) {
    for (int i = step; i < steps.size(); i++) {
      if (!isRowTarget(i)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private Optional<Integer> unlessBranch(Optional<Integer> step) {
    return step.filter(s -> !branches.contains(s));
  }
}
