package org.hitc.redteam.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.hitc.redteam.Siege;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** 119: between "the program ran" and "its outcome is stored" the listener is killed. */
@DisplayName("A listener that is killed around a program that writes")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Pattern JOB = Pattern.compile("\"job\":\"([^\"]+)\"");

  private Product product;
  private Path done;

  @BeforeAll
  void start() throws Exception {
    Siege.requireReal();
    product = Product.start();
    done = product.scratch().resolve("pay");
    program("pay_slow", "echo begun >> '" + done + "'\nsleep 30\necho done >> '" + done + "'\n");
    program("pay_fast", "echo done >> '" + done + "'\n");
  }

  private void program(String name, String script) throws IOException, InterruptedException {
    product.addProgram(name, "#!/bin/sh\nread amount\n" + script);
    product.define(
        name,
        """
        workflow: NAME
        title: Pay
        roles: [everyone]
        steps:
          - form: ask
            title: How much?
            fields:
              amount: { label: Amount, pic: 9(3) }
          - confirm: check
            title: Is this right?
          - run: NAME
            stdin: [$amount]
            writes: true
          - done: paid
            title: It is paid
        """
            .replace("NAME", name));
  }

  @AfterAll
  void stop() {
    if (product != null) {
      product.close();
    }
  }

  private List<String> lines() throws IOException {
    return Files.exists(done) ? Files.readAllLines(done) : List.of();
  }

  private static Browser.Page question(Browser browser, String workflow) {
    return browser.submit(browser.get("/w/" + workflow), java.util.Map.of("amount", "100"));
  }

  private String lastJob() {
    var job = JOB.matcher(product.audit("job-accepted", "\"writes\":true").getLast());
    assertThat(job.find()).isTrue();
    return job.group(1);
  }

  private void kill(long starts) throws InterruptedException {
    product.signal("KILL", "listener");
    product.awaitStarts("listener", starts + 1);
  }

  @Test
  @DisplayName(
      "while it runs: nobody knows how it ended, everybody is told so, it never runs again")
  void whileItRuns() throws Exception {
    Browser browser = new Browser(product.site()).signIn("anna");
    Browser.Page question = question(browser, "pay_slow");
    int before = lines().size();
    long starts = product.starts("listener");
    CompletableFuture<Browser.Page> pressed =
        CompletableFuture.supplyAsync(() -> browser.copy().press(question));
    await().atMost(PATIENCE).until(() -> lines().size() == before + 1);
    String job = lastJob();

    kill(starts);
    pressed.handle((page, error) -> page).join();

    Browser.Page page = browser.get("/jobs/" + job);
    assertThat(page.words())
        .contains("It is not known how this ended", "Check before you try again.", job)
        .doesNotContain("Try again:", "Run again");
    assertThat(browser.get("/jobs").words()).contains(job + " Not known");
    Browser.Page again = browser.press(question);
    assertThat(again.words()).contains("It is not known how this ended", job);
    assertThat(browser.press(browser.get(question.at())).words())
        .contains("It is not known how this ended", job);
    assertThat(product.audit(job, "program-started")).hasSize(1);
    assertThat(product.audit(job, "job-ended"))
        .singleElement()
        .asString()
        .contains("\"outcome\":\"unknown\"");
    assertThat(lines().subList(before, lines().size())).containsExactly("begun");
  }

  @Test
  @DisplayName("just after it: there is a receipt or nobody knows, and it has run once")
  void justAfterIt() throws Exception {
    for (int round = 0; round < 3; round++) {
      Browser browser = new Browser(product.site()).signIn("anna");
      Browser.Page question = question(browser, "pay_fast");
      int before = lines().size();
      long starts = product.starts("listener");
      CompletableFuture<Browser.Page> pressed =
          CompletableFuture.supplyAsync(() -> browser.copy().press(question));
      while (lines().size() == before) {
        Thread.onSpinWait();
      }
      kill(starts);
      pressed.handle((page, error) -> page).join();
      String job = lastJob();

      Browser.Page again = browser.press(question);

      assertThat(again.words()).containsAnyOf("It is paid", "It is not known how this ended");
      assertThat(again.words()).contains(job);
      assertThat(lines()).hasSize(before + 1);
      assertThat(product.audit(job, "job-ended")).hasSize(1);
    }
  }

  @Test
  @DisplayName("leaves the others their work: a new visit pays as always")
  void afterwards() throws Exception {
    product.killAndAwaitRestart("listener");
    Browser browser = new Browser(product.site()).signIn("bert");
    int before = lines().size();

    assertThat(browser.press(question(browser, "pay_fast")).words()).contains("It is paid");

    assertThat(lines()).hasSize(before + 1);
  }
}
