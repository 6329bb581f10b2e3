package org.hitc.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The listener is killed at the worst moments: nothing is lost in silence, nothing done twice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListenerDiesTest {
  private static final Duration CLEAR_PAGE_WITHIN = Duration.ofSeconds(6);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Product product = Product.start();

  /** A program that works until it is killed, as far as a test can see. */
  @BeforeAll
  void add_a_report_that_takes_a_minute() throws IOException, InterruptedException {
    product.addProgram("slow", "#!/bin/sh\necho begun\nsleep 60\necho done\n");
    product.define(
        "slow",
        """
        workflow: slow
        title: A slow report
        roles: [fis_user]
        steps:
          - form: ask
            title: How slow?
            fields:
              word: { label: Word, pic: X(10) }
          - run: slow
            args: [$word]
            output: text
        """);
  }

  @AfterAll
  void stop() {
    product.close();
  }

  @Test
  void during_a_report_the_browser_gets_a_clear_page_and_the_job_is_lost()
      throws InterruptedException {
    Browser anna = new Browser(product.site()).signIn("anna");
    Browser.Page form = anna.get("/w/slow");
    CompletableFuture<Browser.Page> asked =
        CompletableFuture.supplyAsync(() -> anna.submit(form, Map.of("word", "a")));
    String job = jobOf("\"program-started\"", "\"program\":\"slow\"");
    long program = pidOfProgram(job);
    long starts = product.starts("listener");

    Instant killed = Instant.now();
    product.signal("KILL", "listener");
    Browser.Page page = asked.join();
    Duration waited = Duration.between(killed, Instant.now());
    System.out.println("a clear page after " + waited.toMillis() + " ms");

    assertThat(waited).isLessThan(CLEAR_PAGE_WITHIN);
    assertThat(page.status()).isEqualTo(503);
    assertThat(page.words())
        .contains("It is not known whether")
        .doesNotContain("begun")
        .doesNotContain("Exception");

    product.awaitStarts("listener", starts + 1);
    assertThat(anna.budget("204110", "2026-06").words()).contains("12,386.75");
    assertThat(audit(job, "\"event\":\"job-ended\""))
        .singleElement()
        .asString()
        .contains("\"outcome\":\"failed E-JOB-LOST\"");
    assertThat(audit(job, "\"event\":\"job-accepted\"")).hasSize(1);
    assertThat(audit(job, "\"event\":\"program-started\"")).hasSize(1);
    assertThat(runs(program)).as("the program that was left running still runs").isFalse();
  }

  @Test
  void a_request_in_the_spool_is_done_once_or_refused_by_name() throws InterruptedException {
    Browser anna = new Browser(product.site()).signIn("anna");
    Browser.Page form = anna.get("/w/budget_12");
    Map<String, String> values =
        Map.of("account", "204120", "period", form.option("period", "2026-06"));
    List<Path> before = spool();
    int lines = (int) product.audit().lines().count();
    long starts = product.starts("listener");

    product.signal("STOP", "listener");
    CompletableFuture<Browser.Page> asked =
        CompletableFuture.supplyAsync(() -> anna.submit(form, values));
    await().atMost(PATIENCE).until(() -> !before.containsAll(spool()));
    product.signal("KILL", "listener");
    Browser.Page page = asked.join();
    product.awaitStarts("listener", starts + 1);
    await().atMost(PATIENCE).until(() -> before.containsAll(spool()));

    List<String> since = product.audit().lines().skip(lines).toList();
    long accepted = since.stream().filter(l -> l.contains("\"step\":\"budget\"")).count();
    long refused =
        since.stream()
            .filter(l -> l.contains("\"event\":\"refused\"") && l.contains("request "))
            .count();
    System.out.printf("answered %d, done %d, refused %d%n", page.status(), accepted, refused);
    assertThat(accepted + refused).as("%s%nafter%n%s", page.words(), since).isEqualTo(1);
    if (page.status() == 200) {
      assertThat(accepted).isEqualTo(1);
      assertThat(page.words()).contains("Budget of account 204120");
    } else {
      assertThat(page.status()).isEqualTo(503);
    }
  }

  @Test
  void sessions_and_older_pages_outlive_it() throws InterruptedException {
    Browser anna = new Browser(product.site()).signIn("anna");
    Browser.Page report = anna.budget("204110", "2026-06");

    product.killAndAwaitRestart("listener");

    assertThat(anna.get(report.at()).body()).isEqualTo(report.body());
  }

  @Test
  void the_audit_log_of_all_its_lives_is_one_chain() throws InterruptedException {
    product.killAndAwaitRestart("listener");
    Path log = product.folder().resolve("state/audit.log");

    // Throws when the command says that it is not.
    Product.run(Product.command(List.of("audit", "verify", log.toString())));
  }

  private String jobOf(String... parts) {
    await().atMost(PATIENCE).until(() -> !audit(parts).isEmpty());
    var job = Pattern.compile("\"job\":\"([^\"]+)\"").matcher(audit(parts).getLast());
    assertThat(job.find()).isTrue();
    return job.group(1);
  }

  /** A zombie, whom nobody has asked for its status yet, does not run. */
  private static boolean runs(long pid) {
    try {
      String status = Files.readString(Path.of("/proc", Long.toString(pid), "status"));
      return !status.contains("State:\tZ");
    } catch (IOException _) {
      return false;
    }
  }

  private long pidOfProgram(String job) {
    var pid =
        Pattern.compile("\"pid\":([0-9]+)").matcher(audit(job, "\"program-started\"").getLast());
    assertThat(pid.find()).isTrue();
    return Long.parseLong(pid.group(1));
  }

  private List<String> audit(String... parts) {
    return product.audit().lines().filter(l -> Stream.of(parts).allMatch(l::contains)).toList();
  }

  private List<Path> spool() {
    try (Stream<Path> files = Files.list(product.jobs())) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
