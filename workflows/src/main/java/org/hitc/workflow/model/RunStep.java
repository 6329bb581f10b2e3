package org.hitc.workflow.model;

import java.util.List;
import java.util.Optional;

/**
 * {@code run:} runs a program. One that does not write is a guard: it runs again before every
 * report that stands below it.
 *
 * @param title heading of the page that shows its output
 * @param call what runs
 * @param writes it changes data: only after a confirm, and at most once
 * @param output what its output is; absent: nothing of it is used
 * @param successExit exit statuses that mean success; at least one
 * @param unchangedExit exit statuses by which a run that writes says that it has changed nothing
 * @param encoding name of the character set of its output, instead of the program's own
 * @param limits lowered limits
 * @param next where to go on, instead of the step below
 */
public record RunStep(
    String name,
    Optional<Template> title,
    ProgramCall call,
    boolean writes,
    Optional<Output> output,
    List<Integer> successExit,
    List<Integer> unchangedExit,
    Optional<String> encoding,
    Limits limits,
    Optional<Next> next)
    implements Step {
  public RunStep {
    Names.check(name);
    successExit = Exits.check(successExit);
    unchangedExit = List.copyOf(unchangedExit);
  }
}
