package org.hitc.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Pattern;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.hitc.it.SharedProduct;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What belongs to one person, one tab and one page stays there. */
@ExtendWith(SharedProduct.class)
class SessionJourneyTest {
  private static final Pattern ACTION = Pattern.compile("method=\"post\" action=\"(/w/[^\"]+)\"");
  private static final Pattern TICKET = Pattern.compile("name=\"ticket\" value=\"([^\"]+)\"");

  private final Product product;
  private final Browser browser;

  SessionJourneyTest(Product product) {
    this.product = product;
    this.browser = new Browser(product.site());
  }

  @Nested
  class Signing_out {

    @Test
    void says_so_and_after_it_back_shows_no_report() {
      String report = browser.signIn("anna").budget("204110", "2026-06").at();

      Browser.Page out = browser.post("/logout", Map.of());
      Browser.Page back = browser.get(report);

      assertThat(out.words()).contains("You have signed out");
      assertThat(back.at()).startsWith("/login?next=");
      assertThat(back.words()).doesNotContain("118,752.50");
    }

    @Test
    void ends_the_session_in_every_browser_that_holds_its_token() {
      String report = browser.signIn("anna").budget("204110", "2026-06").at();
      Browser copy = new Browser(product.site());
      copy.useToken(browser.token());
      assertThat(copy.get(report).status()).isEqualTo(200);

      browser.post("/logout", Map.of());

      Browser.Page after = copy.get(report);
      assertThat(after.at()).startsWith("/login?next=");
      assertThat(after.words()).doesNotContain("118,752.50");
    }

    @Test
    void leaves_another_session_of_the_same_user_alone() {
      Browser other = new Browser(product.site()).signIn("anna");

      browser.signIn("anna").post("/logout", Map.of());

      assertThat(other.get("/").at()).isEqualTo("/");
    }
  }

  @Nested
  class Two_tabs {

    @Test
    void with_two_accounts_do_not_mix_in_whatever_order_they_are_used() {
      browser.signIn("anna");
      Browser.Page first = browser.get("/w/budget_12");
      Browser.Page second = browser.get("/w/budget_12");

      Browser.Page of204120 = submit(second, "204120");
      Browser.Page of204110 = submit(first, "204110");

      assertThat(of204120.words()).contains("Budget of account 204120");
      assertThat(of204110.words()).contains("Budget of account 204110");
      assertThat(browser.get(of204120.at()).body()).isEqualTo(of204120.body());
      assertThat(browser.get(of204110.at()).body()).isEqualTo(of204110.body());
    }

    @Test
    void cannot_lend_each_other_a_choice() {
      browser.signIn("anna");
      Browser.Page first = browser.get("/w/budget_12");
      String foreign = browser.get("/w/budget_12").option("period", "2026-06");

      Browser.Page refused = browser.submit(first, Map.of("account", "204110", "period", foreign));

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.words()).doesNotContain("118,752.50");
    }

    private Browser.Page submit(Browser.Page form, String account) {
      return browser.submit(
          form, Map.of("account", account, "period", form.option("period", "2026-06")));
    }
  }

  @Nested
  class A_form {

    @Test
    void with_the_ticket_of_another_page_does_nothing() {
      browser.signIn("anna");
      Browser.Page form = browser.get("/w/budget_12");
      String other = browser.get("/w/budget_12").found(TICKET);

      Browser.Page refused = post(form, other, form.option("period", "2026-06"));

      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.words()).doesNotContain("118,752.50");
    }

    @Test
    void with_a_choice_that_nobody_was_offered_is_refused_and_keeps_the_account() {
      browser.signIn("anna");
      Browser.Page form = browser.get("/w/budget_12");

      Browser.Page refused = post(form, form.found(TICKET), "2026-06");

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.words()).doesNotContain("118,752.50");
    }

    private Browser.Page post(Browser.Page form, String ticket, String period) {
      return browser.post(
          form.found(ACTION), Map.of("ticket", ticket, "v.account", "204110", "v.period", period));
    }
  }

  @Nested
  class The_address_of_somebody_else_s_page {

    @Test
    void opens_nothing_for_bert_that_anna_saw() {
      String report = browser.signIn("anna").budget("204110", "2026-06").at();
      Browser bert = new Browser(product.site()).signIn("bert");

      Browser.Page refused = bert.get(report);

      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.words()).doesNotContain("118,752.50").doesNotContain("204110");
    }

    @Test
    void gives_bert_no_file_of_it_either() {
      String report = browser.signIn("anna").budget("204110", "2026-06").at();
      Browser bert = new Browser(product.site()).signIn("bert");

      assertThat(bert.download(report + "/download/csv").statusCode()).isEqualTo(403);
      assertThat(bert.download(report + "/download/original").statusCode()).isEqualTo(403);
    }
  }

  @Nested
  class Help_from_the_service_desk {
    private static final Pattern REFERENCE =
        Pattern.compile("Reference(?:</[^>]*>)? <bdi dir=\"ltr\">([^<]+)</bdi>");

    @Test
    void starts_from_the_reference_on_the_page_which_names_the_job_in_the_audit_log() {
      Browser.Page report = browser.signIn("anna").budget("204110", "2026-06");

      String reference = report.found(REFERENCE);

      assertThat(product.audit().lines().filter(line -> line.contains(reference)))
          .anySatisfy(line ->
              assertThat(line)
                  .contains("\"event\":\"job-accepted\"", "\"user\":\"anna\"", "\"budget12\""))
          .anySatisfy(line ->
              assertThat(line)
                  .contains("\"event\":\"program-ended\"", "\"program\":\"authorize\"", "exit 0"))
          .anySatisfy(line -> assertThat(line).contains("\"event\":\"job-ended\""));
    }

    @Test
    void works_for_a_refusal_too() {
      Browser.Page refused = browser.signIn("bert").budget("204110", "2026-06");

      String reference = refused.found(REFERENCE);

      assertThat(product.audit().lines().filter(line -> line.contains(reference)))
          .anySatisfy(line ->
              assertThat(line)
                  .contains("\"event\":\"program-ended\"", "\"program\":\"authorize\"", "exit 1"))
          .noneSatisfy(line ->
              assertThat(line)
                  .contains("\"event\":\"program-started\"", "\"program\":\"budget12\""));
    }
  }

  @Nested
  class A_browser_that_prefers_German {

    @Test
    void gets_german_words_from_the_first_page_to_the_report() {
      Browser german = new Browser(product.site(), "de-AT,de;q=0.9,en;q=0.5");

      assertThat(german.get("/login").words()).contains("Anmelden", "Benutzername", "Passwort");
      assertThat(german.signIn("anna").get("/").words()).contains("Was möchten Sie tun?");
      Browser.Page form = german.get("/w/budget_12");
      assertThat(form.body()).contains("<html lang=\"de\"");
      Browser.Page report =
          german.submit(
              form, Map.of("account", "204110", "period", form.option("period", "2026-06")));
      assertThat(report.words()).contains("4 Zeilen, Summen stimmen mit dem Bericht überein");
      assertThat(report.words()).contains("118.752,50", "−3.210,75");
    }

    @Test
    void gets_its_mistakes_explained_in_german() {
      Browser german = new Browser(product.site(), "de").signIn("anna");

      Browser.Page form = german.budget("20411", "2026-06");

      assertThat(form.status()).isEqualTo(422);
      assertThat(form.words()).contains("Es gibt ein Problem");
      assertThat(form.body()).contains("<title>Fehler:");
    }
  }
}
