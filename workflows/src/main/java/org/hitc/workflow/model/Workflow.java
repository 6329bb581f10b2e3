package org.hitc.workflow.model;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One definition file.
 *
 * @param name of the workflow, and of the file without {@code .yaml}
 * @param title words on the home page and above every page
 * @param summary a sentence about it for the home page
 * @param group heading under which the home page lists it
 * @param roles who may use it: one of these is enough
 * @param steps in the order of the file; their names are unique
 * @param messages what to do with a program's message, by its IDENT
 * @param hash SHA-256 of the file, 64 lower-case hex digits: a visit is pinned to it
 */
public record Workflow(
    String name,
    String title,
    Optional<String> summary,
    Optional<String> group,
    List<String> roles,
    List<Step> steps,
    Map<String, MessagePlace> messages,
    String hash) {

  /**
   * Where a program's message is shown.
   *
   * @param field beside this field of the form that was submitted
   */
  public record MessagePlace(String field) {}

  public Workflow {
    Names.check(name);
    roles = List.copyOf(roles);
    steps = List.copyOf(steps);
    messages = Map.copyOf(messages);
    if (steps.isEmpty() || roles.isEmpty()) {
      throw new IllegalArgumentException("a workflow has steps and roles");
    }
    if (steps.stream().map(Step::name).distinct().count() != steps.size()) {
      throw new IllegalArgumentException("the names of steps are unique");
    }
  }

  /** A program that the definition names, and the step that does. */
  public record Call(String step, ProgramCall program) {}

  /** Every program that it names, in the order of the file. */
  public List<Call> calls() {
    return steps.stream()
        .flatMap(step -> programs(step).map(program -> new Call(step.name(), program)))
        .toList();
  }

  private static Stream<ProgramCall> programs(Step step) {
    return switch (step) {
      case RunStep run -> Stream.of(run.call());
      case ReportStep report -> Stream.of(report.call());
      case FormStep form -> form.fields().stream().flatMap(field -> programs(field.type()));
      case ConfirmStep _, DoneStep _ -> Stream.empty();
    };
  }

  private static Stream<ProgramCall> programs(FieldType type) {
    return switch (type) {
      case FieldType.Choice(Choices.FromProgram(ProgramCall call)) -> Stream.of(call);
      case FieldType.Many(Choices.FromProgram(ProgramCall call), _, _) -> Stream.of(call);
      default -> Stream.empty();
    };
  }

  /** The step of that name, if there is one. */
  public Optional<Step> step(String name) {
    return steps.stream().filter(s -> s.name().equals(name)).findFirst();
  }

  /**
   * Zero-based place of a step in {@link #steps}.
   *
   * @throws NoSuchElementException when the workflow has no such step
   */
  public int indexOf(String step) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).name().equals(step)) {
        return i;
      }
    }
    throw new NoSuchElementException(step);
  }
}
