package org.hitc.listener.job;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.hitc.channel.Refusal;
import org.hitc.listener.audit.AuditEvent;
import org.hitc.listener.audit.AuditLog;
import org.hitc.listener.config.Program;
import org.hitc.listener.program.JobObserver;
import org.hitc.listener.program.NotTakenException;
import org.hitc.listener.program.ProgramEnd;
import org.hitc.listener.program.RunningJob;
import org.hitc.workflow.engine.Ending;
import org.hitc.workflow.engine.Invocation;
import org.hitc.workflow.engine.ProgramResult;
import org.hitc.workflow.engine.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a chain, for the job that started it and for those that joined it. What reports and
 * actions print goes to a file; what others print stays in memory, except that of programs that
 * write, which nobody is shown. Safe for threads.
 */
final class Execution implements JobObserver {
  private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

  private final String reference;
  private final List<Invocation> chain;
  private final AuditLog audit;
  private final Printouts kept;
  private final HeldOutput held;

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Share> shares = new ArrayList<>();
  private final List<ProgramResult> results = new ArrayList<>();
  private final List<Printout> printouts = new ArrayList<>();
  private Optional<RunningJob> running = Optional.empty();
  private Optional<Printout> printing = Optional.empty();
  private Optional<Refusal> untaken = Optional.empty();
  private boolean begun;
  private boolean cancelled;
  private boolean over;

  /**
   * @param reference of the job that starts it
   * @param held what all executions hold in memory, in bytes
   */
  Execution(
      String reference, List<Invocation> chain, AuditLog audit, Printouts kept, AtomicLong held) {
    this.reference = reference;
    this.chain = chain;
    this.audit = audit;
    this.kept = kept;
    this.held = new HeldOutput(held);
  }

  /** True when what such a program prints is shown to its user. */
  static boolean shows(Role role) {
    return role == Role.REPORT || role == Role.ACTION;
  }

  String reference() {
    return reference;
  }

  /** What one job has of it; to be closed when the results are not needed any more. */
  final class Share implements AutoCloseable {
    private final LiveJob job;
    private final CompletableFuture<List<ProgramResult>> result = new CompletableFuture<>();

    private Share(LiveJob job) {
      this.job = job;
    }

    /** In the order of the chain, up to the first that said no. */
    CompletableFuture<List<ProgramResult>> result() {
      return result;
    }

    /** How many jobs are in front of it in the line for its next program, if it waits there. */
    OptionalInt before() {
      return runningJob().map(RunningJob::before).orElse(OptionalInt.empty());
    }

    /** Ends it for this job; for all, when no other one wants it. Returns at once. */
    void cancel() {
      Optional<RunningJob> nobodyElses = Optional.empty();
      lock.lock();
      try {
        if (!shares.contains(this)) {
          return;
        }
        if (shares.size() > 1) {
          shares.remove(this);
          List<ProgramResult> sofar = new ArrayList<>(results);
          if (!over) {
            sofar.add(stopped(chain.get(results.size()), Refusal.JOB_CANCELLED, begun));
          }
          result.complete(sofar);
        } else {
          cancelled = true;
          nobodyElses = running;
        }
      } finally {
        lock.unlock();
      }
      nobodyElses.ifPresent(RunningJob::cancel);
    }

    @Override
    public void close() {
      lock.lock();
      try {
        shares.remove(this);
        if (shares.isEmpty()) {
          printouts.forEach(Printout::letGo);
          held.close();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** Nothing when it is too late to join. */
  Optional<Share> share(LiveJob job) throws IOException {
    lock.lock();
    try {
      if (over || cancelled) {
        return Optional.empty();
      }
      Share share = new Share(job);
      for (Printout printout : printouts) {
        job.prints(printout);
      }
      shares.add(share);
      return Optional.of(share);
    } finally {
      lock.unlock();
    }
  }

  /** It has been given to the runner. */
  void runs(RunningJob as) {
    lock.lock();
    try {
      running = Optional.of(as);
      if (cancelled) {
        as.cancel();
      }
    } finally {
      lock.unlock();
    }
  }

  /** It has ended; nobody can join it any more. */
  void over(Optional<Throwable> failure) {
    List<Share> told;
    lock.lock();
    try {
      over = true;
      told = List.copyOf(shares);
    } finally {
      lock.unlock();
    }
    for (Share share : told) {
      if (failure.isPresent()) {
        share.result.completeExceptionally(failure.get());
      } else {
        share.result.complete(List.copyOf(results));
      }
    }
  }

  @Override
  public void started(Program program, int pid) {
    lock.lock();
    try {
      Invocation invocation = chain.get(results.size());
      audit.record(
          new AuditEvent.ProgramStarted(reference, program.name(), invocation.runAs().word(), pid));
      begun = true;
      if (shows(invocation.role())) {
        Printout printout = new Printout(kept, encoding(invocation, program));
        for (Share share : shares) {
          share.job.prints(printout);
        }
        printouts.add(printout);
        printing = Optional.of(printout);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
    changed();
  }

  @Override
  public void output(Program program, byte[] bytes, int offset, int length)
      throws NotTakenException {
    if (untaken.isPresent()) {
      return;
    }
    Invocation invocation = chain.get(results.size());
    try {
      if (printing.isPresent()) {
        printing.get().write(bytes, offset, length);
        changed();
      } else if (!invocation.writes()) {
        held.add(bytes, offset, length);
      }
    } catch (NotTakenException e) {
      // What changes something is never killed half-way for what it prints.
      if (!invocation.writes()) {
        throw e;
      }
      untaken = Optional.of(e.why());
    }
  }

  @Override
  public void ended(org.hitc.listener.program.ProgramResult result) {
    lock.lock();
    try {
      results.add(result(chain.get(results.size()), result));
      printing = Optional.empty();
      untaken = Optional.empty();
      begun = false;
    } finally {
      lock.unlock();
    }
    audit.record(
        new AuditEvent.ProgramEnded(
            reference, result.program().name(), result.end().words(), result.outputBytes()));
  }

  @Override
  public void paused(Program program) {
    audit.record(new AuditEvent.ProgramPaused(program.name(), reference));
  }

  @Override
  public void resumed(Program program) {
    audit.record(new AuditEvent.ProgramResumed(program.name(), reference));
  }

  /** A program that was not started, or was ended by us. */
  static ProgramResult stopped(Invocation invocation, Refusal why, boolean started) {
    return new ProgramResult(
        invocation.program(),
        new Ending.Stopped(why, started),
        StandardCharsets.UTF_8,
        ProgramResult.Printed.of(new byte[0]),
        new byte[0]);
  }

  private ProgramResult result(Invocation invocation, org.hitc.listener.program.ProgramResult of) {
    Ending ending =
        switch (of.end()) {
          case ProgramEnd.Exited(int code) ->
              untaken
                  .<Ending>map(why -> new Ending.Stopped(why, true))
                  .orElse(new Ending.Exited(code));
          case ProgramEnd.Signalled(int signal) -> new Ending.Signalled(signal);
          case ProgramEnd.TimedOut _ -> new Ending.Stopped(Refusal.JOB_TIMEOUT, true);
          case ProgramEnd.OutputLimit _ -> new Ending.Stopped(Refusal.JOB_OUTPUT_LIMIT, true);
          case ProgramEnd.Cancelled _ -> new Ending.Stopped(Refusal.JOB_CANCELLED, true);
          case ProgramEnd.NotTaken(Refusal why, String _) -> new Ending.Stopped(why, true);
          case ProgramEnd.NotStarted(Refusal why, String _) -> new Ending.Stopped(why, false);
        };
    return new ProgramResult(
        invocation.program(), ending, encoding(invocation, of.program()), printed(), of.stderr());
  }

  private ProgramResult.Printed printed() {
    if (printing.isEmpty()) {
      return ProgramResult.Printed.of(held.take());
    }
    try {
      printing.get().end();
    } catch (IOException e) {
      LOG.error("the printout of job {} is not whole", reference, e);
      return () -> {
        throw new IOException("the printout is not whole", e);
      };
    }
    return printing.get()::open;
  }

  private static Charset encoding(Invocation invocation, Program program) {
    return invocation.encoding().map(Charset::forName).orElse(program.encoding());
  }

  private Optional<RunningJob> runningJob() {
    lock.lock();
    try {
      return running;
    } finally {
      lock.unlock();
    }
  }

  private void changed() {
    lock.lock();
    try {
      shares.forEach(share -> share.job.changed());
    } finally {
      lock.unlock();
    }
  }
}
