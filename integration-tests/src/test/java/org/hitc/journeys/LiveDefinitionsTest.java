package org.hitc.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Definitions are changed while the product runs; nobody restarts anything. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveDefinitionsTest {
  /** 2 s are promised on a machine that does nothing else. */
  private static final Duration SOON = Duration.ofSeconds(4);

  /** Longer than it takes until a changed file is noticed. */
  private static final Duration LONGER = Duration.ofSeconds(5);

  private static final String FIRST_JOB =
      """
      workflow: first_job
      title: My first job
      roles: [everyone]
      steps:
        - run: list_periods
          output: text
      """;

  private final Product product = Product.start();
  private final Browser browser = new Browser(product.site()).signIn("anna");

  @AfterAll
  void stop() {
    product.close();
  }

  private static void soon(ThrowingRunnable happens) {
    await().atMost(SOON).pollInterval(Duration.ofMillis(50)).untilAsserted(happens);
  }

  private String home() {
    return browser.get("/").words();
  }

  @Test
  void a_changed_title_is_there_within_two_seconds() throws IOException {
    String definition = Files.readString(product.workflow("closing"));

    product.addWorkflow(
        "closing", definition.replace("Trial closing of the month", "Trial closing of June"));

    soon(() -> assertThat(home()).contains("Trial closing of June"));
    product.addWorkflow("closing", definition);
    soon(() -> assertThat(home()).contains("Trial closing of the month"));
  }

  @Test
  void a_broken_file_is_named_with_line_and_column_and_the_old_one_goes_on() throws Exception {
    String definition = Files.readString(product.workflow("b12"));
    String old = home();

    product.addWorkflow("b12", definition.replace("title: Which budget?", "titel: Which budget?"));

    product.awaitLog(
        "listener", "b12.yaml was not loaded; the version from before is still in use");
    assertThat(product.log("listener")).containsPattern("b12\\.yaml:[0-9]+:[0-9]+: error: .*titel");
    assertThat(product.audit("config-loaded", "b12.yaml", "\"accepted\":false")).isNotEmpty();
    assertThat(home()).isEqualTo(old);
    Browser.Page form = browser.get("/w/b12");
    assertThat(browser.submit(form, Map.of("period", "2026-06", "account", "204110")).words())
        .contains("12,386.75");
    product.addWorkflow("b12", definition);
  }

  /** The smallest there is: five lines below its name. */
  @Test
  void a_new_file_is_offered_and_works_and_a_removed_one_is_gone() throws IOException {
    product.addWorkflow("first_job", FIRST_JOB);

    soon(() -> assertThat(home()).contains("My first job"));
    assertThat(browser.get("/w/first_job").words()).contains("2026-06 (open)");

    Files.delete(product.workflow("first_job"));
    soon(() -> assertThat(home()).doesNotContain("My first job"));
    assertThat(browser.get("/w/first_job").status()).isEqualTo(404);
  }

  @Test
  void a_file_that_is_broken_from_the_beginning_is_not_offered() throws Exception {
    product.addWorkflow("unheard_of", FIRST_JOB.replace("list_periods", "rm_everything"));

    product.awaitLog("listener", "unheard_of.yaml was not loaded; the workflow is not offered");
    assertThat(browser.get("/w/unheard_of").status()).isEqualTo(404);
    Files.delete(product.workflow("unheard_of"));
  }

  @Test
  void a_file_that_others_may_write_is_not_believed() throws Exception {
    product.addWorkflow("open", FIRST_JOB.replace("first_job", "open"));
    Path file = product.workflow("open");
    soon(() -> assertThat(browser.get("/w/open").status()).isEqualTo(200));
    Files.setPosixFilePermissions(
        file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-rw-rw-"));
    Files.writeString(file, FIRST_JOB.replace("first_job", "open").replace("My first", "Her"));

    product.awaitLog("listener", "open.yaml was not loaded");
    assertThat(home()).contains("My first job").doesNotContain("Her job");
    Files.delete(file);
  }

  @Test
  void words_in_another_language_come_and_hostile_ones_leave_the_old_ones_in_use()
      throws Exception {
    Browser german = new Browser(product.site(), "de").signIn("anna");
    Path words = product.workflow("closing").resolveSibling("closing/messages");
    Files.createDirectories(words);
    Path file = words.resolve("messages_de.properties");
    Files.writeString(file, "title = Probeabschluss\nclose.title = {ledgers} B\u00fccher\n");
    soon(() -> assertThat(german.get("/").words()).contains("Probeabschluss"));

    Files.writeString(file, "title = <b>Abschluss</b>\nclose.title = {books} B\u00fccher\n");
    product.awaitLog("listener", "closing.yaml was not loaded; the version from before");
    assertThat(product.log("listener"))
        .contains(
            file + ":1: error: L10: title: ",
            file + ":2: error: L03: close.title: nothing fills in {books}");
    assertThat(german.get("/").words()).contains("Probeabschluss").doesNotContain("<b>");
    Files.delete(file);
    soon(() -> assertThat(german.get("/").words()).contains("Trial closing of the month"));
  }

  @Test
  void a_visit_that_has_begun_goes_on_with_its_own_definition() throws Exception {
    String definition = Files.readString(product.workflow("budget_12"));
    Browser.Page form = browser.get("/w/budget_12");

    product.define(
        "budget_12",
        definition
            .replace("label: Account, pic: 9(6)", "label: Number, pic: 9(3)")
            .replace("Budget of account", "Ledger of account"));
    Browser.Page report =
        browser.submit(
            form, Map.of("account", "204110", "period", form.option("period", "2026-06")));
    Browser.Page next = browser.get("/w/budget_12");

    assertThat(report.words()).contains("Budget of account 204110", "12,386.75");
    assertThat(browser.get(report.at() + "/again").words()).contains("Budget of account 204110");
    assertThat(next.words()).contains("Number");
    assertThat(
            browser
                .submit(
                    next, Map.of("account", "204110", "period", next.option("period", "2026-06")))
                .status())
        .isEqualTo(422);
    product.define("budget_12", definition);
  }

  @Test
  void without_the_role_of_today_an_old_visit_does_not_go_on() throws Exception {
    String definition = Files.readString(product.workflow("b12"));
    Browser.Page form = browser.get("/w/b12");

    product.define("b12", definition.replace("[fis_user]", "[auditor]"));
    Browser.Page refused = browser.submit(form, Map.of("period", "2026-06", "account", "204110"));

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.words()).doesNotContain("12,386.75");
    product.define("b12", definition);
  }

  @Test
  void a_program_can_be_registered_changed_and_taken_away() throws Exception {
    product.addProgram("greet", "#!/bin/sh\necho good morning\n");
    product.define(
        "greeting", FIRST_JOB.replace("first_job", "greeting").replace("list_periods", "greet"));
    assertThat(browser.get("/w/greeting").words()).contains("good morning");

    Path register = product.folder().resolve("etc/programs.yaml");
    String registered = Files.readString(register);
    Files.writeString(register, registered.replaceFirst(" {2}greet: .*\n", ""));

    // The old definition still serves, but what it names is not to be run any more.
    soon(() -> assertThat(browser.get("/w/greeting").words()).doesNotContain("good morning"));
    assertThat(browser.get("/w/greeting").status()).isGreaterThanOrEqualTo(400);
    assertThat(browser.budget("204110", "2026-06").words()).contains("12,386.75");
    Files.delete(product.workflow("greeting"));
  }

  @Test
  void a_register_with_an_error_changes_nothing() throws Exception {
    Path register = product.folder().resolve("etc/programs.yaml");
    String registered = Files.readString(register);

    Files.writeString(register, registered.replace("concurrent: 4", "concurrent: many"));

    product.awaitLog("listener", "nothing was reloaded; what ran before is still in use");
    assertThat(product.log("listener")).containsPattern("programs\\.yaml:[0-9]+:[0-9]+: error: ");
    assertThat(browser.budget("204110", "2026-06").words()).contains("12,386.75");
    Files.writeString(register, registered);
  }

  @Test
  void a_hang_up_signal_reads_everything_and_nothing_else_happens() throws InterruptedException {
    long pid = product.pid("listener");
    long before = readings();

    product.signal("HUP", "listener");

    soon(() -> assertThat(readings()).isGreaterThan(before));
    Thread.sleep(LONGER.dividedBy(5));
    assertThat(product.pid("listener")).isEqualTo(pid);
    assertThat(browser.budget("204110", "2026-06").words()).contains("12,386.75");
  }

  private long readings() {
    return product.log("listener").lines().filter(l -> l.contains("were read again")).count();
  }

  /** One sign is missing: what the programmer sees, what the user sees. */
  @Test
  void a_picture_without_its_minus_makes_no_table_and_names_the_sign() throws Exception {
    product.define(
        "unsigned",
        Files.readString(product.workflow("b12"))
            .replace("workflow: b12", "workflow: unsigned")
            .replace(
                "column: balance, position: 63, pic: \"ZZ,ZZZ,ZZ9.99-\"",
                "column: balance, position: 63, pic: \"ZZ,ZZZ,ZZ9.99\""));

    Browser.Page refused =
        browser.submit(
            browser.get("/w/unsigned"), Map.of("period", "2026-06", "account", "204110"));

    assertThat(refused.words())
        .contains("The printout could not be read as a table", "BUDGET_12 ACCOUNT 204110");
    assertThat(refused.body()).contains("<pre").doesNotContain("<table");
    assertThat(product.log("listener").lines().filter(l -> l.contains("unsigned.budget_12")))
        .anySatisfy(line -> assertThat(line).contains("E-ROWS-SYNTAX", "page ", "line ", "sign"));
    Files.delete(product.workflow("unsigned"));
  }
}
