package org.hitc.listener.job;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.hitc.channel.Refusal;
import org.hitc.channel.codec.CodecException;
import org.hitc.channel.codec.RecordCodec;
import org.hitc.listener.audit.ArgumentDigests;
import org.hitc.listener.audit.AuditEvent;
import org.hitc.listener.audit.AuditLog;
import org.hitc.listener.config.Program;
import org.hitc.listener.program.Job;
import org.hitc.listener.program.JobObserver;
import org.hitc.listener.program.JobResult;
import org.hitc.listener.program.ProgramEnd;
import org.hitc.listener.program.ProgramRunner;
import org.hitc.listener.program.RunningJob;
import org.hitc.listener.program.Step;
import org.hitc.session.store.Change;
import org.hitc.session.store.Entry;
import org.hitc.session.store.Key;
import org.hitc.session.store.Kind;
import org.hitc.session.store.Store;
import org.hitc.workflow.encoding.Encodings;
import org.hitc.workflow.engine.Ending;
import org.hitc.workflow.engine.Invocation;
import org.hitc.workflow.engine.ProgramResult;
import org.hitc.workflow.engine.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs: a record before anything starts, the programs, the printout kept, an outcome.
 *
 * <p>The outcome is not written here but given to the caller as a {@link Change}, so that it
 * reaches the store in one transaction with the page that shows it. A job whose record still says
 * {@link JobRecord#RUNNING} at the next start has the outcome {@link JobRecord#UNKNOWN}, and is not
 * run again.
 */
public final class Jobs {
  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

  /** How often a waiting request looks whether somebody still reads its answer. */
  private static final long LOOK_MILLIS = 500;

  /** Owner of the marks of running jobs; no user's name holds an asterisk. */
  private static final String EVERYBODY = "*";

  private static final String MARK = "running.";

  private final ProgramRunner runner;
  private final Map<String, Program> programs;
  private final Store store;
  private final AuditLog audit;
  private final ArgumentDigests digests;
  private final Printouts printouts;
  private final References references;
  private final InstantSource clock;
  private final java.time.Duration keep;
  private final Map<String, Running> running = new ConcurrentHashMap<>();
  private final AtomicLong heldOutput = new AtomicLong();

  /**
   * @param programs the registered ones, by name
   * @param keep how long the record of a job can be found
   */
  public Jobs(
      ProgramRunner runner,
      Map<String, Program> programs,
      Store store,
      AuditLog audit,
      ArgumentDigests digests,
      Printouts printouts,
      References references,
      InstantSource clock,
      java.time.Duration keep) {
    this.runner = runner;
    this.programs = Map.copyOf(programs);
    this.store = store;
    this.audit = audit;
    this.digests = digests;
    this.printouts = printouts;
    this.references = references;
    this.clock = clock;
    this.keep = keep;
  }

  /**
   * For whom a job runs, and why.
   *
   * @param session id of the session; only its digest is audited
   * @param page name of the step whose page the job makes
   * @param choices offers that were chosen, as they were offered
   */
  public record Order(
      String reference,
      String user,
      String language,
      String session,
      String workflow,
      String page,
      List<String> choices) {
    public Order {
      choices = List.copyOf(choices);
    }
  }

  /** A job that runs now. */
  public record Running(String reference, String user, String workflow, Instant since) {}

  /**
   * What became of a job.
   *
   * @param results in the order of the chain, up to the first that said no
   * @param outcome the changes that record how it ended
   */
  public record Ended(List<ProgramResult> results, List<Change> outcome) {
    public Ended {
      results = List.copyOf(results);
      outcome = List.copyOf(outcome);
    }
  }

  /** A fresh reference. */
  public String freshReference() {
    return references.next();
  }

  /** What runs now for this user, the oldest first. */
  public List<Running> of(String user) {
    return running.values().stream()
        .filter(r -> r.user().equals(user))
        .sorted(java.util.Comparator.comparing(Running::since))
        .toList();
  }

  /** Stops a running job of this user; false when there is none with this reference. */
  public boolean cancel(String user, String reference) {
    boolean his =
        Optional.ofNullable(running.get(reference)).filter(r -> r.user().equals(user)).isPresent();
    Optional<RunningJob> job = his ? runner.find(reference) : Optional.empty();
    job.ifPresent(RunningJob::cancel);
    return job.isPresent();
  }

  /**
   * Runs a chain to its end.
   *
   * @param stillWanted asked twice a second; when it says no, the job is cancelled
   * @throws org.hitc.session.store.StoreException when the record cannot be made; nothing has run
   * @throws org.hitc.listener.audit.AuditException when it cannot be audited; nothing has run
   */
  public Ended run(
      Order order, List<Invocation> chain, java.util.function.BooleanSupplier stillWanted)
      throws InterruptedException, IOException {
    Optional<Refusal> missing = unregistered(chain);
    Entry record = accept(order, chain);
    JobRecord begun = RecordCodec.decode(JobRecord.class, record.body());
    List<ProgramResult> results;
    if (missing.isPresent()) {
      results = List.of(notStarted(chain.getFirst(), missing.get()));
    } else {
      running.put(
          order.reference(),
          new Running(order.reference(), order.user(), order.workflow(), begun.started()));
      try {
        results = execute(order, chain, stillWanted);
      } catch (IOException | RuntimeException e) {
        unknown(record, order.reference(), e);
        throw e;
      } finally {
        running.remove(order.reference());
      }
    }
    String outcome = outcome(results);
    audit.append(new AuditEvent.JobEnded(order.reference(), outcome));
    return new Ended(
        results,
        List.of(
            Change.replace(record, record.expires(), RecordCodec.encode(begun.ended(outcome))),
            Change.delete(mark(order.reference()))));
  }

  /** Nobody knows how it ended: said at once, not only by the next start of the listener. */
  private void unknown(Entry record, String reference, Exception cause) {
    try {
      JobRecord begun = RecordCodec.decode(JobRecord.class, record.body());
      byte[] ended = RecordCodec.encode(begun.ended(JobRecord.UNKNOWN));
      record(
          List.of(Change.replace(record, record.expires(), ended), Change.delete(mark(reference))));
      audit.append(new AuditEvent.JobEnded(reference, JobRecord.UNKNOWN));
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  /** Records how a job ended that made no page. */
  public void record(List<Change> outcome) {
    if (!outcome.isEmpty() && !store.write(outcome)) {
      throw new IllegalStateException("the record of a job was changed by somebody else");
    }
  }

  /**
   * Gives every job that was running when an earlier listener died the outcome unknown; to be
   * called before the first {@link #run}.
   *
   * @return how many there were
   */
  public int settleInterrupted() {
    int settled = 0;
    for (List<Entry> marks = marks(); !marks.isEmpty(); marks = marks()) {
      for (Entry mark : marks) {
        settle(mark);
        settled++;
      }
    }
    return settled;
  }

  private List<Entry> marks() {
    return store.list(Kind.JOB, EVERYBODY, Store.MAX_LIST);
  }

  private void settle(Entry mark) {
    String reference = mark.key().id().substring(MARK.length());
    List<Change> changes = new ArrayList<>(List.of(Change.delete(mark)));
    store
        .read(new Key(Kind.JOB, reference))
        .flatMap(entry -> unknown(entry).map(body -> Change.replace(entry, entry.expires(), body)))
        .ifPresent(changes::add);
    record(changes);
    audit.append(new AuditEvent.JobEnded(reference, JobRecord.UNKNOWN));
  }

  /** The record with the outcome unknown; nothing when another version of this program wrote it. */
  private static Optional<byte[]> unknown(Entry entry) {
    try {
      JobRecord record = RecordCodec.decode(JobRecord.class, entry.body());
      return Optional.of(RecordCodec.encode(record.ended(JobRecord.UNKNOWN)));
    } catch (CodecException e) {
      LOG.warn("the record of job {} is of another version: {}", entry.key().id(), e.getMessage());
      return Optional.empty();
    }
  }

  /** Stands in the store while a job runs, so that a later start finds what was interrupted. */
  private static Entry mark(String reference) {
    return new Entry(new Key(Kind.JOB, MARK + reference), 1, EVERYBODY, Entry.NEVER, new byte[0]);
  }

  private Optional<Refusal> unregistered(List<Invocation> chain) {
    return chain.stream().allMatch(i -> programs.containsKey(i.program()))
        ? Optional.empty()
        : Optional.of(Refusal.JOB_START);
  }

  private Entry accept(Order order, List<Invocation> chain) {
    Instant now = clock.instant();
    audit.append(
        new AuditEvent.JobAccepted(
            order.reference(),
            order.user(),
            digests.of(List.of(order.session())),
            order.workflow(),
            order.page(),
            chain.stream().map(Invocation::program).toList(),
            chain.stream().map(i -> digests.of(concat(i.args(), i.stdin()))).toList(),
            order.choices(),
            false));
    JobRecord record = new JobRecord(order.workflow(), order.page(), false, now, JobRecord.RUNNING);
    Key key = new Key(Kind.JOB, order.reference());
    byte[] body = RecordCodec.encode(record);
    Entry mark = mark(order.reference());
    if (!store.write(
        List.of(
            Change.create(key, order.user(), now.plus(keep), body),
            Change.create(mark.key(), mark.owner(), mark.expires(), mark.body())))) {
      throw new IllegalStateException("job " + order.reference() + " exists already");
    }
    return new Entry(key, 1, order.user(), now.plus(keep), body);
  }

  private List<ProgramResult> execute(
      Order order, List<Invocation> chain, java.util.function.BooleanSupplier stillWanted)
      throws InterruptedException, IOException {
    List<Step> steps = chain.stream().map(this::step).toList();
    Job job = new Job(order.reference(), order.user(), order.language(), steps);
    try (HeldOutput output = new HeldOutput(heldOutput)) {
      Optional<RunningJob> started = runner.start(job, observer(order.reference(), output));
      if (started.isEmpty()) {
        return List.of(notStarted(chain.getFirst(), Refusal.BUSY));
      }
      JobResult result = await(started.get(), stillWanted);
      List<ProgramResult> results = new ArrayList<>();
      for (int i = 0; i < result.results().size(); i++) {
        Invocation invocation = chain.get(i);
        byte[] printed = output.of(i);
        if (invocation.role() == Role.REPORT || invocation.role() == Role.ACTION) {
          printouts.keep(order.reference(), printed);
        }
        results.add(result(invocation, result.results().get(i), printed));
      }
      return results;
    }
  }

  private JobObserver observer(String reference, HeldOutput output) {
    return new JobObserver() {
      private boolean begun;

      @Override
      public void started(Program program, int pid) {
        begin();
        audit.append(new AuditEvent.ProgramStarted(reference, program.name(), pid));
      }

      @Override
      public void output(Program program, byte[] bytes, int offset, int length) throws IOException {
        output.add(bytes, offset, length);
      }

      @Override
      public void ended(org.hitc.listener.program.ProgramResult result) {
        begin();
        begun = false;
        audit.append(
            new AuditEvent.ProgramEnded(
                reference, result.program().name(), result.end().words(), result.outputBytes()));
      }

      // Once for each program of the chain, also for one that could not start.
      private void begin() {
        if (!begun) {
          output.begin();
          begun = true;
        }
      }
    };
  }

  private static JobResult await(RunningJob job, java.util.function.BooleanSupplier stillWanted)
      throws InterruptedException, IOException {
    CompletableFuture<JobResult> result = job.result();
    while (true) {
      try {
        return result.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        if (!stillWanted.getAsBoolean()) {
          job.cancel();
        }
      } catch (ExecutionException e) {
        throw new IOException("the job " + job.reference() + " could not be run", e.getCause());
      } catch (InterruptedException e) {
        job.cancel();
        throw e;
      }
    }
  }

  private Step step(Invocation invocation) {
    Program program = Optional.ofNullable(programs.get(invocation.program())).orElseThrow();
    return new Step(
        program,
        invocation.args(),
        invocation.stdin(),
        Set.copyOf(invocation.successExit()),
        invocation.limits().timeout().orElse(program.timeout()),
        invocation.limits().outputBytes().orElse(program.maxOutput()));
  }

  private ProgramResult result(
      Invocation invocation, org.hitc.listener.program.ProgramResult of, byte[] output) {
    Ending ending =
        switch (of.end()) {
          case ProgramEnd.Exited(int code) -> new Ending.Exited(code);
          case ProgramEnd.Signalled(int signal) -> new Ending.Signalled(signal);
          case ProgramEnd.TimedOut _ -> new Ending.Stopped(Refusal.JOB_TIMEOUT, true);
          case ProgramEnd.OutputLimit _ -> new Ending.Stopped(Refusal.JOB_OUTPUT_LIMIT, true);
          case ProgramEnd.Cancelled _ -> new Ending.Stopped(Refusal.JOB_CANCELLED, true);
          case ProgramEnd.NotStarted(Refusal why, String _) -> new Ending.Stopped(why, false);
        };
    Charset encoding =
        invocation.encoding().flatMap(Encodings::find).orElse(of.program().encoding());
    return new ProgramResult(
        invocation.program(), ending, encoding, ProgramResult.Printed.of(output), of.stderr());
  }

  private static ProgramResult notStarted(Invocation invocation, Refusal why) {
    return new ProgramResult(
        invocation.program(),
        new Ending.Stopped(why, false),
        StandardCharsets.UTF_8,
        ProgramResult.Printed.of(new byte[0]),
        new byte[0]);
  }

  private static String outcome(List<ProgramResult> results) {
    return switch (results.getLast().ending()) {
      case Ending.Exited(int status) -> status == 0 ? JobRecord.DONE : "exit " + status;
      case Ending.Signalled(int signal) -> "signal " + signal;
      case Ending.Stopped(Refusal why, _) -> why.code();
    };
  }

  private static List<String> concat(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
