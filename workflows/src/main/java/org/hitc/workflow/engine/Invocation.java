package org.hitc.workflow.engine;

import java.util.List;
import java.util.Optional;
import org.hitc.workflow.model.Limits;
import org.hitc.workflow.model.RunAs;

/**
 * One program to start. It may hold a password (in {@code stdin}): never store or log it.
 *
 * @param step name of the step it belongs to
 * @param program registered name
 * @param args arguments after the program's own name; every one has passed {@link Rules}
 * @param stdin lines without their line end; every one has passed {@link Rules}
 * @param successExit exit statuses with which the chain goes on
 * @param encoding character set of its output, when the definition says one
 * @param limits lowered limits
 * @param writes it may change something: it runs at most once
 * @param unchangedExit exit statuses by which it says that it has changed nothing
 */
public record Invocation(
    String step,
    String program,
    List<String> args,
    List<String> stdin,
    Role role,
    List<Integer> successExit,
    Optional<String> encoding,
    Limits limits,
    RunAs runAs,
    boolean writes,
    List<Integer> unchangedExit) {
  public Invocation {
    args = List.copyOf(args);
    stdin = List.copyOf(stdin);
    successExit = List.copyOf(successExit);
    unchangedExit = List.copyOf(unchangedExit);
  }

  /** Without arguments and input: they may be secret. */
  @Override
  public String toString() {
    return "Invocation[" + step + ", " + program + ", " + role + "]";
  }
}
