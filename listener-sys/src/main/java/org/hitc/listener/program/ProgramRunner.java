package org.hitc.listener.program;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.hitc.channel.Refusal;
import org.hitc.channel.os.Poller;
import org.hitc.listener.config.Program;
import org.hitc.listener.launcher.os.ProcessCalls;
import org.hitc.listener.launcher.protocol.Ask;
import org.hitc.workflow.model.RunAs;

/**
 * Runs jobs, each on a virtual thread of its own that outlives the request. {@link
 * ProcessSetup#apply} must have been called before.
 *
 * <p>A job's result is there as soon as its last program has ended and its process group is dead;
 * what had left the group is dead within a second.
 */
public final class ProgramRunner implements AutoCloseable {
  private final Poller poller;
  private final LiveJobs live = new LiveJobs();
  private final Spawner spawner;
  private final Sweeper sweeper;
  private final Launcher launcher;
  private final Map<Program, Door> doors = new ConcurrentHashMap<>();
  private final Map<String, RunningJob> running = new ConcurrentHashMap<>();

  /**
   * @param poller stays open until after this is closed
   * @param instance name of this installation, for the environment of programs
   * @param node name of this listener among those of the installation, likewise
   * @param timeZone of programs ({@code TZ})
   * @param launcher folder of the launcher's socket; without it every program runs as the service
   */
  public ProgramRunner(
      Poller poller, String instance, String node, String timeZone, Optional<Path> launcher) {
    this.poller = poller;
    this.spawner = new Spawner(instance, node, timeZone, live);
    this.sweeper = new Sweeper(live);
    this.launcher = new Launcher(launcher, poller, timeZone);
  }

  /** What stands in front of a program: the line of those who wait, and its circuit breaker. */
  private record Door(FairQueue queue, CircuitBreaker breaker) {
    static Door of(Program program) {
      return new Door(
          new FairQueue(program.concurrent()),
          new CircuitBreaker(
              program.breaker().after(), program.breaker().pause(), System::nanoTime));
    }
  }

  /**
   * Starts a job.
   *
   * @throws IllegalArgumentException when a live job has the same reference
   */
  public RunningJob start(Job job, JobObserver observer) {
    if (!live.begin(job.reference())) {
      throw new IllegalArgumentException("job " + job.reference() + " is already running");
    }
    RunningJob handle = new RunningJob(job.reference());
    running.put(job.reference(), handle);
    Thread.ofVirtual().name("job " + job.reference()).start(() -> complete(handle, job, observer));
    return handle;
  }

  /** Cancels every job, waits for their ends, and kills what they left. */
  @Override
  public void close() {
    List<RunningJob> left = List.copyOf(running.values());
    left.forEach(RunningJob::cancel);
    CompletableFuture.allOf(left.stream().map(RunningJob::result).toArray(CompletableFuture[]::new))
        .exceptionally(_ -> null)
        .join();
    sweeper.close();
  }

  private void complete(RunningJob handle, Job job, JobObserver observer) {
    try {
      JobResult result = chain(handle, job, observer);
      forget(job);
      handle.result().complete(result);
    } catch (Throwable e) {
      forget(job);
      handle.result().completeExceptionally(e);
    }
  }

  private void forget(Job job) {
    running.remove(job.reference());
    live.end(job.reference());
    sweeper.soon();
  }

  private JobResult chain(RunningJob handle, Job job, JobObserver observer) throws IOException {
    List<ProgramResult> results = new ArrayList<>();
    for (Step step : job.steps()) {
      ProgramResult result = one(handle, job, step, observer);
      results.add(result);
      observer.ended(result);
      if (!result.succeeded()) {
        break;
      }
    }
    return new JobResult(results);
  }

  private ProgramResult one(RunningJob handle, Job job, Step step, JobObserver observer)
      throws IOException {
    Program program = step.program();
    if (!program.runAs().contains(step.runAs())) {
      return refused(
          step, new SpawnException(Refusal.RUN_POLICY, "not registered as " + step.runAs().word()));
    }
    Door door = doors.computeIfAbsent(program, Door::of);
    if (door.breaker().refuses()) {
      return paused(step);
    }
    try (FairQueue.Turn turn = door.queue().enter(job.user())) {
      handle.waiting(turn);
      boolean came = turn.await(program.timeout());
      handle.noneWaiting();
      if (handle.cancelled()) {
        return refused(step, new SpawnException(Refusal.JOB_CANCELLED, "before it was started"));
      }
      return came
          ? guarded(door.breaker(), handle, job, step, observer)
          : refused(step, new SpawnException(Refusal.BUSY, "its turn did not come"));
    }
  }

  /** Only when the breaker lets it through, which is then told how it ended. */
  private ProgramResult guarded(
      CircuitBreaker breaker, RunningJob handle, Job job, Step step, JobObserver observer)
      throws IOException {
    CircuitBreaker.Pass pass = breaker.pass();
    if (pass == CircuitBreaker.Pass.REFUSED) {
      return paused(step);
    }
    CircuitBreaker.Verdict verdict = CircuitBreaker.Verdict.NOTHING;
    try {
      ProgramResult result = startAndRun(handle, job, step, observer);
      verdict = CircuitBreaker.Verdict.of(result.end());
      return result;
    } finally {
      switch (breaker.ended(pass, verdict)) {
        case OPENED -> observer.paused(step.program());
        case CLOSED -> observer.resumed(step.program());
        case NONE -> {}
      }
    }
  }

  private static ProgramResult paused(Step step) {
    return refused(step, new SpawnException(Refusal.JOB_PAUSED, "it failed too often"));
  }

  private ProgramResult startAndRun(RunningJob handle, Job job, Step step, JobObserver observer)
      throws IOException {
    try {
      return run(handle, job, step, observer);
    } catch (SpawnException e) {
      return refused(step, e);
    }
  }

  private ProgramResult run(RunningJob handle, Job job, Step step, JobObserver observer)
      throws SpawnException, IOException {
    Program program = step.program();
    byte[] input = StrictText.lines(step.stdin(), program.encoding(), program.maxArgument());
    long begin = System.nanoTime();
    try (Pipes pipes = Pipes.open(input);
        Pump pump = pipes.pump(poller, step, observer)) {
      Child child = start(job, step, pipes);
      pipes.closeChildEnds();
      try {
        handle.running(child);
        ProgramEnd end = pump.run(child, step.timeout());
        // What ended by itself before the signal came has done its work.
        if (handle.cancelled() && end.equals(new ProgramEnd.Signalled(ProcessCalls.SIGKILL))) {
          end = new ProgramEnd.Cancelled("by request");
        }
        return result(step, end, pump.printed(), pump.errors(), System.nanoTime() - begin);
      } finally {
        handle.noneRunning();
      }
    }
  }

  private Child start(Job job, Step step, Pipes pipes) throws SpawnException, IOException {
    int in = pipes.childStdin();
    int out = pipes.childStdout();
    int err = pipes.childStderr();
    return switch (step.runAs()) {
      case RunAs.Service _ -> spawner.start(job, step, in, out, err);
      case RunAs.SignedIn _ -> launcher.start(job, step, Ask.Run.SIGNED_IN, in, out, err);
      case RunAs.Account(String name) -> launcher.start(job, step, name, in, out, err);
    };
  }

  private static ProgramResult refused(Step step, SpawnException why) {
    return result(step, why.end(), 0, new byte[0], 0);
  }

  private static ProgramResult result(
      Step step, ProgramEnd end, long printed, byte[] errors, long nanos) {
    boolean succeeded = end instanceof ProgramEnd.Exited(int code) && step.success().contains(code);
    return new ProgramResult(
        step.program(), end, succeeded, printed, errors, Duration.ofNanos(nanos));
  }
}
