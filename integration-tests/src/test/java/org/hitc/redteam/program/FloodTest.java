package org.hitc.redteam.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.hitc.redteam.Probe;
import org.hitc.redteam.Siege;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Too many jobs, the same job twice, and a program that is broken. */
@DisplayName("A program")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FloodTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MOST = 32;

  private Product product;
  private Path broken;

  @BeforeAll
  void start() throws Exception {
    Siege.requireReal();
    product = Product.start();
    broken = product.scratch().resolve("broken");
    product.addProgram("slow", "#!/bin/sh\nsleep 1\necho \"DONE $1\"\n", "concurrent: 1");
    product.addProgram("joined", "#!/bin/sh\nsleep 2\necho \"DONE $1\"\n", "concurrent: 8");
    product.addProgram(
        "shaky",
        "#!/bin/sh\n[ -e '" + broken + "' ] && kill -SEGV $$\necho \"DONE $1\"\n",
        "break_after: 5, pause: 3s");
    product.define(
        Map.of("slow", workflow("slow"), "joined", workflow("joined"), "shaky", workflow("shaky")));
  }

  private static String workflow(String name) {
    return """
    workflow: NAME
    title: Program NAME
    roles: [everyone]
    steps:
      - form: ask
        title: Which?
        fields:
          word: { label: Word, type: text }
      - run: NAME
        args: [$word]
        output: text
    """
        .replace("NAME", name);
  }

  @AfterAll
  void stop() {
    if (product != null) {
      product.close();
    }
  }

  private Browser user(String name) {
    return new Browser(product.site()).signIn(name);
  }

  private static Browser.Page ask(Browser browser, String workflow, String word) {
    return browser.submitOnly(browser.get("/w/" + workflow), Map.of("word", word));
  }

  private static String location(Browser.Page page) {
    return page.headers().firstValue("Location").orElse("");
  }

  @Test
  @DisplayName("48, 112: that one user floods with jobs is still there for the others, in turn")
  void fairQueue() throws Exception {
    Browser anna = user("anna");
    Browser bert = user("bert");
    List<Browser.Page> asked = new ArrayList<>();
    try (ExecutorService many = Executors.newFixedThreadPool(12)) {
      List<CompletableFuture<Browser.Page>> flood =
          IntStream.rangeClosed(1, MOST + 3)
              .mapToObj(
                  i -> CompletableFuture.supplyAsync(() -> ask(anna.copy(), "slow", "w" + i), many))
              .toList();
      flood.forEach(f -> asked.add(f.join()));
    }
    long refused = asked.stream().filter(page -> page.status() == 503).count();
    assertThat(refused).isBetween(1L, 3L);
    assertThat(product.audit("too many jobs of one user")).isNotEmpty();

    long before = System.nanoTime();
    Browser.Page first = ask(bert, "slow", "bert");
    try (Probe _ = Probe.start(product)) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> bert.get(location(first)).words().contains("DONE bert"));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(6));
    assertThat(bert.budget("204120", "2026-06").words()).contains("Budget of account 204120");
    for (Browser.Page page : asked) {
      if (location(page).startsWith("/jobs/")) {
        anna.post(location(page) + "/cancel", Map.of());
      }
    }
    await().atMost(PATIENCE).until(() -> !anna.get("/").words().contains("Running now"));
    assertThat(product.runs("slow")).isLessThan(MOST);
  }

  @Test
  @DisplayName("112: that only reads runs once for two who are one user and ask for the same")
  void coalescing() {
    Browser anna = user("anna");
    int before = product.runs("joined");
    List<String> jobs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      jobs.add(location(ask(anna, "joined", "same")));
    }
    jobs.add(location(ask(anna, "joined", "other")));
    Browser bert = user("bert");
    String berts = location(ask(bert, "joined", "same"));

    for (String job : jobs.subList(0, 2)) {
      await().atMost(PATIENCE).until(() -> anna.get(job).words().contains("DONE same"));
    }
    await().atMost(PATIENCE).until(() -> anna.get(jobs.getLast()).words().contains("DONE other"));
    await().atMost(PATIENCE).until(() -> bert.get(berts).words().contains("DONE same"));
    assertThat(jobs).doesNotHaveDuplicates();
    assertThat(product.runs("joined")).isEqualTo(before + 3);
    assertThat(product.audit("job-joined")).hasSize(1);
  }

  @Test
  @DisplayName(
      "165: that dies of a signal five times is paused, the others are not, and it comes back")
  void circuitBreaker() throws Exception {
    Browser anna = user("anna");
    Files.createFile(broken);
    try (Probe _ = Probe.start(product)) {
      for (int i = 0; i < 5; i++) {
        Browser.Page died = anna.get(location(ask(anna, "shaky", "w" + i)));
        assertThat(died.status()).isEqualTo(500);
        assertThat(died.words()).contains("The program broke off").doesNotContain("signal", "SEGV");
      }
      int runs = product.runs("shaky");
      for (int i = 0; i < 3; i++) {
        Browser.Page paused = anna.get(location(ask(anna, "shaky", "p" + i)));
        assertThat(paused.status()).isEqualTo(503);
        assertThat(paused.words()).contains("This is paused for a moment");
      }
      assertThat(product.runs("shaky")).isEqualTo(runs);
      assertThat(product.audit("program-paused", "shaky")).hasSize(1);
      assertThat(anna.budget("204110", "2026-06").words()).contains("12,386.75");
      Files.delete(broken);
      await()
          .atMost(Duration.ofSeconds(15))
          .pollInterval(Duration.ofMillis(300))
          .until(
              () -> anna.get(location(ask(anna, "shaky", "again"))).words().contains("DONE again"));
      assertThat(product.audit("program-resumed", "shaky")).hasSize(1);
      assertThat(anna.get(location(ask(anna, "shaky", "and again"))).words())
          .contains("DONE and again");
    }
  }
}
