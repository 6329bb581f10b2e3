package org.hitc.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.net.URI;
import java.util.Map;
import org.hitc.it.Axe;
import org.hitc.it.Browser;
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
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of page, looked at by axe-core: on a desk and on a telephone, in both languages. */
@ParameterizedClass(name = "{0} pixels, {1}")
@CsvSource({"1280,en", "320,de"})
@ExtendWith({SharedChromium.class, SharedProduct.class})
class BarriersTest {
  private final Browser browser;
  private final Chromium.Window window;
  private final Page page;

  BarriersTest(int width, String language, Product product, Chromium chromium) {
    this.browser = new Browser(product.site());
    this.window = chromium.open(product.site(), Chromium.Script.ON, language);
    this.page = window.page();
    page.setViewportSize(width, 800);
  }

  @BeforeEach
  void sign_in() {
    browser.signIn("anna");
    page.navigate("/login");
    page.locator("#user").fill("anna");
    page.locator("#password").fill("demo");
    page.locator("main button").click();
    page.waitForURL("/");
  }

  @AfterEach
  void closeWindow() {
    window.close();
  }

  private void clean(String path) {
    page.navigate(path);
    assertThat(Axe.violations(page)).as(path).isEmpty();
  }

  private Browser.Page mail(String address) {
    Requirements.others();
    return browser.submit(
        browser.get("/w/mail_forward"), Map.of("forward_to", address, "keep_copy", "yes"));
  }

  @Test
  void the_frame_and_the_pages_that_lead_elsewhere() {
    clean("/");
    clean("/?find=budget");
    clean("/help");
    clean("/accessibility");
    clean("/session?next=/w/budget_12");
    clean("/sessions");
    clean("/nowhere");
  }

  @Test
  void the_sign_in_before_it_and_after_the_session_has_ended() {
    Requirements.others();
    page.navigate("/w/mail_forward");
    page.locator("#field-forward_to").fill("barriers@example.org");
    Cookie session = page.context().cookies().getFirst();
    Browser other = new Browser(URI.create(page.url()));
    other.useToken(session.value);
    other.post("/logout", Map.of());
    page.locator("main button").click();
    page.locator("main a[href^='/login']").waitFor();
    assertThat(Axe.violations(page)).as("what was sent after the end").isEmpty();
    page.locator("main a[href^='/login']").click();
    page.locator("#user").waitFor();
    assertThat(Axe.violations(page)).as("the sign-in, after the end").isEmpty();
    page.context().clearCookies();
    clean("/login?next=/w/budget_12");
    clean("/login?out=1");
  }

  @Test
  void the_warning_before_the_session_ends() {
    Requirements.others();
    page.navigate("/w/mail_forward");
    page.evaluate("document.getElementById('session').showModal()");
    assertThat(Axe.violations(page)).as("the warning").isEmpty();
  }

  @Test
  void a_form_and_a_form_with_errors() {
    clean("/w/budget_12");
    Requirements.others();
    clean("/w/mail_forward");
    page.navigate("/w/budget_12");
    page.locator("#field-account").fill("12x");
    page.locator("main button").click();
    page.locator(".summary").waitFor();
    assertThat(Axe.violations(page)).as("a form with errors").isEmpty();
  }

  @Test
  void a_report_its_rows_and_its_printout() {
    Browser.Page report = browser.budget("204110", "2026-06");

    clean(report.at());
    clean(report.at() + "?sort=-spent");
    clean(report.at() + "?find=salaries");
    clean(report.at() + "?find=nowhere");
    clean(report.at() + "?as=text");
    clean(report.found(java.util.regex.Pattern.compile("href=\"(/w/[^\"]+/row/[^\"]+)\"")));
  }

  @Test
  void a_question_and_a_receipt() {
    Browser.Page question = mail("barriers@example.org");
    clean(question.at());
    Browser.Page receipt = browser.press(question);

    clean(receipt.at());
    clean(receipt.at() + "?done=1");
  }

  @Test
  void what_was_refused_or_went_wrong() {
    clean(browser.budget("999999", "2026-06").at());
    clean(browser.budget("204110", "2026-05").at());
    clean(browser.get("/w/wrong_total").at());
  }

  @Test
  void a_job_while_it_runs_and_the_list_of_jobs() {
    Browser.Page begun = browser.submitOnly(browser.get("/w/closing"), Map.of("ledgers", "9"));
    String job = begun.headers().firstValue("Location").orElseThrow();

    clean("/jobs");
    clean(job + "/cancel");
    page.navigate(
        job,
        new Page.NavigateOptions()
            .setWaitUntil(com.microsoft.playwright.options.WaitUntilState.COMMIT));
    page.locator("#log").waitFor();
    page.locator("#ended, .sheet").first().waitFor();
    assertThat(Axe.violations(page)).as("the end of a job").isEmpty();
  }
}
