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

/** From a link in a mail, through a form, to a report and the rows behind it. */
@ExtendWith(SharedProduct.class)
class ReportJourneyTest {
  private static final Pattern NEXT = Pattern.compile("name=\"next\" value=\"([^\"]*)\"");
  private static final Pattern ROW = Pattern.compile("href=\"(/w/[^\"]+/row/[^\"]+)\"");
  private static final Pattern CRUMB = Pattern.compile("<li><a href=\"(/w/[^\"]+)\"");
  private static final Pattern WAY_BACK = Pattern.compile("class=\"button\" href=\"(/w/[^\"]+)\"");

  private final Browser browser;

  ReportJourneyTest(Product product) {
    this.browser = new Browser(product.site());
  }

  @Nested
  class A_link_in_a_mail {
    private static final String LINK = "/w/budget_12?account=204110";

    @Test
    void leads_to_the_sign_in_that_says_where_one_was_going() {
      Browser.Page signIn = browser.get(LINK);

      assertThat(signIn.at()).startsWith("/login?next=");
      assertThat(signIn.found(NEXT)).isEqualTo(LINK);
      assertThat(signIn.words()).contains("You were going to").contains(LINK);
    }

    @Test
    void leads_after_the_sign_in_to_the_form_with_the_account_filled_in() {
      String next = browser.get(LINK).found(NEXT);

      Browser.Page form = browser.post("/login", signIn(next));

      assertThat(form.status()).isEqualTo(200);
      assertThat(form.words()).contains("Which budget?");
      assertThat(form.body()).contains("name=\"v.account\" value=\"204110\"");
    }

    @Test
    void survives_a_wrong_password() {
      Map<String, String> wrong =
          Map.of("user", "bert", "password", "wrong", "idle", "30", "next", LINK);

      assertThat(browser.post("/login", wrong).found(NEXT)).isEqualTo(LINK);
    }

    @Test
    void to_another_site_leads_home_instead() {
      assertThat(browser.post("/login", signIn("//elsewhere.example/w/budget_12")).at())
          .isEqualTo("/");
    }

    private Map<String, String> signIn(String next) {
      return Map.of("user", "anna", "password", "demo", "idle", "30", "next", next);
    }
  }

  @Nested
  class The_rows_behind_a_row {

    @Test
    void are_one_link_away_and_the_report_is_still_as_it_was() {
      Browser.Page report = browser.signIn("anna").budget("204110", "2026-06");

      Browser.Page transactions = browser.get(report.found(ROW));

      assertThat(transactions.status()).isEqualTo(200);
      assertThat(transactions.words())
          .contains("Transactions of object 061100, account 204110")
          .contains("118,752.50");
      assertThat(browser.get(report.at()).body()).isEqualTo(report.body());
    }

    @Test
    void name_the_report_above_them_as_the_way_back() {
      Browser.Page report = browser.signIn("anna").budget("204110", "2026-06");

      Browser.Page transactions = browser.get(report.found(ROW));

      assertThat(transactions.all(CRUMB)).contains(report.at());
    }

    @Test
    void are_there_for_every_row_but_the_total() {
      Browser.Page report = browser.signIn("anna").budget("204110", "2026-06");

      assertThat(report.all(ROW)).hasSize(4).doesNotHaveDuplicates();
      assertThat(report.all(ROW))
          .allSatisfy(row -> assertThat(browser.get(row).status()).isEqualTo(200));
    }

    @Test
    void cannot_be_reached_by_a_row_that_was_not_shown() {
      Browser.Page report = browser.signIn("anna").budget("204110", "2026-06");
      Browser.Page other = browser.budget("204120", "2026-06");
      String foreign = other.found(ROW).replaceFirst(".*/", "");

      Browser.Page refused = browser.get(report.at() + "/row/" + foreign);

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.words()).doesNotContain("Transactions of object");
    }
  }

  @Nested
  class A_closed_period {

    @Test
    void is_offered_and_says_that_it_is_closed() {
      Browser.Page form = browser.signIn("anna").get("/w/budget_12");

      assertThat(form.words())
          .containsSubsequence("2026-06 (open)", "2026-05 (closed)", "2026-04 (open)");
    }

    @Test
    void is_refused_in_the_program_s_words() {
      Browser.Page stopped = browser.signIn("anna").budget("204110", "2026-05");

      assertThat(stopped.status()).isEqualTo(403);
      assertThat(stopped.words()).contains("period 2026-05 is closed").doesNotContain("%FIS");
    }

    @Test
    void leaves_a_way_back_to_the_form_with_the_account_still_filled_in() {
      Browser.Page stopped = browser.signIn("anna").budget("204110", "2026-05");

      Browser.Page form = browser.get(stopped.found(WAY_BACK));

      assertThat(form.body()).contains("name=\"v.account\" value=\"204110\"");
      assertThat(form.words()).contains("Which budget?");
    }

    @Test
    void is_no_dead_end_the_same_form_gives_the_open_one() {
      Browser.Page stopped = browser.signIn("anna").budget("204110", "2026-05");
      Browser.Page form = browser.get(stopped.found(WAY_BACK));
      String open = form.option("period", "2026-06");

      Browser.Page report = browser.submit(form, Map.of("account", "204110", "period", open));

      assertThat(report.words()).contains("12,386.75");
    }
  }

  /** The job of version 1, as it was. */
  @Nested
  class B12 {

    @Test
    void gives_the_table_that_budget_12_gives() {
      browser.signIn("anna");
      Browser.Page form = browser.get("/w/b12");

      Browser.Page report = browser.submit(form, Map.of("period", "2026-06", "account", "204110"));

      assertThat(report.status()).isEqualTo(200);
      assertThat(report.words())
          .contains("Budget of account 204110, period 2026-06")
          .contains("182,000.00", "169,613.25", "12,386.75");
    }

    @Test
    void stops_at_its_first_program_when_the_period_is_closed() {
      browser.signIn("anna");

      Browser.Page stopped =
          browser.submit(browser.get("/w/b12"), Map.of("period", "2026-05", "account", "999999"));

      assertThat(stopped.status()).isEqualTo(403);
      assertThat(stopped.words()).contains("2026-05 is closed").doesNotContain("no access");
    }
  }
}
