package org.hitc.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.util.regex.Pattern;
import org.hitc.it.Chromium;
import org.hitc.it.Product;
import org.hitc.it.Requirements;
import org.hitc.it.SharedChromium;
import org.hitc.it.SharedProduct;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Every sample in a real browser, with scripts and without: the same journey, the same end. */
@ParameterizedClass(name = "script {0}")
@EnumSource(Chromium.Script.class)
@ExtendWith({SharedChromium.class, SharedProduct.class})
class ChromiumSamplesTest {
  private static final Pattern JOB = Pattern.compile(".*/jobs/.*");
  private static final Pattern RESULT = Pattern.compile(".*/w/closing/.*");

  private final Product product;
  private final Chromium.Script script;
  private final Chromium.Window window;
  private final Page page;

  ChromiumSamplesTest(Chromium.Script script, Product product, Chromium chromium) {
    this.script = script;
    this.product = product;
    this.window = chromium.open(product.site(), script, "en");
    this.page = window.page();
  }

  @BeforeEach
  void sign_in() {
    page.navigate("/");
    page.getByLabel("User").fill("anna");
    page.getByLabel("Password").fill("demo");
    button("Sign in").click();
    assertThat(button("Sign out")).isVisible();
  }

  @AfterEach
  void closeWindow() {
    window.close();
  }

  @Test
  void a_sorted_report_is_still_sorted_on_every_way_back_from_a_row() {
    ask("Budget by object code", "204110");
    page.locator("th a.sort").getByText("Spent").click();
    assertThat(firstRow()).containsText("072300");

    page.locator("tbody tr").last().getByRole(AriaRole.LINK).click();
    assertThat(heading()).hasText("Transactions of object 061100, account 204110");
    page.goBack();
    assertThat(firstRow()).containsText("072300");
    page.goForward();
    assertThat(heading()).containsText("Transactions");
    page.locator("nav.trail a").last().click();
    assertThat(firstRow()).containsText("072300");
    page.goBack();
    page.goBack();
    assertThat(firstRow()).containsText("072300");
    page.goBack();
    assertThat(firstRow()).containsText("061100");
    assertThat(window.complaints()).isEmpty();
  }

  @Test
  void a_row_that_is_looked_for_is_found_and_the_others_come_back() {
    ask("Budget by object code", "204110");
    page.navigate(page.url() + "?find=travel");

    assertThat(page.locator("tbody tr")).hasCount(1);
    page.getByLabel("Find in the rows").fill("salaries");
    button("Find").click();
    assertThat(page.locator("tbody tr")).hasCount(2);
    link("Show all rows").click();
    assertThat(page.locator("tbody tr")).hasCount(4);
    assertThat(window.complaints()).isEmpty();
  }

  @Test
  void a_double_click_changes_the_mail_once_and_a_reload_shows_the_same_receipt()
      throws IOException {
    Requirements.others();
    link("Mail forwarding").click();
    String address = "twice-" + script.name().toLowerCase(java.util.Locale.ROOT) + "@example.org";
    page.getByLabel("Forward to").fill(address);
    page.getByLabel("Keep a copy here").check();
    page.locator("main button").click();
    assertThat(page.locator("#promise")).hasText("Nothing is changed until you press the button.");
    int runs = product.runs("set_forward");
    int done = done();

    button("Change my mail forwarding").dblclick();

    assertThat(heading()).hasText("Mail forwarding changed");
    Locator reference = page.locator(".panel strong");
    String first = reference.innerText();
    page.reload();
    assertThat(heading()).hasText("Mail forwarding changed");
    assertThat(reference).hasText(first);
    assertThat(page.locator("main")).containsText(address);
    assertThat(product.runs("set_forward")).isEqualTo(runs + 1);
    assertThat(done()).isEqualTo(done + 1);

    page.goBack();
    button("Change my mail forwarding").click();
    assertThat(page.locator(".notice")).containsText("This was done already");
    assertThat(reference).hasText(first);
    assertThat(done()).isEqualTo(done + 1);
    assertThat(window.complaints()).isEmpty();
  }

  private int done() {
    return product.forwardings("anna").size();
  }

  @Test
  void an_object_is_chosen_from_the_rows_and_then_what_to_see_of_it() {
    ask("One object in detail", "204110");
    button("Continue").click();
    page.getByLabel("Travel, foreign").check();
    page.getByLabel("Its transactions in this period").check();
    button("Continue").click();

    assertThat(heading()).hasText("Transactions of object 072300, account 204110");
    assertThat(page.locator("tfoot")).containsText("\u2212350.00");
    page.goBack();
    page.getByLabel("The budget of every month").check();
    page.getByLabel("Travel, foreign").check();
    button("Continue").click();
    assertThat(heading()).hasText("Object 072300 of account 204110, month by month");
    assertThat(page.locator("svg[role=img]")).isVisible();
    assertThat(window.complaints()).isEmpty();
  }

  @Test
  void a_long_job_is_followed_to_its_result() {
    close("4");
    assertThat(page).hasURL(JOB);
    assertThat(page.locator("#log")).containsText("reading ledger 3 of 4");

    if (script == Chromium.Script.OFF) {
      link("Show the result").click();
    }

    assertThat(page).hasURL(RESULT);
    assertThat(page.locator("main")).containsText("ALL LEDGERS AGREE");
    assertThat(window.complaints()).isEmpty();
  }

  @Test
  void a_long_job_is_cancelled_after_a_question() {
    close("60");
    assertThat(page).hasURL(JOB);
    page.locator("main .box").getByText("Cancel").click();
    button("Yes, cancel it").click();

    // It may have ended before its page was asked for once more; else the page says so at its end.
    Locator cancelled = page.locator("h1").getByText("This was cancelled");
    cancelled.or(link("Show the result")).first().waitFor();
    if (script == Chromium.Script.OFF && link("Show the result").isVisible()) {
      link("Show the result").click();
    }
    assertThat(cancelled).isVisible();
    link("My jobs").first().click();
    assertThat(page.locator("tbody tr").first()).containsText("Cancelled");
  }

  @Test
  void the_job_of_version_1_gives_the_same_table() {
    link("Budget by object code (as in version 1)").click();
    page.getByLabel("Period").fill("2026-06");
    page.getByLabel("Account").fill("204110");
    button("Continue").click();

    assertThat(page.locator("tfoot")).containsText("12,386.75");
    assertThat(window.complaints()).isEmpty();
  }

  @Test
  void a_wrong_total_is_a_page_that_says_so_and_no_table() {
    link("Budget with a wrong total").click();

    assertThat(heading()).hasText("The rows do not add up to the printed total");
    assertThat(page.locator("table")).hasCount(0);
    assertThat(page.locator("main")).containsText("Reference");
  }

  private void close(String ledgers) {
    link("Trial closing of the month").click();
    page.getByLabel("Ledgers").fill(ledgers);
    page.locator("main button").click();
  }

  private void ask(String workflow, String account) {
    link(workflow).click();
    page.getByLabel("Account").fill(account);
    page.getByLabel("2026-06 (open)").check();
    page.locator("main button").click();
    assertThat(heading()).containsText("Budget of account " + account);
  }

  private Locator heading() {
    return page.locator("h1");
  }

  private Locator firstRow() {
    return page.locator("tbody tr").first();
  }

  private Locator link(String words) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(words).setExact(true));
  }

  private Locator button(String words) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(words).setExact(true));
  }
}
