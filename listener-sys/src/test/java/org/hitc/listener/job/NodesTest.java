package org.hitc.listener.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.hitc.channel.os.Poller;
import org.hitc.listener.audit.ArgumentDigests;
import org.hitc.listener.audit.AuditLog;
import org.hitc.listener.audit.OpenJobs;
import org.hitc.listener.config.Program;
import org.hitc.listener.program.ProcessSetup;
import org.hitc.listener.program.ProgramRunner;
import org.hitc.session.store.Entry;
import org.hitc.session.store.Kind;
import org.hitc.session.store.Store;
import org.hitc.session.store.testing.FreshStore;
import org.hitc.workflow.engine.Ending;
import org.hitc.workflow.engine.Invocation;
import org.hitc.workflow.engine.ProgramResult;
import org.hitc.workflow.engine.Role;
import org.hitc.workflow.model.Limits;
import org.hitc.workflow.model.RunAs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Nodes that share a store")
@Timeout(60)
final class NodesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private Store store;
  private Printouts printouts;
  private Poller poller;

  /** One for both: a process may have one runner only, which owns all its children. */
  private ProgramRunner runner;

  private Node west;
  private Node east;

  @BeforeAll
  static void prepareProcess() {
    ProcessSetup.apply();
  }

  @BeforeEach
  void open() throws IOException {
    store = FreshStore.open(folder.resolve("store.db"));
    printouts = new Printouts(folder.resolve("printouts"));
    poller = Poller.open();
    runner = new ProgramRunner(poller, "nodes-test", "both", "UTC", Optional.empty());
    west = node("west");
    east = node("east");
  }

  @AfterEach
  void close() throws IOException {
    west.close();
    east.close();
    runner.close();
    poller.close();
    store.close();
  }

  private record Node(AuditLog audit, Jobs jobs) {
    void close() throws IOException {
      jobs.close();
      audit.close();
    }
  }

  private Node node(String name) throws IOException {
    Path state = Files.createDirectory(folder.resolve(name));
    SecureRandom random = new SecureRandom();
    AuditLog audit = AuditLog.open(state.resolve("audit.log"), InstantSource.system());
    Jobs jobs =
        new Jobs(
            runner,
            () -> Map.of("sh", program()),
            store,
            name,
            audit,
            ArgumentDigests.open(state.resolve("digest.key"), random),
            printouts,
            new References(random),
            InstantSource.system(),
            Duration.ofHours(1),
            10);
    return new Node(audit, jobs);
  }

  @Test
  void show_a_job_of_another_node_as_running_there_and_then_its_end() throws Exception {
    JobHandle job = started(west, "anna", waitFor("go"));
    JobView seen = east.jobs().find("anna", job.reference()).orElseThrow();
    assertThat(seen.progress()).isInstanceOf(JobView.Progress.Running.class);
    assertThat(seen.node()).hasValue("west");
    assertThat(seen.output(0).bytes()).isEmpty();
    assertThat(seen.output(0).last()).isFalse();
    assertThat(seen.awaitMore(0, Duration.ofMillis(50))).isFalse();
    assertThat(east.jobs().find("bert", job.reference())).isEmpty();
    assertThat(west.jobs().find("anna", job.reference()).orElseThrow().node()).isEmpty();
    Files.createFile(folder.resolve("go"));
    assertThat(seen.awaitMore(0, PATIENCE)).isTrue();
    assertThat(seen.record().state()).isEqualTo(JobRecord.State.DONE);
    assertThat(seen.output(0).last()).isTrue();
    assertThat(east.jobs().find("anna", job.reference()).orElseThrow().node()).isEmpty();
  }

  @Test
  void cancel_a_job_of_another_node_and_leave_no_word_of_it() throws Exception {
    JobHandle job = started(west, "anna", "sleep 30");
    JobHandle other = started(west, "anna", waitFor("go"));
    assertThat(east.jobs().cancel("bert", job.reference())).isFalse();
    assertThat(wishes()).isEmpty();
    assertThat(east.jobs().cancel("anna", job.reference())).isTrue();
    assertThat(east.jobs().cancel("anna", job.reference())).as("asked twice").isTrue();
    assertThat(ended(job).state()).isEqualTo(JobRecord.State.CANCELLED);
    awaitNoWishes();
    assertThat(east.jobs().cancel("anna", job.reference())).as("it has ended").isFalse();
    Files.createFile(folder.resolve("go"));
    assertThat(ended(other).state()).isEqualTo(JobRecord.State.DONE);
  }

  @Test
  void settle_at_their_start_only_what_was_theirs() throws Exception {
    JobHandle job = started(west, "anna", waitFor("go"));
    assertThat(east.jobs().settleInterrupted(Set.of("east"), Map.of())).isZero();
    assertThat(west.jobs().find("anna", job.reference()).orElseThrow().record().ended()).isEmpty();
    Files.createFile(folder.resolve("go"));
    assertThat(ended(job).state()).isEqualTo(JobRecord.State.DONE);
  }

  @Test
  void are_settled_by_hand_when_they_do_not_come_back() {
    String reads = lost("anna", false);
    String writes = lost("anna", true);
    assertThat(LostNode.settle(store, "west", InstantSource.system(), Duration.ofHours(1)))
        .isEmpty();
    assertThat(LostNode.settle(store, "south", InstantSource.system(), Duration.ofHours(1)))
        .containsExactlyInAnyOrder(reads + " failed E-JOB-LOST", writes + " unknown");
    assertThat(east.jobs().find("anna", writes).orElseThrow().record().state())
        .isEqualTo(JobRecord.State.UNKNOWN);
    assertThat(east.jobs().runs(writes)).isFalse();
  }

  @Test
  void are_known_by_the_jobs_that_they_run_or_ran() {
    assertThat(LostNode.names(store)).isEmpty();
    lost("anna", true);
    lost("bert", false);
    assertThat(LostNode.names(store)).containsExactly("south");
  }

  @Test
  void settle_what_they_left_under_a_former_name() {
    String writes = lost("anna", true);
    assertThat(
            east.jobs()
                .settleInterrupted(Set.of("east", "south"), Map.of(writes, OpenJobs.Trace.BEGUN)))
        .isEqualTo(1);
    assertThat(east.jobs().find("anna", writes).orElseThrow().record().state())
        .isEqualTo(JobRecord.State.UNKNOWN);
    assertThat(LostNode.names(store)).isEmpty();
  }

  @Test
  void audit_no_job_as_ended_that_runs() throws Exception {
    String runs = lost("anna", true);
    east.jobs().settleInterrupted(Set.of("east"), Map.of(runs, OpenJobs.Trace.BEGUN));
    assertThat(Files.readAllLines(folder.resolve("east/audit.log")))
        .filteredOn(line -> line.contains("job-ended"))
        .noneMatch(line -> line.contains("\"outcome\":\"running\""));
  }

  @Test
  void give_no_reference_to_two_jobs() throws Exception {
    JobHandle job = started(west, "anna", waitFor("go"));
    Jobs.Order same = order(job.reference(), "bert");
    assertThat(east.jobs().start(same, chain("true"), NodesTest::done))
        .isInstanceOf(Jobs.Accepted.Taken.class);
    assertThat(west.jobs().start(same, chain("true"), NodesTest::done))
        .isInstanceOf(Jobs.Accepted.Taken.class);
    assertThat(east.jobs().find("bert", job.reference())).isEmpty();
    assertThat(started(east, "bert", "true").reference()).isNotEqualTo(job.reference());
    Files.createFile(folder.resolve("go"));
    assertThat(ended(job).state()).isEqualTo(JobRecord.State.DONE);
  }

  @Test
  void keep_the_printout_of_a_job_that_runs_elsewhere() throws Exception {
    JobHandle job = started(west, "anna", "echo hello; " + waitFor("go"));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!printouts.has(job.reference())) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(5);
    }
    Printouts shared = new Printouts(folder.resolve("printouts"));
    Instant later = Instant.now().plusSeconds(60);
    assertThat(shared.removeBefore(later, 10, east.jobs()::runs)).isZero();
    assertThat(shared.removeBeyond(0, east.jobs()::runs)).isZero();
    Files.createFile(folder.resolve("go"));
    assertThat(ended(job).state()).isEqualTo(JobRecord.State.DONE);
    assertThat(shared.removeBeyond(0, east.jobs()::runs)).isEqualTo(1);
  }

  /** As a node leaves a job that dies. */
  private String lost(String user, boolean writes) {
    String reference = east.jobs().freshReference();
    JobRecord begun = JobRecord.begun(order(reference, user, writes), Instant.now());
    JobRecords records =
        new JobRecords(store, "south", InstantSource.system(), Duration.ofHours(1), Duration.ZERO);
    assertThat(records.accept(reference, user, begun, List.of(), begun))
        .isEqualTo(JobRecords.Acceptance.STORED);
    return reference;
  }

  private static JobHandle started(Node node, String user, String script) {
    Jobs.Order order = order(node.jobs().freshReference(), user);
    Jobs.Accepted accepted = node.jobs().start(order, chain(script), NodesTest::done);
    assertThat(accepted).isInstanceOf(Jobs.Accepted.Started.class);
    return ((Jobs.Accepted.Started) accepted).job();
  }

  private static JobRecord ended(JobHandle job) throws Exception {
    return job.ended().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static Jobs.Next done(List<ProgramResult> results) {
    boolean good = results.getLast().ending() instanceof Ending.Exited;
    return new Jobs.Next.End(Optional.empty(), List.of(), good);
  }

  private static Jobs.Order order(String reference, String user) {
    return order(reference, user, false);
  }

  private static Jobs.Order order(String reference, String user, boolean writes) {
    return new Jobs.Order(
        reference,
        user,
        "en",
        "session",
        Optional.empty(),
        "wf",
        "step",
        writes,
        List.of(),
        List.of(),
        List.of());
  }

  private static List<Invocation> chain(String script) {
    return List.of(
        new Invocation(
            "step",
            "sh",
            List.of("-c", script),
            List.of(),
            Role.REPORT,
            List.of(0),
            Optional.empty(),
            Limits.NONE,
            new RunAs.Service(),
            false,
            List.of()));
  }

  private static Program program() {
    return new Program(
        "sh",
        Path.of("/bin/sh"),
        Map.of(),
        UTF_8,
        Duration.ofSeconds(40),
        10,
        1 << 20,
        4_096,
        Optional.empty(),
        Set.of(0),
        Set.of(new RunAs.Service()),
        Program.Breaker.DEFAULT);
  }

  private String waitFor(String file) {
    return "while [ ! -e " + folder.resolve(file) + " ]; do sleep 0.01; done";
  }

  private List<Entry> wishes() {
    return store.scan(Kind.JOB, "cancel.", 10).stream()
        .filter(entry -> entry.key().id().startsWith("cancel."))
        .toList();
  }

  private void awaitNoWishes() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!wishes().isEmpty()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
