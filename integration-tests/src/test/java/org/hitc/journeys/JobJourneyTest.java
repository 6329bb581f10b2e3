package org.hitc.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.hitc.it.SharedProduct;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A program that takes its time, as somebody without a script sees it. */
@ExtendWith(SharedProduct.class)
class JobJourneyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Product product;
  private final Browser browser;

  JobJourneyTest(Product product) {
    this.product = product;
    this.browser = new Browser(product.site());
  }

  @BeforeEach
  void sign_in() {
    browser.signIn("anna");
  }

  /** Begins a closing; the address of its job. */
  private String begin(int seconds) {
    Browser.Page form = browser.get("/w/closing");
    Browser.Page begun = browser.submitOnly(form, Map.of("ledgers", Integer.toString(seconds)));
    assertThat(begun.status()).isEqualTo(303);
    return begun.headers().firstValue("Location").orElseThrow();
  }

  @Test
  void has_a_page_of_its_own_within_a_second_or_so() {
    Browser.Page form = browser.get("/w/closing");
    long before = System.nanoTime();

    Browser.Page begun = browser.submitOnly(form, Map.of("ledgers", "5"));

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
    String job = begun.headers().firstValue("Location").orElseThrow();
    assertThat(job).matches("/jobs/[0-9A-Z]{4}-[0-9A-Z]{2}");
    browser.post(job + "/cancel", Map.of());
  }

  @Test
  void a_number_is_read_in_the_language_of_the_page_it_was_typed_on() {
    Browser german = new Browser(product.site(), "de").signIn("anna");
    Browser.Page refused = german.submitOnly(german.get("/w/closing"), Map.of("ledgers", "1.000"));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.words()).contains("muss zwischen 1 und 99 liegen");

    Browser.Page form = german.get("/w/closing?ledgers=1.000");
    assertThat(form.body()).contains("value=\"1,000\"");
    Browser.Page begun = german.submitOnly(form, Map.of("ledgers", "1,000"));
    assertThat(begun.status()).isEqualTo(303);
  }

  @Test
  void shows_what_the_program_prints_as_it_prints_it_and_then_the_way_to_the_result()
      throws IOException {
    String job = begin(4);
    StringBuilder page = new StringBuilder();
    HttpResponse<InputStream> response = browser.stream(job);
    long end;
    long first = 0;
    try (InputStream in = response.body()) {
      byte[] piece = new byte[8192];
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        page.append(new String(piece, 0, n, StandardCharsets.UTF_8));
        if (first == 0 && page.indexOf("reading ledger 1 of 4") >= 0) {
          first = System.nanoTime();
        }
      }
      end = System.nanoTime();
    }

    assertThat(first).as("something was seen").isPositive();
    assertThat(Duration.ofNanos(end - first)).isGreaterThan(Duration.ofMillis(1200));
    assertThat(response.headers().map()).doesNotContainKey("Refresh");
    assertThat(page.toString())
        .doesNotContain("http-equiv")
        .contains("ALL LEDGERS AGREE", "Finished.", "Show the result", "Cancel", "Check again");
    assertThat(browser.get(job).words())
        .contains("Trial closing of 4 ledgers", "ALL LEDGERS AGREE", "Printed page 1 of 1");
  }

  @Test
  void stands_on_the_home_page_and_under_my_jobs_while_it_runs() {
    String job = begin(30);

    assertThat(browser.get("/").words()).contains("Running now", "Trial closing of the month");
    Browser.Page jobs = browser.get("/jobs");
    assertThat(jobs.body()).contains("href=\"" + job + "\"").contains("state-running");
    browser.post(job + "/cancel", Map.of());
  }

  @Test
  void is_cancelled_after_a_question_and_by_nothing_but_its_answer() {
    String job = begin(30);

    Browser.Page question = browser.get(job + "/cancel");

    assertThat(question.words()).contains("Cancel this?", "Yes, cancel it", "No, let it run");
    assertThat(browser.get("/jobs").body()).contains("state-running");
    browser.post(job + "/cancel", Map.of());
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(browser.get(job).words()).contains("This was cancelled"));
    assertThat(browser.get("/jobs").words()).contains("Cancelled");
    assertThat(product.audit(job.substring("/jobs/".length()), "job-ended", "cancelled"))
        .hasSize(1);
  }

  @Test
  void is_nobody_else_s_business() {
    String job = begin(30);
    Browser bert = new Browser(product.site()).signIn("bert");

    assertThat(bert.get(job).status()).isEqualTo(404);
    assertThat(bert.get(job + "/output?from=0").status()).isEqualTo(404);
    assertThat(bert.post(job + "/cancel", Map.of()).status()).isEqualTo(404);
    assertThat(bert.get("/jobs").body()).doesNotContain(job);
    assertThat(browser.get("/jobs").body()).contains(job, "state-running");
    browser.post(job + "/cancel", Map.of());
  }

  @Test
  void gives_what_it_printed_from_any_place_on() {
    String job = begin(30);
    await()
        .atMost(PATIENCE)
        .until(() -> browser.get(job + "/output?from=0").body().contains("ledger 2"));

    Browser.Page rest = browser.get(job + "/output?from=14");

    assertThat(rest.body()).startsWith("reading ledger 1 of 30");
    assertThat(rest.headers().firstValue("Hitc-State")).hasValue("running");
    assertThat(browser.get(job + "/output?from=-1").status()).isBetween(400, 499);
    assertThat(browser.get(job + "/output?from=99999999999999999999").status()).isBetween(400, 499);
    browser.post(job + "/cancel", Map.of());
  }

  @Test
  void is_found_again_by_its_reference_in_the_audit_log() {
    String job = begin(2).substring("/jobs/".length());

    await().atMost(PATIENCE).until(() -> !product.audit(job, "job-ended", "done").isEmpty());
    assertThat(product.audit(job, "program-started", "close12")).hasSize(1);
    assertThat(browser.get("/jobs").found(Pattern.compile("(/jobs/" + job + ")"))).isNotEmpty();
  }
}
