package org.hitc.redteam.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.hitc.redteam.Siege;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The listener is killed as it enters each system call by which a change leaves it: the claim of
 * the request, the records of the audit log, the commits of the store, the reply, the removal of
 * the request. {@code strace} does it, so that the point is exact.
 */
@DisplayName("A listener that is killed at each point of a change")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillPointsTest {
  private static final Path STRACE = Path.of("/usr/bin/strace");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern JOB = Pattern.compile("\"job\":\"([^\"]+)\"");

  /** More calls than one thread makes for one change; the sweep ends earlier, at the last one. */
  private static final int MOST = 40;

  private Product product;
  private Path done;
  private Browser browser;

  @BeforeAll
  void start() throws Exception {
    Siege.requireReal();
    Assumptions.assumeTrue(Files.isExecutable(STRACE), "needs strace, to kill at exact points");
    product = Product.start();
    done = product.scratch().resolve("paid");
    product.addProgram("pay", "#!/bin/sh\nread amount\necho done >> '" + done + "'\n");
    product.define(
        "pay",
        """
        workflow: pay
        title: Pay
        roles: [everyone]
        steps:
          - form: ask
            title: How much?
            fields:
              amount: { label: Amount, pic: 9(3) }
          - confirm: check
            title: Is this right?
          - run: pay
            stdin: [$amount]
            writes: true
          - done: paid
            title: It is paid
        """);
    browser = new Browser(product.site()).signIn("anna");
  }

  @AfterAll
  void stop() {
    if (product != null) {
      product.close();
    }
  }

  @Test
  @DisplayName("163: does it once or never, says which, and what is not known is never repeated")
  void atEachPoint() throws Exception {
    List<String> table = new ArrayList<>();
    for (String call : List.of("renameat2", "write", "fsync", "unlinkat")) {
      int nth = 1;
      while (nth <= MOST && killedAt(call, nth, table)) {
        nth++;
      }
      assertThat(nth).as(call + " is called and the sweep has an end").isBetween(2, MOST);
    }
    table.forEach(System.out::println);
    Product.run(
        Product.command(
            List.of("audit", "verify", product.folder().resolve("state/audit.log").toString())));
  }

  /** False when the change was over before the call came that often. */
  private boolean killedAt(String call, int nth, List<String> table) throws Exception {
    Browser.Page question = browser.submit(browser.get("/w/pay"), Map.of("amount", "100"));
    int before = paid();
    int audited = product.audit().lines().toList().size();
    long starts = product.starts("listener");
    long listener = product.pid("listener");
    Process killer = attach(listener, call, nth);
    CompletableFuture<Browser.Page> pressed =
        CompletableFuture.supplyAsync(() -> browser.copy().press(question));
    boolean died = diesBefore(pressed, listener);
    killer.destroy();
    assertThat(killer.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    pressed.handle((page, error) -> page).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (died) {
      product.awaitStarts("listener", starts + 1);
    }
    int after = paid();

    Browser.Page again = browser.press(question);

    String point = "%s %d".formatted(call, nth);
    String shown = shown(again);
    table.add(
        "%-14s %-10s ran before the end: %d; pressed again: %s"
            .formatted(point, died ? "killed" : "not killed", after - before, shown));
    assertThat(paid() - before).as(point + ": " + again.words()).isLessThanOrEqualTo(1);
    if (shown.equals("paid")) {
      assertThat(paid() - before).as(point).isEqualTo(1);
    }
    assertOneOutcomeEach(product.audit().lines().skip(audited).toList(), point);
    return died;
  }

  private static String shown(Browser.Page page) {
    if (page.words().contains("It is paid")) {
      return "paid";
    }
    assertThat(page.words())
        .containsAnyOf("It is not known how this ended", "Check before you try again");
    return "not known";
  }

  /** And one that was not started says so. */
  private static void assertOneOutcomeEach(List<String> records, String point) {
    for (String accepted : containing(records, "job-accepted", "")) {
      Matcher job = JOB.matcher(accepted);
      assertThat(job.find()).isTrue();
      List<String> ends = containing(records, "job-ended", job.group(1));
      assertThat(ends).as(point + "\n" + String.join("\n", records)).hasSize(1);
      if (ends.getFirst().contains("not started")) {
        assertThat(containing(records, "program-started", job.group(1))).as(point).isEmpty();
      }
    }
  }

  private static List<String> containing(List<String> records, String event, String part) {
    return records.stream()
        .filter(r -> r.contains("\"event\":\"" + event + "\"") && r.contains(part))
        .toList();
  }

  private Process attach(long listener, String call, int nth) throws IOException {
    Process killer =
        new ProcessBuilder(
                STRACE.toString(),
                "-f",
                "-qq",
                "-p",
                Long.toString(listener),
                "-e",
                "trace=" + call,
                "-e",
                "inject=" + call + ":signal=SIGKILL:when=" + nth,
                "-o",
                "/dev/null")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    await().atMost(PATIENCE).until(() -> isTraced(listener));
    return killer;
  }

  /** All its threads are, or it has met its point already. */
  private static boolean isTraced(long process) throws IOException {
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + process + "/task"))) {
      for (Path thread : (Iterable<Path>) threads::iterator) {
        if (Files.readString(thread.resolve("status")).contains("TracerPid:\t0\n")) {
          return false;
        }
      }
    } catch (NoSuchFileException _) {
      return !Files.exists(Path.of("/proc/" + process));
    }
    return true;
  }

  private static boolean diesBefore(CompletableFuture<Browser.Page> pressed, long listener)
      throws InterruptedException {
    Path process = Path.of("/proc/" + listener);
    await().atMost(PATIENCE).until(() -> pressed.isDone() || !Files.exists(process));
    // The last records are written after the answer has gone.
    TimeUnit.MILLISECONDS.sleep(300);
    return !Files.exists(process);
  }

  private int paid() throws IOException {
    return Files.exists(done) ? Files.readAllLines(done).size() : 0;
  }
}
