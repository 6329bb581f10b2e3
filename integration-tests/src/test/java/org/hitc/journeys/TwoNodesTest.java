package org.hitc.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.hitc.it.TwoNodes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One installation on two nodes, whichever of them a request comes to. */
@DisplayName("Two nodes")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoNodesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern JOB = Pattern.compile("\"job\":\"([^\"]+)\"");

  private TwoNodes nodes;
  private Path paid;

  @BeforeAll
  void start() throws Exception {
    nodes = TwoNodes.start();
    paid = Files.createTempFile("hitc-paid-", "");
    Files.setPosixFilePermissions(
        paid, java.nio.file.attribute.PosixFilePermissions.fromString("rw-rw-rw-"));
    for (Product node : List.of(nodes.a(), nodes.b())) {
      node.addProgram("pay", "#!/bin/sh\nread amount\nsleep 0.2\necho done >> '" + paid + "'\n");
      node.addProgram("slow", "#!/bin/sh\nsleep 60\n");
      node.define(
          Map.of(
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
              """,
              "slow",
              """
              workflow: slow
              title: A slow report
              roles: [everyone]
              steps:
                - form: ask
                  title: How slow?
                  fields:
                    word: { label: Word, pic: X(10) }
                - run: slow
                  args: [$word]
                  output: text
              """));
    }
  }

  @AfterAll
  void stop() throws IOException {
    if (nodes != null) {
      nodes.close();
      Files.deleteIfExists(paid);
    }
  }

  private Browser atA(String user) {
    return new Browser(nodes.a().site()).signIn(user);
  }

  private Browser alsoAtB(Browser browser) {
    return TwoNodes.sameSession(browser, nodes.b());
  }

  @Test
  void a_session_begun_at_one_goes_on_at_the_other_with_its_visits_and_pages() {
    Browser here = atA("anna");
    Browser.Page form = here.get("/w/budget_12");

    Browser there = alsoAtB(here);
    Browser.Page report =
        there.submit(form, Map.of("account", "204110", "period", form.option("period", "2026-06")));

    assertThat(report.words()).contains("Budget of account 204110", "12,386.75");
    assertThat(here.get(report.at()).body()).isEqualTo(report.body());
  }

  @Test
  @DisplayName("93: signed out at one is signed out at both within a second")
  void signedOut() {
    Browser here = atA("anna");
    Browser there = alsoAtB(here);
    assertThat(there.get("/jobs").at()).isEqualTo("/jobs");
    Browser copy = here.copy();

    Instant before = Instant.now();
    here.post("/logout", Map.of());

    assertThat(there.get("/jobs").at()).startsWith("/login");
    assertThat(copy.get("/jobs").at()).startsWith("/login");
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void the_same_ticket_submitted_to_both_at_once_runs_once() throws Exception {
    Browser here = atA("anna");
    Browser there = alsoAtB(here);
    for (int round = 1; round <= 10; round++) {
      Browser.Page question = here.submit(here.get("/w/pay"), Map.of("amount", "100"));
      long before = lines();

      List<CompletableFuture<Browser.Page>> pressed = new ArrayList<>();
      for (Browser browser : List.of(here, there)) {
        pressed.add(CompletableFuture.supplyAsync(() -> browser.copy().press(question)));
      }
      for (CompletableFuture<Browser.Page> page : pressed) {
        page.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }

      await().atMost(PATIENCE).until(() -> here.press(question).words().contains("It is paid"));
      assertThat(there.press(question).words()).contains("It is paid");
      assertThat(lines() - before).as("round " + round).isEqualTo(1);
    }
  }

  private long lines() throws IOException {
    return Files.readAllLines(paid).size();
  }

  @Test
  @DisplayName("100: without the server both refuse clearly and soon, with it they go on")
  void serverAway() {
    Browser here = atA("anna");
    Browser there = alsoAtB(here);
    String report = here.budget("204110", "2026-06").at();

    nodes.server().kill();
    try {
      for (Browser browser : List.of(here, there)) {
        Instant before = Instant.now();
        Browser.Page refused = browser.getOnly("/jobs");
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(6));
        assertThat(refused.status()).as(refused.words()).isEqualTo(503);
        assertThat(refused.words()).doesNotContain("Exception", "postgres");
      }
    } finally {
      nodes.server().begin();
    }

    for (Browser browser : List.of(here, there)) {
      await().atMost(PATIENCE).until(() -> browser.getOnly("/jobs").status() == 200);
      assertThat(browser.get(report).words()).contains("12,386.75");
    }
  }

  @Test
  void a_job_that_runs_at_one_is_seen_and_cancelled_at_the_other() throws IOException {
    Browser here = atA("bert");
    Browser there = alsoAtB(here);
    Browser.Page form = here.get("/w/slow");
    CompletableFuture<Browser.Page> asked =
        CompletableFuture.supplyAsync(() -> here.copy().submit(form, Map.of("word", "x")));
    await()
        .atMost(PATIENCE)
        .until(() -> !nodes.a().audit("program-started", "\"program\":\"slow\"").isEmpty());
    var job = JOB.matcher(nodes.a().audit("program-started", "\"program\":\"slow\"").getLast());
    assertThat(job.find()).isTrue();

    assertThat(there.get("/jobs").words()).contains(job.group(1));
    assertThat(begins(there, "/jobs/" + job.group(1))).contains("Running");
    there.post("/jobs/" + job.group(1) + "/cancel", Map.of());

    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> !nodes.a().audit("job-ended", job.group(1)).isEmpty());
    assertThat(nodes.a().audit("job-ended", job.group(1)).getFirst()).contains("cancelled");
    assertThat(there.get("/jobs").words()).contains(job.group(1) + " Cancelled");
    asked.handle((page, error) -> page).join();
  }

  /** The page of a job that runs is not whole before it ends, or for most of a minute. */
  private static String begins(Browser browser, String path) throws IOException {
    StringBuilder page = new StringBuilder();
    byte[] piece = new byte[8192];
    try (InputStream in = browser.stream(path).body()) {
      for (int n = in.read(piece); n >= 0 && page.indexOf("id=\"log\"") < 0; n = in.read(piece)) {
        page.append(new String(piece, 0, n, StandardCharsets.UTF_8));
      }
    }
    return page.toString();
  }

  @Test
  void the_death_of_one_is_not_felt_at_the_other() throws InterruptedException {
    Browser here = atA("anna");
    Browser there = alsoAtB(here);
    String report = here.budget("204110", "2026-06").at();

    nodes.a().signal("KILL", "listener");

    assertThat(there.get(report).words()).contains("12,386.75");
    assertThat(there.budget("204120", "2026-06").words()).contains("Budget of account 204120");
    await().atMost(PATIENCE).until(() -> here.getOnly("/jobs").status() == 200);
    assertThat(here.get(report).words()).contains("12,386.75");
  }
}
