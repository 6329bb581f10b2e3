package org.hitc.listener.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Refusal;
import org.hitc.channel.os.Poller;
import org.hitc.listener.audit.ArgumentDigests;
import org.hitc.listener.audit.AuditException;
import org.hitc.listener.audit.AuditLog;
import org.hitc.listener.audit.OpenJobs;
import org.hitc.listener.config.Program;
import org.hitc.listener.job.JobRecord.State;
import org.hitc.listener.job.Jobs.Accepted;
import org.hitc.listener.job.Jobs.Continuation;
import org.hitc.listener.job.Jobs.Next;
import org.hitc.listener.job.Jobs.Order;
import org.hitc.listener.program.ProcessSetup;
import org.hitc.listener.program.ProgramRunner;
import org.hitc.session.store.Change;
import org.hitc.session.store.Entry;
import org.hitc.session.store.Key;
import org.hitc.session.store.Kind;
import org.hitc.session.store.Store;
import org.hitc.session.store.StoreException;
import org.hitc.session.store.testing.FreshStore;
import org.hitc.workflow.engine.Changed;
import org.hitc.workflow.engine.Ending;
import org.hitc.workflow.engine.Invocation;
import org.hitc.workflow.engine.PrintedText;
import org.hitc.workflow.engine.ProgramResult;
import org.hitc.workflow.engine.Role;
import org.hitc.workflow.model.Limits;
import org.hitc.workflow.model.RunAs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A job")
@Timeout(60)
final class JobsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final PageAddress PAGE = new PageAddress("budget_12", "v1", "p1");
  private static final Key PAGE_KEY = new Key(Kind.PAGE, "v1.p1");
  private static final int AT_ONCE = 200;

  @TempDir private Path state;
  private Poller poller;
  private AuditLog audit;
  private FailingStore store;
  private ProgramRunner runner;
  private Printouts printouts;
  private Jobs jobs;

  @BeforeAll
  static void prepareProcess() {
    ProcessSetup.apply();
  }

  @BeforeEach
  void open() throws IOException {
    poller = Poller.open();
    audit = AuditLog.open(state.resolve("audit.log"), InstantSource.system());
    store = new FailingStore(FreshStore.open(state.resolve("store.db")));
    printouts = new Printouts(state.resolve("printouts"));
    start();
  }

  private void start() throws IOException {
    runner = new ProgramRunner(poller, "jobs-test", "main", "UTC", Optional.empty());
    SecureRandom random = new SecureRandom();
    jobs =
        new Jobs(
            runner,
            () ->
                Map.of(
                    "sh", program("sh", 100, 0),
                    "one", program("one", 1, 0),
                    "frail", program("frail", 10, 2)),
            store,
            "main",
            audit,
            ArgumentDigests.open(state.resolve("digest.key"), random),
            printouts,
            new References(random),
            InstantSource.system(),
            Duration.ofHours(1),
            AT_ONCE);
  }

  @AfterEach
  void close() throws IOException {
    store.heal();
    jobs.close();
    runner.close();
    store.close();
    audit.close();
    poller.close();
  }

  @Nested
  @DisplayName("with one chain")
  final class OneChain {
    @Test
    @DisplayName("runs on while nobody waits, and stores its page with its outcome")
    void outlives() throws Exception {
      CountDownLatch released = new CountDownLatch(1);
      JobHandle job =
          started(
              order("anna"),
              List.of(report(waitFor("go"))),
              results -> {
                await(released);
                return end(true);
              });
      JobView view = jobs.find("anna", job.reference()).orElseThrow();
      assertThat(view.progress()).isEqualTo(new JobView.Progress.Running());
      assertThat(view.record().state()).isEqualTo(State.RUNNING);
      assertThat(jobs.list("anna", 10)).extracting(JobView::reference).contains(job.reference());
      touch("go");
      assertThat(store.read(PAGE_KEY)).isEmpty();
      released.countDown();
      JobRecord record = ended(job);
      assertThat(record.state()).isEqualTo(State.DONE);
      assertThat(record.outcome()).isEqualTo("exit 0");
      assertThat(record.page()).contains(PAGE);
      assertThat(record.changed()).isEqualTo(Changed.NO);
      assertThat(record.parameters()).containsExactly("204110");
      assertThat(store.read(PAGE_KEY)).isPresent();
      assertThat(view.progress()).isEqualTo(new JobView.Progress.Ended(record));
      JobView stored = jobs.find("anna", job.reference()).orElseThrow();
      assertThat(stored.record()).isEqualTo(record);
      assertThat(jobs.list("anna", 10))
          .singleElement()
          .extracting(JobView::record)
          .isEqualTo(record);
      assertThat(marks()).isEmpty();
      assertThat(audit("job-ended")).singleElement().asString().contains("\"done\"");
    }

    @Test
    @DisplayName("is nobody else's")
    void foreign() throws Exception {
      JobHandle job = started(order("anna"), List.of(report("sleep 30")), _ -> end(true));
      assertThat(jobs.find("bert", job.reference())).isEmpty();
      assertThat(jobs.list("bert", 10)).isEmpty();
      assertThat(jobs.cancel("bert", job.reference())).isFalse();
      assertThat(jobs.cancel("anna", job.reference())).isTrue();
      ended(job);
      assertThat(jobs.find("bert", job.reference())).isEmpty();
      assertThat(jobs.find("anna", "running." + job.reference())).isEmpty();
    }

    @Test
    @DisplayName("has failed when its page says so, with the exit status")
    void failed() throws Exception {
      JobRecord record = ended(started(order("anna"), List.of(report("exit 3")), _ -> end(false)));
      assertThat(record.state()).isEqualTo(State.FAILED);
      assertThat(record.outcome()).isEqualTo("exit 3");
      assertThat(audit("job-ended")).singleElement().asString().contains("\"failed exit 3\"");
    }

    @Test
    @DisplayName("that names an unregistered program starts nothing and says so")
    void unregistered() throws Exception {
      AtomicReference<List<ProgramResult>> got = new AtomicReference<>(List.of());
      Invocation other = invocation("nowhere", Role.REPORT, "true", false);
      ended(
          started(
              order("anna"),
              List.of(other),
              results -> {
                got.set(results);
                return end(false);
              }));
      assertThat(got.get().getFirst().ending())
          .isEqualTo(new Ending.Stopped(Refusal.JOB_START, false));
    }

    @Test
    @DisplayName("that writes says whether it has changed something")
    void changed() throws Exception {
      Order writes = order("anna", true, List.of());
      assertThat(ended(started(writes, List.of(action("true")), _ -> end(true))).changed())
          .isEqualTo(Changed.YES);
      Order fails = order("anna", true, List.of());
      assertThat(ended(started(fails, List.of(action("exit 1")), _ -> endWithout())).changed())
          .isEqualTo(Changed.MAYBE);
      Order stops = order("anna", true, List.of());
      assertThat(
              ended(started(stops, List.of(guard("exit 1"), action("true")), _ -> endWithout()))
                  .changed())
          .isEqualTo(Changed.NO);
    }

    @Test
    @DisplayName("is refused when it writes but was not announced as one that does")
    void unannounced() {
      assertThatThrownBy(() -> jobs.start(order("anna"), List.of(action("true")), _ -> end(true)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  @DisplayName("of two chains gives the output of the first to the second, and has one outcome")
  void twoChains() throws Exception {
    List<String> printed = new ArrayList<>();
    Order order = order("anna", true, List.of());
    JobHandle job =
        started(
            order,
            List.of(guard("echo first")),
            results -> {
              printed.add(text(results.getLast()));
              return printed.size() == 1
                  ? new Next.Run(List.of(action("echo second after " + printed.getFirst())))
                  : end(true);
            });
    JobRecord record = ended(job);
    assertThat(printed).containsExactly("first\n", "second after first\n");
    assertThat(record.state()).isEqualTo(State.DONE);
    assertThat(record.changed()).isEqualTo(Changed.YES);
    assertThat(kept(job)).isEqualTo("second after first\n");
    assertThat(audit("job-accepted")).hasSize(1);
    assertThat(audit("job-continued")).hasSize(1);
    assertThat(audit("program-started")).hasSize(2);
    assertThat(audit("job-ended")).hasSize(1);
  }

  @Nested
  @DisplayName("does not begin")
  final class NotBegun {
    @Test
    @DisplayName("when somebody else was first with what belongs to it")
    void conflict() throws Exception {
      Change mark = Change.create(new Key(Kind.VISIT, "begun"), "anna", later(), new byte[1]);
      Order first = order("anna", true, List.of(mark));
      Order second = order("anna", true, List.of(mark));
      JobHandle job = started(first, List.of(action("echo once")), _ -> end(true));
      assertThat(jobs.start(second, List.of(action("echo once")), _ -> end(true)))
          .isEqualTo(new Accepted.Conflict());
      ended(job);
      assertThat(jobs.find("anna", second.reference())).isEmpty();
      assertThat(audit("program-started")).hasSize(1);
      assertThat(audit("not started")).hasSize(1);
      assertThat(marks()).isEmpty();
    }

    @Test
    @DisplayName("under a reference that was used before")
    void taken() throws Exception {
      Order order = order("anna");
      ended(started(order, List.of(report("true")), _ -> end(true)));
      assertThat(jobs.start(order, List.of(report("true")), _ -> end(true)))
          .isEqualTo(new Accepted.Taken());
      assertThat(audit("program-started")).hasSize(1);
    }

    @Test
    @DisplayName("when its user has 32 already; others still may")
    void tooMany() throws Exception {
      for (int i = 0; i < Jobs.OF_ONE_USER; i++) {
        started(order("anna"), List.of(report("sleep 30; : " + i)), _ -> endWithout());
      }
      assertThat(jobs.start(order("anna"), List.of(report("true")), _ -> end(true)))
          .isEqualTo(new Accepted.Refused(Refusal.BUSY, "too many jobs of one user"));
      ended(started(order("bert"), List.of(report("true")), _ -> end(true)));
    }

    @Test
    @DisplayName("when the store does not answer, and is not found afterwards")
    void storeDown() throws Exception {
      Order order = order("anna");
      store.fail(1);
      assertThatThrownBy(() -> jobs.start(order, List.of(report("true")), _ -> end(true)))
          .isInstanceOf(StoreException.class);
      assertThat(jobs.find("anna", order.reference())).isEmpty();
      assertThat(audit("job-ended")).isEmpty();
      assertThat(jobs.settleUnsettled()).isZero();
      assertThat(jobs.find("anna", order.reference()).orElseThrow().record().state())
          .as("from now on the unanswered write cannot be made any more")
          .isEqualTo(State.FAILED);
      assertThat(audit("job-ended")).singleElement().asString().contains("failed E-STORE");
      assertThat(jobs.settleUnsettled()).isZero();
      assertThat(audit("job-ended")).hasSize(1);
    }

    @Test
    @DisplayName("and does not settle a job of somebody else that drew the same reference")
    void storeDownAndTaken() throws Exception {
      Order order = order("anna");
      store.fail(1);
      assertThatThrownBy(() -> jobs.start(order, List.of(report("true")), _ -> end(true)))
          .isInstanceOf(StoreException.class);
      JobRecords other =
          new JobRecords(store, "east", InstantSource.system(), Duration.ofHours(1), Duration.ZERO);
      JobRecord begun = JobRecord.begun(order, Instant.now());
      assertThat(other.accept(order.reference(), "bert", begun, List.of(), begun))
          .isEqualTo(JobRecords.Acceptance.STORED);
      assertThat(jobs.settleUnsettled()).isZero();
      assertThat(jobs.find("anna", order.reference())).isEmpty();
      assertThat(jobs.find("bert", order.reference()).orElseThrow().record().state())
          .isEqualTo(State.RUNNING);
    }

    @Test
    @DisplayName("and is settled when the store took it although it did not answer")
    void storeTookIt() throws Exception {
      Order order = order("anna", true, List.of());
      store.failAfterWriting(1);
      assertThatThrownBy(() -> jobs.start(order, List.of(action("true")), _ -> end(true)))
          .isInstanceOf(StoreException.class);
      assertThat(jobs.find("anna", order.reference()).orElseThrow().record().state())
          .isEqualTo(State.FAILED);
      assertThat(audit("job-ended")).isEmpty();
      assertThat(jobs.settleUnsettled()).isZero();
      assertThat(marks()).isEmpty();
      assertThat(audit("program-started")).isEmpty();
      assertThat(audit("job-ended")).singleElement().asString().contains("failed E-STORE");
    }
  }

  @Nested
  @DisplayName("ends although")
  final class EndsAlthough {
    @Test
    @DisplayName("what makes its page throws: failed when it only read, unknown when it wrote")
    void continuationThrows() throws Exception {
      Continuation broken =
          _ -> {
            throw new IllegalStateException("no page");
          };
      JobRecord read = ended(started(order("anna"), List.of(report("true")), broken));
      assertThat(read.state()).isEqualTo(State.FAILED);
      assertThat(read.outcome()).isEqualTo("E-INTERNAL");
      Order writing = order("anna", true, List.of());
      JobHandle job = started(writing, List.of(action("true")), broken);
      assertThat(ended(job).state()).isEqualTo(State.UNKNOWN);
      assertThat(ended(job).changed()).isEqualTo(Changed.YES);
      Order stopped = order("anna", true, List.of());
      assertThat(ended(started(stopped, List.of(guard("exit 1"), action("true")), broken)).state())
          .isEqualTo(State.FAILED);
      assertThat(marks()).isEmpty();
      assertThat(audit("\"unknown\"")).hasSize(1);
    }

    @Test
    @DisplayName("the store does not answer once")
    void storeFailsOnce() throws Exception {
      JobRecord record = ended(started(order("anna"), List.of(report("true")), failing(1, false)));
      assertThat(record.state()).isEqualTo(State.DONE);
      assertThat(store.read(PAGE_KEY)).isPresent();
    }

    @Test
    @DisplayName("the store wrote its page and did not answer")
    void storeWroteSilently() throws Exception {
      JobRecord record = ended(started(order("anna"), List.of(report("true")), failing(1, true)));
      assertThat(record.state()).isEqualTo(State.DONE);
      assertThat(record.page()).contains(PAGE);
    }

    @Test
    @DisplayName("168: the audit log cannot be written between two chains: the second does not run")
    void auditFullBetween() throws Exception {
      Path written = state.resolve("written");
      JobHandle job =
          started(
              order("anna", true, List.of()),
              List.of(guard("true")),
              _ -> {
                // Whatever the reason is: from here on no record can be written.
                audit.close();
                return new Next.Run(List.of(action("touch " + written)));
              });
      JobRecord record = ended(job);
      assertThat(record.outcome()).isEqualTo("E-AUDIT-FULL");
      assertThat(record.state()).isEqualTo(State.FAILED);
      assertThat(record.changed()).isEqualTo(Changed.NO);
      assertThat(written).doesNotExist();
    }

    @Test
    @DisplayName(
        "168: the audit log cannot be written: it does not begin, whether it writes or reads")
    void auditFullBefore() {
      audit.close();
      for (boolean writes : new boolean[] {true, false}) {
        Order order = order("anna", writes, List.of());
        assertThatThrownBy(() -> jobs.start(order, List.of(guard("true")), _ -> end(true)))
            .isInstanceOf(AuditException.class);
        assertThat(jobs.find("anna", order.reference())).isEmpty();
      }
    }

    @Test
    @DisplayName("the store does not answer for a while: it runs until its page is stored with it")
    void storeDown() throws Exception {
      Order order = order("anna", true, List.of());
      JobHandle job = started(order, List.of(action("true")), failing(4, false));
      JobRecord record = ended(job);
      assertThat(record.state()).isEqualTo(State.DONE);
      assertThat(record.page()).contains(PAGE);
      assertThat(store.read(PAGE_KEY)).isPresent();
      assertThat(jobs.find("anna", job.reference()).orElseThrow().record()).isEqualTo(record);
      assertThat(marks()).isEmpty();
      assertThat(audit("job-ended")).singleElement().asString().contains("\"done\"");
    }

    @Test
    @DisplayName("the listener stops while the store does not answer: the next start settles it")
    void storeDownAtTheEnd() throws Exception {
      Order order = order("anna", true, List.of());
      JobHandle job = started(order, List.of(action("true")), failing(1_000, false));
      store.awaitFailure();
      assertThat(jobs.find("anna", job.reference()).orElseThrow().progress())
          .isEqualTo(new JobView.Progress.Running());
      jobs.close();
      assertThat(audit("job-ended")).isEmpty();
      assertThat(marks()).hasSize(1);
      store.heal();
      runner.close();
      start();
      Map<String, OpenJobs.Trace> open = OpenJobs.in(state.resolve("audit.log"));
      assertThat(open).containsExactly(Map.entry(job.reference(), OpenJobs.Trace.BEGUN));
      assertThat(jobs.settleInterrupted(Set.of("main"), open)).isEqualTo(1);
      assertThat(audit("job-ended")).singleElement().asString().contains("\"unknown\"");
    }

    @Test
    @DisplayName("its page cannot be stored")
    void pageConflict() throws Exception {
      assertThat(store.write(Change.create(PAGE_KEY, "v1", later(), new byte[0]))).isTrue();
      JobRecord record = ended(started(order("anna"), List.of(report("true")), _ -> end(true)));
      assertThat(record.state()).isEqualTo(State.FAILED);
      assertThat(record.page()).isEmpty();
      assertThat(marks()).isEmpty();
    }

    @Test
    @DisplayName(
        "the listener died: unknown when it may have written, else failed; never run again")
    void crash() throws Exception {
      Order reads = order("anna");
      Order writes = order("anna", true, List.of());
      crashed(reads);
      crashed(writes);
      assertThat(jobs.settleInterrupted(Set.of("main"), Map.of())).isEqualTo(2);
      JobRecord read = jobs.find("anna", reads.reference()).orElseThrow().record();
      assertThat(read.state()).isEqualTo(State.FAILED);
      assertThat(read.outcome()).isEqualTo("E-JOB-LOST");
      JobRecord written = jobs.find("anna", writes.reference()).orElseThrow().record();
      assertThat(written.state()).isEqualTo(State.UNKNOWN);
      assertThat(written.changed()).isEqualTo(Changed.MAYBE);
      assertThat(written.ended()).isPresent();
      assertThat(marks()).isEmpty();
      assertThat(audit("job-ended")).hasSize(2);
      assertThat(audit("program-started")).isEmpty();
      assertThat(jobs.settleInterrupted(Set.of("main"), Map.of())).isZero();
    }

    @Test
    @DisplayName("the listener died before it could record an end: each open job gets its own")
    void crashBeforeTheEndIsAudited() throws Exception {
      JobHandle job = started(order("anna"), List.of(report("true")), _ -> end(true));
      ended(job);
      Order reads = order("anna");
      crashed(reads);

      jobs.settleInterrupted(
          Set.of("main"),
          Map.of(
              job.reference(),
              OpenJobs.Trace.BEGUN,
              reads.reference(),
              OpenJobs.Trace.BEGUN,
              "2222-22",
              OpenJobs.Trace.ACCEPTED,
              "3333-33",
              OpenJobs.Trace.BEGUN));

      assertThat(audit("job-ended"))
          .extracting(
              line -> line.replaceFirst(".*\"job\":\"(.*?)\",\"outcome\":\"(.*?)\".*", "$1 $2"))
          .contains(
              "2222-22 not started",
              "3333-33 unknown",
              job.reference() + " done",
              reads.reference() + " failed E-JOB-LOST");
      assertThat(audit("job-ended")).hasSize(5);
    }

    /** As a listener leaves it that is killed after the acceptance. */
    private void crashed(Order order) {
      JobRecords records =
          new JobRecords(store, "main", InstantSource.system(), Duration.ofHours(1), Duration.ZERO);
      JobRecord begun = JobRecord.begun(order, Instant.now());
      assertThat(records.accept(order.reference(), order.user(), begun, List.of(), begun))
          .isEqualTo(JobRecords.Acceptance.STORED);
    }

    /** From now on so many writes fail. */
    private Continuation failing(int writes, boolean afterWriting) {
      return _ -> {
        if (afterWriting) {
          store.failAfterWriting(writes);
        } else {
          store.fail(writes);
        }
        return end(true);
      };
    }
  }

  @Nested
  @DisplayName("is cancelled")
  final class IsCancelled {
    private final AtomicReference<List<ProgramResult>> got = new AtomicReference<>(List.of());
    private final Continuation taking =
        results -> {
          got.set(results);
          return endWithout();
        };

    @Test
    @DisplayName("while it waits: nothing was started")
    void waiting() throws Exception {
      JobHandle first =
          started(order("anna"), List.of(one(Role.REPORT, "sleep 30")), _ -> endWithout());
      awaitStarted(1);
      Order order = order("anna", true, List.of());
      Invocation writes =
          new Invocation(
              "do",
              "one",
              List.of("-c", "echo 2"),
              List.of(),
              Role.ACTION,
              List.of(0),
              Optional.empty(),
              Limits.NONE,
              new RunAs.Service(),
              true,
              List.of());
      JobHandle job = started(order, List.of(writes), taking);
      JobView view = jobs.find("anna", job.reference()).orElseThrow();
      while (!view.progress().equals(new JobView.Progress.Waiting(0))) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      assertThat(jobs.cancel("anna", job.reference())).isTrue();
      JobRecord record = ended(job);
      assertThat(got.get().getLast().ending())
          .isEqualTo(new Ending.Stopped(Refusal.JOB_CANCELLED, false));
      assertThat(record.state()).isEqualTo(State.CANCELLED);
      assertThat(record.changed()).isEqualTo(Changed.NO);
      jobs.cancel("anna", first.reference());
      ended(first);
      assertThat(audit("program-started")).hasSize(1);
    }

    @Test
    @DisplayName("while it runs: it was started")
    void running() throws Exception {
      JobHandle job = started(order("anna", true, List.of()), List.of(action("sleep 30")), taking);
      awaitStarted(1);
      assertThat(jobs.cancel("anna", job.reference())).isTrue();
      assertThat(ended(job).state()).isEqualTo(State.CANCELLED);
      assertThat(ended(job).changed()).isEqualTo(Changed.MAYBE);
      assertThat(got.get().getLast().ending())
          .isEqualTo(new Ending.Stopped(Refusal.JOB_CANCELLED, true));
    }

    @Test
    @DisplayName("between two chains: the second is not started")
    void between() throws Exception {
      CountDownLatch first = new CountDownLatch(1);
      CountDownLatch cancelled = new CountDownLatch(1);
      AtomicInteger phases = new AtomicInteger();
      JobHandle job =
          started(
              order("anna"),
              List.of(guard("true")),
              results -> {
                if (phases.incrementAndGet() == 1) {
                  first.countDown();
                  await(cancelled);
                  return new Next.Run(List.of(report("true")));
                }
                return taking.after(results);
              });
      await(first);
      assertThat(jobs.cancel("anna", job.reference())).isTrue();
      cancelled.countDown();
      assertThat(ended(job).state()).isEqualTo(State.CANCELLED);
      assertThat(audit("program-started")).hasSize(1);
    }

    @Test
    @DisplayName("not any more when it has ended")
    void tooLate() throws Exception {
      JobHandle job = started(order("anna"), List.of(report("true")), _ -> end(true));
      ended(job);
      assertThat(jobs.cancel("anna", job.reference())).isFalse();
    }

    @Test
    @DisplayName("when the listener stops, and its outcome is stored; nothing more is begun")
    void stopping() throws Exception {
      JobHandle job = started(order("anna"), List.of(report("sleep 30")), taking);
      awaitStarted(1);
      jobs.close();
      assertThat(job.ended()).isDone();
      assertThat(jobs.find("anna", job.reference()).orElseThrow().record().state())
          .isEqualTo(State.CANCELLED);
      assertThat(jobs.start(order("anna"), List.of(report("true")), taking))
          .isInstanceOf(Accepted.Refused.class);
    }
  }

  @Nested
  @DisplayName("prints")
  final class Prints {
    @Test
    @DisplayName("what can be followed while it runs, but not what its guards print")
    void followed() throws Exception {
      JobHandle job =
          started(
              order("anna"),
              List.of(
                  guard("echo secret"),
                  report("printf 'one '; " + waitFor("go") + "; echo two; " + waitFor("on"))),
              _ -> endWithout());
      JobView view = jobs.find("anna", job.reference()).orElseThrow();
      assertThat(view.awaitMore(0, PATIENCE)).isTrue();
      assertThat(live(view, 0)).isEqualTo("one ");
      assertThat(view.awaitMore(4, Duration.ofMillis(50))).isFalse();
      assertThat(live(view, 4)).isEmpty();
      touch("go");
      assertThat(view.awaitMore(4, PATIENCE)).isTrue();
      assertThat(live(view, 4)).isEqualTo("two\n");
      assertThat(live(view, 2)).isEqualTo("e two\n");
      assertThat(view.output(2).charset()).contains(UTF_8);
      touch("on");
      assertThat(view.awaitMore(8, PATIENCE)).isTrue();
      ended(job);
      assertThat(kept(job)).isEqualTo("one two\n");
    }

    @Test
    @DisplayName("in two programs what is one output to follow")
    void twoPrograms() throws Exception {
      CountDownLatch seen = new CountDownLatch(1);
      JobHandle job =
          started(
              order("anna"),
              List.of(report("printf abc"), report("printf defg")),
              results -> {
                assertThat(text(results.get(0))).isEqualTo("abc");
                assertThat(text(results.get(1))).isEqualTo("defg");
                await(seen);
                return endWithout();
              });
      JobView view = jobs.find("anna", job.reference()).orElseThrow();
      assertThat(view.awaitMore(6, PATIENCE)).isTrue();
      assertThat(live(view, 1)).isEqualTo("bc");
      assertThat(live(view, 3)).isEqualTo("defg");
      assertThat(view.output(99).offset()).isEqualTo(7);
      seen.countDown();
      ended(job);
      assertThat(kept(job)).isEqualTo("defg");
    }

    @Test
    @DisplayName("half a character, which is waited for as long as its program runs")
    void half() throws Exception {
      JobHandle job =
          started(
              order("anna"),
              List.of(report("printf '\\303'; " + waitFor("go")), report(waitFor("on"))),
              _ -> endWithout());
      JobView view = jobs.find("anna", job.reference()).orElseThrow();
      assertThat(view.awaitMore(0, PATIENCE)).isTrue();
      assertThat(view.output(0).last()).isFalse();
      assertThat(view.awaitMore(1, Duration.ofMillis(50))).isFalse();
      touch("go");
      touch("on");
      ended(job);
      assertThat(view.output(0).last()).isTrue();
      assertThat(view.output(1)).extracting(l -> l.bytes().length, l -> l.last()).contains(0, true);
    }

    @Test
    @DisplayName("200 MiB into its file, and not into memory")
    void flat() throws Exception {
      long bytes = 200L << 20;
      AtomicReference<Long> used = new AtomicReference<>(0L);
      long before = usedMemory();
      JobHandle job =
          started(
              order("anna"),
              List.of(report("head -c " + bytes + " /dev/zero")),
              _ -> {
                used.set(usedMemory() - before);
                return endWithout();
              });
      ended(job);
      assertThat(used.get()).isLessThan(16L << 20);
      try (InputStream printed = printouts.open(job.reference()).orElseThrow()) {
        assertThat(printed.skip(bytes)).isEqualTo(bytes);
        assertThat(printed.read()).isEqualTo(-1);
      }
    }

    @Test
    @DisplayName("at most 1 MiB where it is kept in memory")
    void guards() throws Exception {
      AtomicReference<List<ProgramResult>> got = new AtomicReference<>(List.of());
      ended(
          started(
              order("anna"),
              List.of(guard("head -c 1048577 /dev/zero"), report("true")),
              results -> {
                got.set(results);
                return endWithout();
              }));
      assertThat(got.get()).hasSize(1);
      assertThat(got.get().getFirst().ending())
          .isEqualTo(new Ending.Stopped(Refusal.JOB_OUTPUT_LIMIT, true));
    }

    @Test
    @DisplayName("more than the disk takes: refused by name, the room is free again, others go on")
    void fullDisk() throws Exception {
      Path disk = state.resolve("printouts");
      assumeTrue(
          run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()) == 0,
          "needs the right to mount");
      try {
        JobHandle other =
            started(
                order("bert"),
                List.of(report("echo 1; " + waitFor("go") + "; head -c 500000 /dev/zero")),
                _ -> endWithout());
        awaitStarted(1);
        List<Ending> endings = new ArrayList<>();
        Continuation taking =
            results -> {
              endings.add(results.getLast().ending());
              return endWithout();
            };
        JobHandle large =
            started(order("anna"), List.of(report("head -c 2000000 /dev/zero")), taking);
        assertThat(ended(large).outcome()).isEqualTo("E-STORE");
        assertThat(ended(large).state()).isEqualTo(State.FAILED);
        Path written = state.resolve("written");
        JobHandle writes =
            started(
                order("anna", true, List.of()),
                List.of(action("head -c 2000000 /dev/zero && touch " + written)),
                taking);
        assertThat(ended(writes).changed()).isEqualTo(Changed.MAYBE);
        assertThat(written).as("what writes is not killed half-way").exists();
        assertThat(endings).containsOnly(new Ending.Stopped(Refusal.STORE, true));
        touch("go");
        assertThat(ended(other).outcome()).isEqualTo("exit 0");
        assertThat(kept(other)).hasSize(500_002);
      } finally {
        assertThat(run("umount", "--lazy", disk.toString())).isZero();
      }
    }

    private static int run(String... command) throws Exception {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }

    @Test
    @DisplayName("nothing, and has an empty printout")
    void nothing() throws Exception {
      JobHandle job = started(order("anna"), List.of(report("true")), _ -> endWithout());
      ended(job);
      assertThat(kept(job)).isEmpty();
    }
  }

  @Nested
  @DisplayName("that is the same as one that runs")
  final class Same {
    private final List<String> texts = new ArrayList<>();
    private final Continuation taking =
        results -> {
          synchronized (texts) {
            texts.add(text(results.getLast()));
          }
          return endWithout();
        };

    @Test
    @DisplayName("shares its programs, with a record and a printout of its own")
    void joins() throws Exception {
      List<Invocation> chain = List.of(guard("true"), report("echo $$; " + waitFor("go")));
      JobHandle first = started(order("anna"), chain, taking);
      awaitStarted(2);
      JobHandle second = started(order("anna"), chain, taking);
      awaitAudit("job-joined", 1);
      touch("go");
      assertThat(ended(first).state()).isEqualTo(ended(second).state());
      assertThat(texts).hasSize(2);
      assertThat(texts.get(0)).isNotBlank().isEqualTo(texts.get(1));
      assertThat(kept(second)).isEqualTo(kept(first)).isEqualTo(texts.get(0));
      assertThat(audit("program-started")).hasSize(2);
      assertThat(audit("job-joined"))
          .singleElement()
          .asString()
          .contains("\"job\":\"" + second.reference(), "\"joined\":\"" + first.reference());
      assertThat(jobs.list("anna", 10)).hasSize(2);
    }

    @Test
    @DisplayName("goes on when the first one is cancelled, and ends when both are")
    void cancel() throws Exception {
      List<Invocation> chain = List.of(report("echo a; " + waitFor("go") + "; echo b"));
      JobHandle first = started(order("anna"), chain, taking);
      awaitStarted(1);
      JobHandle second = started(order("anna"), chain, taking);
      awaitAudit("job-joined", 1);
      JobHandle third = started(order("anna"), chain, taking);
      awaitAudit("job-joined", 2);
      jobs.cancel("anna", first.reference());
      assertThat(ended(first).outcome()).isEqualTo("E-JOB-CANCELLED");
      jobs.cancel("anna", first.reference());
      touch("go");
      ended(second);
      ended(third);
      assertThat(texts).filteredOn("a\nb\n"::equals).hasSize(2);
      assertThat(kept(second)).isEqualTo("a\nb\n");

      List<Invocation> sleeps = List.of(report("sleep 30"));
      JobHandle fourth = started(order("anna"), sleeps, taking);
      awaitStarted(2);
      JobHandle fifth = started(order("anna"), sleeps, taking);
      awaitAudit("job-joined", 3);
      jobs.cancel("anna", fourth.reference());
      jobs.cancel("anna", fifth.reference());
      assertThat(ended(fourth).outcome()).isEqualTo("E-JOB-CANCELLED");
      assertThat(ended(fifth).outcome()).isEqualTo("E-JOB-CANCELLED");
      awaitAudit("program-ended", 2);
    }

    @Test
    @DisplayName("is run by itself for another user, with another input, or when it writes")
    void others() throws Exception {
      String script = waitFor("go");
      List<JobHandle> all = new ArrayList<>();
      all.add(started(order("anna"), List.of(report(script)), taking));
      all.add(started(order("bert"), List.of(report(script)), taking));
      all.add(started(order("anna"), List.of(report(script + " ")), taking));
      Order first = order("anna", true, List.of());
      all.add(started(first, List.of(action(script)), taking));
      Order second = order("anna", true, List.of());
      all.add(started(second, List.of(action(script)), taking));
      awaitStarted(5);
      touch("go");
      for (JobHandle job : all) {
        ended(job);
      }
      assertThat(audit("job-joined")).isEmpty();
    }

    @Test
    @DisplayName("is run by itself when something that writes has begun or ended since")
    void written() throws Exception {
      List<Invocation> chain = List.of(report(waitFor("go")));
      JobHandle before = started(order("anna"), chain, taking);
      awaitStarted(1);
      ended(started(order("bert", true, List.of()), List.of(action("true")), taking));
      JobHandle after = started(order("anna"), chain, taking);
      awaitStarted(3);
      touch("go");
      ended(before);
      ended(after);
      assertThat(audit("job-joined")).isEmpty();
    }
  }

  @Test
  @DisplayName("waits its turn among the users, not behind all jobs of one")
  void fair() throws Exception {
    List<String> order = new ArrayList<>();
    JobHandle first =
        started(order("anna"), List.of(one(Role.REPORT, waitFor("go"))), _ -> endWithout());
    awaitStarted(1);
    List<JobHandle> all = new ArrayList<>(List.of(first));
    for (int i = 0; i < 3; i++) {
      all.add(waiting("anna", "a" + i, order, i));
    }
    JobHandle berts = waiting("bert", "b", order, 1);
    all.add(berts);
    touch("go");
    for (JobHandle job : all) {
      ended(job);
    }
    assertThat(order).containsExactly("a0", "b", "a1", "a2");
  }

  /** Started, and in the line behind so many. */
  private JobHandle waiting(String user, String name, List<String> order, int before)
      throws Exception {
    JobHandle job =
        started(
            order(user),
            List.of(one(Role.REPORT, "echo " + name)),
            results -> {
              synchronized (order) {
                order.add(text(results.getLast()).strip());
              }
              return endWithout();
            });
    JobView view = jobs.find(user, job.reference()).orElseThrow();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!view.progress().equals(new JobView.Progress.Waiting(before))) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(2);
    }
    return job;
  }

  @Test
  @DisplayName("is refused at once while its program is paused, and lets it work again after that")
  void paused() throws Exception {
    for (int i = 0; i < 2; i++) {
      ended(started(order("anna"), List.of(frail("exit 1")), _ -> endWithout()));
      ended(started(order("anna"), List.of(frail("kill -SEGV $$")), _ -> endWithout()));
    }
    assertThat(audit("program-paused")).as("an exit status is no failure").isEmpty();
    ended(started(order("anna"), List.of(frail("kill -SEGV $$; : 2")), _ -> endWithout()));
    assertThat(audit("program-paused")).hasSize(1);
    JobRecord refused = ended(started(order("bert"), List.of(frail("true")), _ -> endWithout()));
    assertThat(refused.outcome()).isEqualTo("E-JOB-PAUSED");
    TimeUnit.MILLISECONDS.sleep(600);
    JobRecord probe = ended(started(order("bert"), List.of(frail("true")), _ -> endWithout()));
    assertThat(probe.outcome()).isEqualTo("exit 0");
    assertThat(audit("program-resumed")).hasSize(1);
  }

  @Test
  @DisplayName("of a step that was done before tells how long that usually takes")
  void usual() throws Exception {
    for (int i = 0; i < 3; i++) {
      Order order = order("anna");
      ended(started(order, List.of(report("sleep 0.1; : " + i)), _ -> endDone()));
    }
    JobHandle job = started(order("anna"), List.of(report("sleep 30")), _ -> endDone());
    JobView view = jobs.find("anna", job.reference()).orElseThrow();
    JobView.Usual usual = view.usual().orElseThrow();
    assertThat(usual.low()).isBetween(Duration.ofMillis(100), usual.high());
    assertThat(usual.high()).isLessThan(Duration.ofSeconds(10));
    jobs.cancel("anna", job.reference());
    ended(job);
  }

  private static final class FailingStore implements Store {
    private final Store real;
    private final AtomicInteger failing = new AtomicInteger();
    private final CountDownLatch failed = new CountDownLatch(1);
    private volatile boolean afterWriting;

    FailingStore(Store real) {
      this.real = real;
    }

    void fail(int writes) {
      afterWriting = false;
      failing.set(writes);
    }

    void failAfterWriting(int writes) {
      afterWriting = true;
      failing.set(writes);
    }

    void heal() {
      failing.set(0);
    }

    void awaitFailure() throws InterruptedException {
      assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public Map<Key, Entry> read(Collection<Key> keys) {
      return real.read(keys);
    }

    @Override
    public boolean write(List<Change> changes) {
      if (failing.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        if (afterWriting) {
          assertThat(real.write(changes)).isTrue();
        }
        failed.countDown();
        throw StoreException.contended();
      }
      return real.write(changes);
    }

    @Override
    public List<Entry> list(Kind kind, String owner, int limit) {
      return real.list(kind, owner, limit);
    }

    @Override
    public List<Entry> scan(Kind kind, String after, int limit) {
      return real.scan(kind, after, limit);
    }

    @Override
    public int removeExpired(Instant now, int limit) {
      return real.removeExpired(now, limit);
    }

    @Override
    public void close() {
      real.close();
    }
  }

  private JobHandle started(Order order, List<Invocation> chain, Continuation then) {
    Accepted accepted = jobs.start(order, chain, then);
    assertThat(accepted).isInstanceOf(Accepted.Started.class);
    return ((Accepted.Started) accepted).job();
  }

  private static JobRecord ended(JobHandle job) throws Exception {
    return job.ended().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private Order order(String user) {
    return order(user, false, List.of());
  }

  private Order order(String user, boolean writes, List<Change> with) {
    return new Order(
        jobs.freshReference(),
        user,
        "en",
        "session",
        Optional.empty(),
        "budget_12",
        "budget",
        writes,
        List.of("204110"),
        List.of(),
        with);
  }

  private static Next end(boolean good) {
    return new Next.End(
        Optional.of(PAGE), List.of(Change.create(PAGE_KEY, "v1", later(), new byte[1])), good);
  }

  private static Next endWithout() {
    return new Next.End(Optional.empty(), List.of(), false);
  }

  private static Next endDone() {
    return new Next.End(Optional.empty(), List.of(), true);
  }

  private static Instant later() {
    return Instant.now().plusSeconds(3_600);
  }

  private static Invocation guard(String script) {
    return invocation("sh", Role.GUARD, script, false);
  }

  private static Invocation report(String script) {
    return invocation("sh", Role.REPORT, script, false);
  }

  private static Invocation action(String script) {
    return invocation("sh", Role.ACTION, script, true);
  }

  private static Invocation frail(String script) {
    return invocation("frail", Role.REPORT, script, false);
  }

  private static Invocation one(Role role, String script) {
    return invocation("one", role, script, false);
  }

  private static Invocation invocation(String program, Role role, String script, boolean writes) {
    return new Invocation(
        "step",
        program,
        List.of("-c", script),
        List.of(),
        role,
        List.of(0),
        Optional.empty(),
        Limits.NONE,
        new RunAs.Service(),
        writes,
        List.of());
  }

  private static Program program(String name, int concurrent, int breakAfter) {
    return new Program(
        name,
        Path.of("/bin/sh"),
        Map.of(),
        UTF_8,
        Duration.ofSeconds(40),
        concurrent,
        300L << 20,
        4_096,
        Optional.empty(),
        Set.of(0),
        Set.of(new RunAs.Service()),
        new Program.Breaker(breakAfter, Duration.ofMillis(500)));
  }

  private String waitFor(String file) {
    return "while [ ! -e " + state.resolve(file) + " ]; do sleep 0.01; done";
  }

  private void touch(String file) throws IOException {
    Files.createFile(state.resolve(file));
  }

  private static String text(ProgramResult result) {
    return PrintedText.of(result);
  }

  private String kept(JobHandle job) throws IOException {
    try (InputStream printed = printouts.open(job.reference()).orElseThrow()) {
      return new String(printed.readAllBytes(), UTF_8);
    }
  }

  private static String live(JobView view, long from) throws IOException {
    return new String(view.output(from).bytes(), UTF_8);
  }

  private List<Entry> marks() {
    return store.list(Kind.JOB, "*main", 10);
  }

  private List<String> audit(String part) throws IOException {
    try (var lines = Files.lines(state.resolve("audit.log"))) {
      return lines.filter(line -> line.contains(part)).toList();
    }
  }

  private void awaitStarted(int programs) throws Exception {
    awaitAudit("program-started", programs);
  }

  private void awaitAudit(String part, int count) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (audit(part).size() < count) {
      assertThat(System.nanoTime()).as("waiting for %d %s", count, part).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertThat(audit(part)).hasSize(count);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long usedMemory() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
