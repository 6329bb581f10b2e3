package org.hitc.listener.program;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hitc.channel.Refusal;
import org.hitc.channel.os.Poller;
import org.hitc.listener.config.Program;
import org.hitc.workflow.model.RunAs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayName("A job")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProgramRunnerTest {
  private static final String NODE = "node-7";
  private static final String INSTANCE = "test-" + ProcessHandle.current().pid();
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final Poller poller;
  private final ProgramRunner runner;

  ProgramRunnerTest() throws IOException {
    poller = Poller.open();
    runner = new ProgramRunner(poller, INSTANCE, NODE, "Europe/Berlin", Optional.empty());
  }

  @BeforeAll
  void setUp() {
    ProcessSetup.apply();
  }

  @AfterAll
  void tearDown() throws IOException {
    runner.close();
    poller.close();
  }

  @Nested
  @DisplayName("gives a program")
  final class Gives {
    @Test
    @DisplayName("exactly these variables")
    void environment() {
      Program env = program("/usr/bin/env", Map.of("FIS_DATA", "/data", "LANG", "de_DE.UTF-8"));
      Recorder recorder = new Recorder();
      JobResult result =
          run(
              new Job("ENV-1", "anna", "de", Optional.empty(), List.of(step(env, List.of()))),
              recorder);
      assertThat(result.succeeded()).isTrue();
      assertThat(recorder.text().lines())
          .containsExactlyInAnyOrder(
              "FIS_DATA=/data",
              "HITC_INSTANCE=" + INSTANCE,
              "HITC_NODE=" + NODE,
              "HITC_JOB=ENV-1",
              "HITC_LANGUAGE=de",
              "HITC_USER=anna",
              "LANG=de_DE.UTF-8",
              "PATH=/usr/bin:/bin",
              "TZ=Europe/Berlin");
    }

    @Test
    @DisplayName("descriptors 0 to 2 and no other")
    void descriptors() {
      // The shell's own listing opens the folder itself: one descriptor more, of ls alone.
      assertThat(sh("for f in 0 1 2 3 4 5 6 7 8 9; do [ -e /proc/$$/fd/$f ] && echo $f; done; :"))
          .isEqualTo("0\n1\n2\n");
      assertThat(output("/bin/ls", "/proc/self/fd").lines()).containsExactly("0", "1", "2", "3");
    }

    @Test
    @DisplayName("a session and a process group of its own")
    void session() {
      assertThat(
              sh(
                  "read pid comm state ppid pgrp session rest </proc/$$/stat; "
                      + "[ $pid = $pgrp ] && [ $pid = $session ] && echo own"))
          .isEqualTo("own\n");
    }

    @Test
    @DisplayName("default signals, none ignored, none blocked")
    void signals() {
      List<String> masks =
          output("/bin/cat", "/proc/self/status").lines().filter(l -> l.startsWith("Sig")).toList();
      // glibc's posix_spawn leaves its own two signals, 32 and 33, ignored; no program sees them.
      assertThat(masks)
          .contains(
              "SigBlk:\t0000000000000000",
              "SigIgn:\t0000000180000000",
              "SigCgt:\t0000000000000000");
    }

    @Test
    @DisplayName("umask 077, no core file, a sane number of open files, and / to stand in")
    void limits() {
      assertThat(sh("umask; ulimit -c; ulimit -n; pwd"))
          .isEqualTo("0077\n0\n" + ProcessSetup.OPEN_FILES + "\n/\n");
    }

    @Test
    @DisplayName("its registered folder, when it has one")
    void folder() {
      Program pwd = with(program("/bin/pwd", Map.of()), Optional.of(Path.of("/usr/lib")));
      Recorder recorder = new Recorder();
      run(job(step(pwd, List.of())), recorder);
      assertThat(recorder.text()).isEqualTo("/usr/lib\n");
    }

    @Test
    @DisplayName("its arguments literally, whatever a shell would make of them")
    void arguments() {
      String[] hostile = {
        "", "; id", "$(id)", "`id`", "*", "~", "-n", "a b", "'\"\\", "é€😀", "a\nb"
      };
      StringBuilder expected = new StringBuilder();
      for (String value : hostile) {
        expected.append('<').append(value).append(">\n");
      }
      List<String> args = new ArrayList<>(List.of("<%s>\\n"));
      args.addAll(List.of(hostile));
      Recorder recorder = new Recorder();
      run(job(step(program("/usr/bin/printf", Map.of()), args)), recorder);
      assertThat(new String(recorder.bytes(), UTF_8)).isEqualTo(expected.toString());
    }

    @Test
    @DisplayName("each input line with its line end, and then the end")
    void input() {
      Recorder recorder = new Recorder();
      Program cat = program("/bin/cat", Map.of());
      run(job(Step.of(cat, List.of(), List.of("2026-06", "", "anna"))), recorder);
      assertThat(recorder.text()).isEqualTo("2026-06\n\nanna\n");
    }
  }

  @Nested
  @DisplayName("refuses before the start")
  final class Refuses {
    @Test
    @DisplayName("an unpaired surrogate, which Java would turn into a question mark")
    void surrogate() {
      assertThat(refusal(UTF_8, 100, "a\ud800b")).isEqualTo(Refusal.ARG_ENCODING);
      assertThat(refusal(UTF_8, 100, "\udc00")).isEqualTo(Refusal.ARG_ENCODING);
    }

    @Test
    @DisplayName("what the program's own character set lacks")
    void unmappable() {
      assertThat(refusal(ISO_8859_1, 100, "€")).isEqualTo(Refusal.ARG_ENCODING);
    }

    @Test
    @DisplayName("NUL")
    void nul() {
      assertThat(refusal(UTF_8, 100, "a\0b")).isEqualTo(Refusal.ARG_CHARSET);
    }

    @Test
    @DisplayName("an argument of one byte too many, counted in bytes")
    void length() {
      assertThat(refusal(UTF_8, 63, "x".repeat(64))).isEqualTo(Refusal.ARG_LEN);
      assertThat(refusal(UTF_8, 63, "é".repeat(32))).isEqualTo(Refusal.ARG_LEN);
      assertThat(refusal(UTF_8, 200_000, "x".repeat(131_072 * 2))).isEqualTo(Refusal.ARG_LEN);
    }

    @Test
    @DisplayName("a line end or NUL inside an input line")
    void lineEnds() {
      Program cat = program("/bin/cat", Map.of());
      for (String line : List.of("a\nb", "a\r", "a\0")) {
        Recorder recorder = new Recorder();
        JobResult result = run(job(Step.of(cat, List.of(), List.of(line))), recorder);
        assertThat(result.last().end().refusal()).contains(Refusal.ARG_CHARSET);
        assertThat(recorder.started()).isEmpty();
      }
    }

    @Test
    @DisplayName("a program that is not there, by name")
    void missing() {
      JobResult result =
          run(job(step(program("/nowhere/at/all", Map.of()), List.of())), new Recorder());
      assertThat(result.last().end().refusal()).contains(Refusal.JOB_START);
    }

    private Refusal refusal(Charset encoding, int maxArgument, String argument) {
      Program echo = custom("/bin/echo", Map.of(), encoding, maxArgument, Optional.empty(), 50);
      Recorder recorder = new Recorder();
      JobResult result = run(job(step(echo, List.of(argument))), recorder);
      assertThat(recorder.started()).isEmpty();
      assertThat(recorder.text()).isEmpty();
      return result.last().end().refusal().orElseThrow();
    }
  }

  @Nested
  @DisplayName("tells apart")
  final class TellsApart {
    @Test
    @DisplayName("every exit code")
    void exits() {
      for (int code = 0; code < 256; code++) {
        JobResult result = run(job(shell("exit " + code)), new Recorder());
        assertThat(result.last().end()).isEqualTo(new ProgramEnd.Exited(code));
        assertThat(result.succeeded()).isEqualTo(code == 0);
      }
    }

    @Test
    @DisplayName("exit 139 and a segmentation fault")
    void segmentationFault() {
      assertThat(run(job(shell("kill -SEGV $$")), new Recorder()).last().end())
          .isEqualTo(new ProgramEnd.Signalled(11));
      assertThat(run(job(shell("exit 139")), new Recorder()).last().end())
          .isEqualTo(new ProgramEnd.Exited(139));
    }
  }

  @Nested
  @DisplayName("stops its chain")
  final class Stops {
    @Test
    @DisplayName("at the first program that does not succeed")
    void guard() {
      Recorder recorder = new Recorder();
      JobResult result =
          run(job(shell("echo 1"), shell("echo no >&2; exit 1"), shell("echo 3")), recorder);
      assertThat(recorder.text()).isEqualTo("1\n");
      assertThat(result.results()).hasSize(2);
      assertThat(recorder.ended()).isEqualTo(result.results());
      assertThat(new String(result.last().stderr(), UTF_8)).isEqualTo("no\n");
    }

    @Test
    @DisplayName("but not at an exit code that the step calls a success")
    void oddIsSuccess() {
      Step vms = shell("exit 1");
      Step odd =
          new Step(
              vms.program(),
              vms.args(),
              List.of(),
              Set.of(1),
              Duration.ofDays(1),
              1 << 20,
              new RunAs.Service());
      Recorder recorder = new Recorder();
      assertThat(run(job(odd, shell("echo 2")), recorder).succeeded()).isTrue();
      assertThat(recorder.text()).isEqualTo("2\n");
    }
  }

  @Nested
  @DisplayName("ends")
  final class Ends {
    @Test
    @DisplayName("although a program never reads the 10 MB it is given")
    void neverReads() {
      List<String> lines = Collections.nCopies(2_560, "x".repeat(4_095));
      Program sleep = program("/bin/true", Map.of());
      JobResult result = run(job(Step.of(sleep, List.of(), lines)), new Recorder());
      assertThat(result.succeeded()).isTrue();
      Step asleep = Step.of(program("/bin/sleep", Map.of()), List.of("0.3"), lines);
      assertThat(run(job(asleep), new Recorder()).succeeded()).isTrue();
    }

    @Test
    @DisplayName("after feeding 10 MB to a program that answers with all of it")
    void feeds() {
      List<String> lines = Collections.nCopies(2_560, "x".repeat(4_095));
      Recorder recorder = new Recorder();
      assertThat(
              run(job(Step.of(program("/bin/cat", Map.of()), List.of(), lines)), recorder)
                  .succeeded())
          .isTrue();
      assertThat(recorder.bytes()).hasSize(2_560 * 4_096);
    }

    @Test
    @DisplayName("soon after its program, although a grandchild keeps stdout open")
    void grandchild() throws Exception {
      Recorder recorder = new Recorder();
      Instant begin = Instant.now();
      JobResult result = run(job(shell("sleep 60 & echo $!")), recorder);
      assertThat(result.succeeded()).isTrue();
      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(3));
      assertThat(gone(recorder.text())).isTrue();
    }

    @Test
    @DisplayName("and what left its session is dead within a second")
    void leftSession() throws Exception {
      Recorder recorder = new Recorder();
      JobResult result =
          run(
              job(
                  shell(
                      "setsid sh -c 'sleep 60 & echo $! $$; exec >/dev/null 2>&1; wait' & sleep 0.2")),
              recorder);
      assertThat(result.succeeded()).isTrue();
      String[] pids = recorder.text().strip().split(" ");
      assertThat(pids).hasSize(2);
      for (String pid : pids) {
        assertThat(gone(pid)).isTrue();
      }
    }

    @Test
    @DisplayName("and what hid its job is dead as well")
    void hidden() throws Exception {
      Recorder recorder = new Recorder();
      run(
          job(shell("env -i setsid sh -c 'echo $$; exec sleep 60 >/dev/null 2>&1' & sleep 0.2")),
          recorder);
      assertThat(recorder.text()).isNotBlank();
      assertThat(gone(recorder.text())).isTrue();
    }

    @Test
    @DisplayName("at its time limit, although the program ignores every signal it can")
    void timeout() throws Exception {
      Step deaf = shell("trap '' TERM HUP INT; echo $$; while :; do sleep 60; done");
      Step limited =
          new Step(
              deaf.program(),
              deaf.args(),
              List.of(),
              Set.of(0),
              Duration.ofMillis(300),
              1 << 20,
              new RunAs.Service());
      Recorder recorder = new Recorder();
      assertThat(run(job(limited), recorder).last().end()).isEqualTo(new ProgramEnd.TimedOut());
      assertThat(gone(recorder.text())).isTrue();
    }

    @Test
    @DisplayName("when more is printed than may be, with exactly what may be")
    void outputLimit() {
      Program yes = program("/usr/bin/yes", Map.of());
      Step limited =
          new Step(
              yes,
              List.of(),
              List.of(),
              Set.of(0),
              Duration.ofDays(1),
              100_001,
              new RunAs.Service());
      Recorder recorder = new Recorder();
      JobResult result = run(job(limited), recorder);
      assertThat(result.last().end()).isEqualTo(new ProgramEnd.OutputLimit());
      assertThat(recorder.bytes()).hasSize(100_001);
      assertThat(result.last().outputBytes()).isEqualTo(100_001);
    }

    @Test
    @DisplayName("when what it prints is not taken, for the reason that is given")
    void notTaken() throws Exception {
      Recorder full =
          new Recorder() {
            @Override
            public synchronized void output(Program program, byte[] bytes, int offset, int length)
                throws NotTakenException {
              super.output(program, bytes, offset, length);
              throw new NotTakenException(Refusal.STORE, "no space");
            }
          };
      JobResult result = run(job(shell("echo $$; exec sleep 60"), shell("echo 2")), full);
      assertThat(result.results()).hasSize(1);
      assertThat(result.last().end()).isEqualTo(new ProgramEnd.NotTaken(Refusal.STORE, "no space"));
      assertThat(gone(full.text())).isTrue();
    }

    @Test
    @DisplayName("with the first 64 KiB of a flood on stderr")
    void stderrFlood() {
      JobResult result = run(job(shell("head -c 3000000 /dev/zero >&2")), new Recorder());
      assertThat(result.succeeded()).isTrue();
      assertThat(result.last().stderr()).hasSize(Pump.MAX_STDERR);
    }

    @Test
    @DisplayName("when it is cancelled")
    void cancelled() throws Exception {
      Recorder recorder = new Recorder();
      RunningJob running = runner.start(job(shell("sleep 60"), shell("echo 2")), recorder);
      while (recorder.started().isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      running.cancel();
      JobResult result = running.result().get(5, TimeUnit.SECONDS);
      assertThat(result.last().end().refusal()).contains(Refusal.JOB_CANCELLED);
      assertThat(result.results()).hasSize(1);
    }
  }

  @Test
  @DisplayName("waits for its turn when its program may not run twice, and can be cancelled there")
  void concurrent() throws Exception {
    Program once = custom("/bin/sleep", Map.of(), UTF_8, 100, Optional.empty(), 1);
    RunningJob first = runner.start(job(step(once, List.of("30"))), new Recorder());
    Recorder waiting = new Recorder();
    TimeUnit.MILLISECONDS.sleep(100);
    RunningJob second = runner.start(job(step(once, List.of("30"))), waiting);
    TimeUnit.MILLISECONDS.sleep(200);
    assertThat(waiting.started()).isEmpty();
    second.cancel();
    assertThat(second.result().get(5, TimeUnit.SECONDS).last().end().refusal())
        .contains(Refusal.JOB_CANCELLED);
    first.cancel();
    first.result().get(5, TimeUnit.SECONDS);
    assertThat(waiting.started()).isEmpty();
  }

  @Test
  @DisplayName("is one of 200 at once on few threads")
  void many() throws Exception {
    List<RunningJob> running = new ArrayList<>();
    long before = osThreads();
    for (int i = 0; i < 200; i++) {
      Step sleep = step(program("/bin/sleep", Map.of()), List.of("1.5"));
      running.add(runner.start(job(sleep), new Recorder()));
    }
    assertThat(osThreads() - before).isLessThan(10);
    for (RunningJob job : running) {
      assertThat(job.result().get(20, TimeUnit.SECONDS).succeeded()).isTrue();
    }
  }

  @Test
  @DisplayName("cannot trace the listener")
  void notTraceable() throws IOException {
    assertThat(Files.getAttribute(Path.of("/proc/self/fd"), "unix:uid")).isEqualTo(0);
    assertThat(sh("grep -c . /proc/" + ProcessHandle.current().pid() + "/stat")).isEqualTo("1\n");
  }

  private static long osThreads() throws IOException {
    try (var tasks = Files.list(Path.of("/proc/self/task"))) {
      return tasks.count();
    }
  }

  /** True as soon as the process is gone, false when it lives on for a second and more. */
  private static boolean gone(String pid) throws InterruptedException {
    Path process = Path.of("/proc", pid.strip());
    for (int i = 0; i < 150; i++) {
      if (!Files.exists(process)) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return false;
  }

  private String sh(String script) {
    Recorder recorder = new Recorder();
    run(job(shell(script)), recorder);
    return recorder.text();
  }

  private String output(String path, String... args) {
    Recorder recorder = new Recorder();
    run(job(step(program(path, Map.of()), List.of(args))), recorder);
    return recorder.text();
  }

  private JobResult run(Job job, JobObserver observer) {
    return runner.start(job, observer).result().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static Job job(Step... steps) {
    return new Job(
        "T-" + NUMBERS.incrementAndGet(), "anna", "en", Optional.empty(), List.of(steps));
  }

  private static Step shell(String script) {
    return step(program("/bin/sh", Map.of()), List.of("-c", script));
  }

  private static Step step(Program program, List<String> args) {
    return Step.of(program, args, List.of());
  }

  private static Program program(String path, Map<String, String> environment) {
    return custom(path, environment, UTF_8, 100_000, Optional.empty(), 300);
  }

  private static Program with(Program program, Optional<Path> folder) {
    return custom(program.path().toString(), Map.of(), UTF_8, 100, folder, 10);
  }

  private static Program custom(
      String path,
      Map<String, String> environment,
      Charset encoding,
      int maxArgument,
      Optional<Path> folder,
      int concurrent) {
    return new Program(
        path,
        Path.of(path),
        environment,
        encoding,
        Duration.ofSeconds(20),
        concurrent,
        100L << 20,
        maxArgument,
        folder,
        Set.of(0),
        Set.of(new RunAs.Service()),
        Program.Breaker.DEFAULT);
  }
}
