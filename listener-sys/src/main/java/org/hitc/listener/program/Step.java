package org.hitc.listener.program;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.hitc.listener.config.Program;
import org.hitc.workflow.model.RunAs;

/**
 * One program of a job, with what it is given.
 *
 * @param args what follows argv[0]; one item is one argument, an empty one stays one
 * @param stdin one item is one input line; after the last, its input ends
 * @param success exit codes that let the chain go on
 * @param timeout never more than the registration's
 * @param maxOutput in bytes, never more than the registration's
 * @param runAs as whom
 */
public record Step(
    Program program,
    List<String> args,
    List<String> stdin,
    Set<Integer> success,
    Duration timeout,
    long maxOutput,
    RunAs runAs) {
  public Step {
    args = List.copyOf(args);
    stdin = List.copyOf(stdin);
    success = Set.copyOf(success);
    timeout = timeout.compareTo(program.timeout()) < 0 ? timeout : program.timeout();
    maxOutput = Math.min(maxOutput, program.maxOutput());
  }

  /** With the registration's own limits, as the service. */
  public static Step of(Program program, List<String> args, List<String> stdin) {
    return new Step(
        program,
        args,
        stdin,
        program.success(),
        program.timeout(),
        program.maxOutput(),
        new RunAs.Service());
  }

  /** Without what it is given: that may be confidential. */
  @Override
  public String toString() {
    return "Step[" + program.name() + "]";
  }
}
