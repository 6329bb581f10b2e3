package org.hitc.listener.job;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Refusal;
import org.hitc.listener.audit.ArgumentDigests;
import org.hitc.listener.audit.AuditEvent;
import org.hitc.listener.audit.AuditException;
import org.hitc.listener.audit.AuditLog;
import org.hitc.listener.audit.OpenJobs;
import org.hitc.listener.config.Program;
import org.hitc.listener.program.ProgramRunner;
import org.hitc.session.store.Change;
import org.hitc.session.store.Store;
import org.hitc.session.store.StoreException;
import org.hitc.workflow.engine.Changed;
import org.hitc.workflow.engine.Ending;
import org.hitc.workflow.engine.Invocation;
import org.hitc.workflow.engine.ProgramResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs, each on a thread of its own that outlives the request: a record before anything
 * starts, one chain of programs after the other, and one outcome, which reaches the store in one
 * transaction with the page that the job made.
 *
 * <p>A job whose record is still {@link JobRecord.State#RUNNING} at the next start is settled then,
 * and not run again.
 */
public final class Jobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

  /** More than anybody follows. */
  static final int OF_ONE_USER = 32;

  /** How soon a wish of another node is seen. */
  private static final Duration LOOK_FOR_WISHES = Duration.ofSeconds(1);

  private static final Duration STORE_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(30);
  private static final int TRIES = 20;
  private static final String NOT_STARTED = "not started";
  private static final String UNKNOWN = "unknown";

  private final Executions executions;
  private final JobRecords records;
  private final AuditLog audit;
  private final ArgumentDigests digests;
  private final Printouts printouts;
  private final References references;
  private final InstantSource clock;
  private final int atOnce;
  private final Durations durations = new Durations();
  private final Map<String, LiveJob> live = new ConcurrentHashMap<>();
  private final AtomicBoolean looking = new AtomicBoolean();
  private boolean closed;

  /**
   * @param programs gives the registered ones, by name, as they are now
   * @param node name of this listener among those that share the store
   * @param keep how long the record of a job can be found after its end
   * @param atOnce how many jobs may wait or run at once
   */
  public Jobs(
      ProgramRunner runner,
      Supplier<Map<String, Program>> programs,
      Store store,
      String node,
      AuditLog audit,
      ArgumentDigests digests,
      Printouts printouts,
      References references,
      InstantSource clock,
      Duration keep,
      int atOnce) {
    this.executions = new Executions(runner, programs, audit, printouts);
    this.records = new JobRecords(store, node, clock, keep, STORE_PAUSE);
    this.audit = audit;
    this.digests = digests;
    this.printouts = printouts;
    this.references = references;
    this.clock = clock;
    this.atOnce = atOnce;
  }

  /**
   * For whom a job runs, and why.
   *
   * @param reference from {@link #freshReference}
   * @param session id of the session; only its digest is audited
   * @param grant what the launcher gave for its sign-in; neither stored nor audited
   * @param step name of the step whose page the job makes
   * @param writes true when any of its programs, also of a later chain, may change something
   * @param parameters what it was asked for, in words for people; nothing secret
   * @param choices offers that were chosen, as they were offered
   * @param with changes that are made in one transaction with the acceptance, such as the mark that
   *     a writing step has begun
   */
  public record Order(
      String reference,
      String user,
      String language,
      String session,
      Optional<String> grant,
      String workflow,
      String step,
      boolean writes,
      List<String> parameters,
      List<String> choices,
      List<Change> with) {
    public Order {
      parameters = List.copyOf(parameters);
      choices = List.copyOf(choices);
      with = List.copyOf(with);
    }
  }

  /** What became of an order. */
  public sealed interface Accepted {
    /** It runs. */
    record Started(JobHandle job) implements Accepted {}

    /** Nothing runs, nothing was stored. */
    record Refused(Refusal why, String detail) implements Accepted {}

    /**
     * One of the changes did not hold: somebody else was first. Nothing runs, nothing is stored.
     */
    record Conflict() implements Accepted {}

    /**
     * The reference was drawn at the same moment by another order, here or at another node. Nothing
     * runs, nothing is stored; with a fresh reference it can be started.
     */
    record Taken() implements Accepted {}
  }

  /** Says, on the job's own thread, what comes after a chain. */
  @FunctionalInterface
  public interface Continuation {
    /**
     * What comes next. The printouts in the results can be read until this returns.
     *
     * @param results of the chain that has just ended, in its order, up to the first that said no
     */
    Next after(List<ProgramResult> results);
  }

  /** What comes after a chain. */
  public sealed interface Next {
    /** Another chain of the same job. */
    record Run(List<Invocation> chain) implements Next {
      public Run {
        chain = List.copyOf(chain);
      }
    }

    /**
     * The job has ended.
     *
     * @param page the page it made
     * @param changes that are made in one transaction with its outcome: the page itself
     * @param good it did what it was to do
     */
    record End(Optional<PageAddress> page, List<Change> changes, boolean good) implements Next {
      public End {
        changes = List.copyOf(changes);
      }
    }
  }

  /** A chain that has ended; to be closed when its results are not needed any more. */
  record Phase(List<ProgramResult> results, Runnable whenDone) implements AutoCloseable {
    @Override
    public void close() {
      whenDone.run();
    }
  }

  /**
   * A reference that no job of any node has. Two that are drawn at the same moment can be the same
   * once in a billion times; then the second order is {@link Accepted.Taken}.
   *
   * @throws StoreException when the store cannot answer
   */
  public String freshReference() {
    for (int i = 0; i < TRIES; i++) {
      String reference = references.next();
      if (!live.containsKey(reference)
          && !records.isTaken(reference)
          && !printouts.has(reference)) {
        return reference;
      }
    }
    throw new IllegalStateException("no reference is free");
  }

  /**
   * Starts a job. Returns as soon as it is in the store.
   *
   * @param chain what to run first, at least one program
   * @throws StoreException when it cannot be stored; nothing runs
   * @throws AuditException when it cannot be audited; nothing runs
   */
  public Accepted start(Order order, List<Invocation> chain, Continuation then) {
    requireAllowed(order, chain);
    LiveJob job = new LiveJob(order, clock.instant());
    Optional<Accepted> refused = enter(job);
    if (refused.isPresent()) {
      return refused.get();
    }
    boolean runs = false;
    try {
      audit.append(accepted(order, chain));
      JobRecord unstarted = job.begun().broken(clock.instant(), Refusal.STORE, Changed.NO);
      Accepted answer =
          switch (records.accept(
              order.reference(), order.user(), job.begun(), order.with(), unstarted)) {
            case STORED -> new Accepted.Started(new JobHandle(order.reference(), job.ended()));
            case CONFLICT -> new Accepted.Conflict();
            case TAKEN -> new Accepted.Taken();
          };
      if (answer instanceof Accepted.Started) {
        Thread.ofVirtual().name("job " + order.reference()).start(() -> run(job, chain, then));
        runs = true;
        lookForWishes();
      } else {
        audit.record(new AuditEvent.JobEnded(order.reference(), NOT_STARTED));
      }
      return answer;
    } finally {
      if (!runs) {
        live.remove(order.reference());
      }
    }
  }

  /** The job of this user with this reference, running or ended. */
  public Optional<JobView> find(String user, String reference) {
    Optional<JobView> running =
        Optional.ofNullable(live.get(reference)).filter(j -> j.user().equals(user)).map(this::view);
    return running.isPresent() || !References.isReference(reference)
        ? running
        : records.find(user, reference).map(found -> view(user, found));
  }

  /**
   * The jobs of this user, running and ended, the newest first.
   *
   * @param limit 1 to {@link Store#MAX_LIST}
   */
  public List<JobView> list(String user, int limit) {
    return records.list(user, limit).stream().map(found -> view(user, found)).toList();
  }

  /**
   * Stops a running job of this user, or asks the node that runs it to: it does so within about a
   * second.
   *
   * @return false when there is none with this reference
   */
  public boolean cancel(String user, String reference) {
    Optional<LiveJob> job =
        Optional.ofNullable(live.get(reference)).filter(j -> j.user().equals(user));
    job.ifPresent(LiveJob::cancel);
    return job.isPresent()
        || (References.isReference(reference) && records.wishCancelled(user, reference));
  }

  /**
   * True while a job with this reference runs, here or at another node.
   *
   * @throws StoreException when the store cannot answer
   */
  public boolean runs(String reference) {
    return live.containsKey(reference) || records.runs(reference);
  }

  /** On a thread of its own, and only while there is something that could be cancelled. */
  private void lookForWishes() {
    if (looking.compareAndSet(false, true)) {
      Thread.ofVirtual().name("cancel wishes").start(this::cancelAsWished);
    }
  }

  private void cancelAsWished() {
    try {
      TimeUnit.NANOSECONDS.sleep(LOOK_FOR_WISHES.toNanos());
      while (!live.isEmpty()) {
        fulfilWishes();
        TimeUnit.NANOSECONDS.sleep(LOOK_FOR_WISHES.toNanos());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      looking.set(false);
    }
    if (!live.isEmpty()) {
      lookForWishes();
    }
  }

  private void fulfilWishes() {
    try {
      records.fulfilWishes(
          reference -> Optional.ofNullable(live.get(reference)).ifPresent(LiveJob::cancel));
    } catch (StoreException e) {
      LOG.warn("other nodes' wishes to cancel jobs could not be read: {}", e.getMessage());
    }
  }

  /**
   * Settles every job that was running when an earlier listener of this node died: unknown, if it
   * may have changed something. To be called before the first {@link #start}.
   *
   * @param nodes names under which such a listener may have run
   * @param open jobs whose end is not in the audit log: each gets it now
   * @return how many were running
   */
  public int settleInterrupted(Set<String> nodes, Map<String, OpenJobs.Trace> open) {
    List<JobRecords.Found> settled = records.settleInterrupted(nodes);
    Map<String, String> ends = new LinkedHashMap<>();
    open.forEach((job, trace) -> ends.put(job, words(job, trace)));
    settled.forEach(found -> ends.put(found.reference(), found.record().words()));
    ends.forEach((job, outcome) -> audit.record(new AuditEvent.JobEnded(job, outcome)));
    return settled.size();
  }

  /**
   * As the store tells it. Where the store does not (the record is past its time, of another
   * version, or was never there), only what the log itself shows is said.
   */
  private String words(String job, OpenJobs.Trace trace) {
    return records
        .read(job)
        .map(JobRecords.Found::record)
        .filter(record -> record.ended().isPresent())
        .map(JobRecord::words)
        .orElse(trace == OpenJobs.Trace.ACCEPTED ? NOT_STARTED : UNKNOWN);
  }

  /**
   * Decides about the jobs that the store may have taken although it did not answer, and records
   * that they did not run.
   *
   * @return how many are still undecided
   */
  public int settleUnsettled() {
    return records.settleUnsettled(
        job -> audit.record(new AuditEvent.JobEnded(job.reference(), job.record().words())));
  }

  private synchronized boolean isOpen() {
    return !closed;
  }

  /** Starts nothing more, cancels every job, and waits for their outcomes. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    List<LiveJob> left = List.copyOf(live.values());
    left.forEach(LiveJob::cancel);
    try {
      CompletableFuture.allOf(left.stream().map(LiveJob::ended).toArray(CompletableFuture[]::new))
          .get(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.error("jobs do not end; the next start settles them", e);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException("the end of a job is never exceptional", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void requireAllowed(Order order, List<Invocation> chain) {
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a job runs at least one program");
    }
    if (!order.writes() && chain.stream().anyMatch(Invocation::writes)) {
      throw new IllegalArgumentException("a program that writes in a job that only reads");
    }
  }

  /** Why it is not taken. */
  private synchronized Optional<Accepted> enter(LiveJob job) {
    if (closed) {
      return busy("the listener stops");
    }
    if (live.size() >= atOnce) {
      return busy("too many jobs");
    }
    if (live.values().stream().filter(j -> j.user().equals(job.user())).count() >= OF_ONE_USER) {
      return busy("too many jobs of one user");
    }
    return live.putIfAbsent(job.reference(), job) == null
        ? Optional.empty()
        : Optional.of(new Accepted.Taken());
  }

  private static Optional<Accepted> busy(String why) {
    return Optional.of(new Accepted.Refused(Refusal.BUSY, why));
  }

  private AuditEvent accepted(Order order, List<Invocation> chain) {
    return new AuditEvent.JobAccepted(
        order.reference(),
        order.user(),
        digests.of(List.of(order.session())),
        order.workflow(),
        order.step(),
        names(chain),
        digests(chain),
        order.choices(),
        order.writes());
  }

  /** Whatever happens, it ends: with what is known, or as one of which nothing is known. */
  private void run(LiveJob job, List<Invocation> first, Continuation then) {
    JobRecord ended = job.begun().lost(clock.instant());
    try {
      Optional<JobRecord> stored = outcome(job, first, then);
      if (stored.isEmpty()) {
        return;
      }
      ended = stored.get();
      if (ended.state() == JobRecord.State.DONE) {
        durations.add(
            ended.workflow(),
            ended.step(),
            Duration.between(ended.started(), ended.ended().orElseThrow()));
      }
      audit.record(new AuditEvent.JobEnded(job.reference(), ended.words()));
    } finally {
      live.remove(job.reference());
      job.end(ended);
    }
  }

  /** Runs it and stores how it ended; nothing when only the next start can. */
  private Optional<JobRecord> outcome(LiveJob job, List<Invocation> first, Continuation then) {
    Tally tally = new Tally();
    JobRecord ended;
    List<Change> also = List.of();
    Refusal otherwise = Refusal.INTERNAL;
    try {
      Next.End end = runToEnd(job, first, then, tally);
      ended =
          job.begun()
              .ended(clock.instant(), state(end, tally), tally.words(), tally.changed, end.page());
      also = end.changes();
      otherwise = Refusal.STORE;
    } catch (AuditException e) {
      LOG.error("job {} does not go on: nothing runs that is not recorded", job.reference(), e);
      otherwise = Refusal.AUDIT_FULL;
      ended = job.begun().broken(clock.instant(), otherwise, tally.changed);
    } catch (IOException | RuntimeException | Error e) {
      LOG.error("job {} broke off", job.reference(), e);
      ended = job.begun().broken(clock.instant(), otherwise, tally.changed);
    }
    JobRecord alone = job.begun().broken(clock.instant(), otherwise, tally.changed);
    return records.end(job.reference(), job.user(), ended, also, alone, this::isOpen);
  }

  /** What is known of the programs that have run for a job. */
  private static final class Tally {
    private Changed changed = Changed.NO;
    private Optional<Ending> last = Optional.empty();

    /** Until its results are there, a chain that writes may have changed something. */
    void begin(List<Invocation> chain) {
      if (chain.stream().anyMatch(Invocation::writes)) {
        changed = changed.and(Changed.MAYBE);
      }
    }

    void end(Changed before, List<Invocation> chain, List<ProgramResult> results) {
      changed = before.and(Changed.by(chain, results));
      last = Optional.of(results.getLast().ending());
    }

    String words() {
      return switch (last.orElseThrow()) {
        case Ending.Exited(int status) -> "exit " + status;
        case Ending.Signalled(int signal) -> "signal " + signal;
        case Ending.Stopped(Refusal why, _) -> why.code();
      };
    }

    boolean cancelled() {
      return last.orElseThrow() instanceof Ending.Stopped(Refusal why, _)
          && why == Refusal.JOB_CANCELLED;
    }
  }

  private static JobRecord.State state(Next.End end, Tally tally) {
    if (end.good()) {
      return JobRecord.State.DONE;
    }
    return tally.cancelled() ? JobRecord.State.CANCELLED : JobRecord.State.FAILED;
  }

  private Next.End runToEnd(LiveJob job, List<Invocation> first, Continuation then, Tally tally)
      throws IOException {
    List<Invocation> chain = first;
    while (true) {
      Changed before = tally.changed;
      tally.begin(chain);
      try (Phase phase = job.run(executions, chain)) {
        tally.end(before, chain, phase.results());
        switch (then.after(phase.results())) {
          case Next.End end -> {
            return end;
          }
          case Next.Run(List<Invocation> next) -> chain = next;
        }
      }
      requireAllowed(job.order(), chain);
      audit.append(
          new AuditEvent.JobContinued(
              job.reference(), names(chain), digests(chain), job.order().writes()));
    }
  }

  private JobView view(LiveJob job) {
    return JobView.of(job, durations.of(job.begun().workflow(), job.begun().step()));
  }

  private JobView view(String user, JobRecords.Found found) {
    Optional<JobView.Usual> usual = durations.of(found.record().workflow(), found.record().step());
    return Optional.ofNullable(live.get(found.reference()))
        .map(this::view)
        .or(() ->
            found
                .elsewhere()
                .filter(_ -> found.record().ended().isEmpty())
                .map(node -> JobView.of(new Elsewhere(records, user, found, node), usual)))
        .orElseGet(() -> JobView.of(found, usual));
  }

  private static List<String> names(List<Invocation> chain) {
    return chain.stream().map(Invocation::program).toList();
  }

  private List<String> digests(List<Invocation> chain) {
    return chain.stream().map(i -> digests.of(concat(i.args(), i.stdin()))).toList();
  }

  private static List<String> concat(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
