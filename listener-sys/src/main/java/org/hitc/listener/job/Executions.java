package org.hitc.listener.job;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.hitc.channel.Refusal;
import org.hitc.listener.audit.AuditEvent;
import org.hitc.listener.audit.AuditException;
import org.hitc.listener.audit.AuditLog;
import org.hitc.listener.config.Program;
import org.hitc.listener.program.Job;
import org.hitc.listener.program.JobResult;
import org.hitc.listener.program.ProgramRunner;
import org.hitc.listener.program.RunningJob;
import org.hitc.listener.program.Step;
import org.hitc.workflow.engine.Invocation;

/**
 * Runs chains of programs. A chain that only reads, and is the same as one that runs for the same
 * user, joins it instead of running once more; not when something that writes was begun or ended in
 * between, for then it could be shown what was true before. Safe for threads.
 */
final class Executions {
  private final ProgramRunner runner;
  private final Supplier<Map<String, Program>> programs;
  private final AuditLog audit;
  private final Printouts printouts;
  private final AtomicLong held = new AtomicLong();

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Chain, Execution> joinable = new HashMap<>();
  private long writes;

  Executions(
      ProgramRunner runner,
      Supplier<Map<String, Program>> programs,
      AuditLog audit,
      Printouts printouts) {
    this.runner = runner;
    this.programs = programs;
    this.audit = audit;
    this.printouts = printouts;
  }

  /**
   * What makes chains the same. It holds what programs are given, which may be secret.
   *
   * @param writes how often something that writes had been begun or ended before
   */
  private record Chain(String user, String language, List<Invocation> programs, long writes) {}

  /** Starts the chain for this job, or joins one that is the same. */
  Execution.Share begin(LiveJob job, List<Invocation> chain) throws IOException {
    Map<String, Program> registered = programs.get();
    if (chain.stream().anyMatch(i -> !registered.containsKey(i.program()))) {
      return unregistered(job, chain);
    }
    lock.lock();
    try {
      return chain.stream().anyMatch(Invocation::writes)
          ? startWriting(job, chain)
          : joinOrStart(job, chain);
    } finally {
      lock.unlock();
    }
  }

  private Execution.Share joinOrStart(LiveJob job, List<Invocation> chain) throws IOException {
    Chain same = new Chain(job.user(), job.language(), chain, writes);
    Optional<Execution> runs = Optional.ofNullable(joinable.get(same));
    Optional<Execution.Share> joined = runs.isPresent() ? runs.get().share(job) : Optional.empty();
    if (joined.isPresent()) {
      return audited(joined.get(), job.reference(), runs.get().reference());
    }
    Execution execution = execution(job, chain);
    Execution.Share share = execution.share(job).orElseThrow();
    RunningJob running = start(job, chain, execution);
    joinable.put(same, execution);
    whenOver(running, execution, () -> joinable.remove(same, execution));
    return share;
  }

  private Execution.Share audited(Execution.Share share, String reference, String joined) {
    try {
      audit.append(new AuditEvent.JobJoined(reference, joined));
      return share;
    } catch (AuditException e) {
      share.cancel();
      share.close();
      throw e;
    }
  }

  private Execution.Share startWriting(LiveJob job, List<Invocation> chain) throws IOException {
    Execution execution = execution(job, chain);
    Execution.Share share = execution.share(job).orElseThrow();
    RunningJob running = start(job, chain, execution);
    writes++;
    whenOver(running, execution, () -> writes++);
    return share;
  }

  private Execution execution(LiveJob job, List<Invocation> chain) {
    return new Execution(job.reference(), chain, audit, printouts, held);
  }

  private RunningJob start(LiveJob job, List<Invocation> chain, Execution execution) {
    List<Step> steps = chain.stream().map(this::step).toList();
    RunningJob running =
        runner.start(
            new Job(job.reference(), job.user(), job.language(), job.grant(), steps), execution);
    execution.runs(running);
    return running;
  }

  /** Does it before the results are given to anybody. */
  private void whenOver(RunningJob running, Execution execution, Runnable task) {
    CompletableFuture<JobResult> _ =
        running
            .result()
            .whenComplete((_, failure) -> {
              lock.lock();
              try {
                task.run();
              } finally {
                lock.unlock();
              }
              execution.over(Optional.ofNullable(failure));
            });
  }

  private Execution.Share unregistered(LiveJob job, List<Invocation> chain) throws IOException {
    Execution.Share share = execution(job, chain).share(job).orElseThrow();
    share.result().complete(List.of(Execution.stopped(chain.getFirst(), Refusal.JOB_START, false)));
    return share;
  }

  private static boolean isHeld(Invocation invocation) {
    return !Execution.shows(invocation.role()) && !invocation.writes();
  }

  private Step step(Invocation invocation) {
    Program program = Optional.ofNullable(programs.get().get(invocation.program())).orElseThrow();
    long output = invocation.limits().outputBytes().orElse(program.maxOutput());
    return new Step(
        program,
        invocation.args(),
        invocation.stdin(),
        Set.copyOf(invocation.successExit()),
        invocation.limits().timeout().orElse(program.timeout()),
        isHeld(invocation) ? Math.min(output, HeldOutput.OF_ONE) : output,
        invocation.runAs());
  }
}
