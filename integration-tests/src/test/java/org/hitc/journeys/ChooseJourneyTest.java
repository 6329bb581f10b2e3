package org.hitc.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.hitc.it.SharedProduct;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The rows of a report become the choices of a form, whose answer selects the next report. */
@ExtendWith(SharedProduct.class)
class ChooseJourneyTest {
  private final Browser browser;
  private Browser.Page choose;

  ChooseJourneyTest(Product product) {
    this.browser = new Browser(product.site());
  }

  @BeforeEach
  void go_to_the_form() {
    browser.signIn("anna");
    Browser.Page ask = browser.get("/w/choose_report");
    Browser.Page report =
        browser.submit(ask, Map.of("account", "204110", "period", ask.option("period", "2026-06")));
    assertThat(report.words()).contains("Budget of account 204110", "Continue");
    choose = browser.press(report);
  }

  private Browser.Page chosen(String object, String what) {
    return browser.submit(
        choose,
        Map.of("object", choose.option("object", object), "what", choose.option("what", what)));
  }

  @Test
  void offers_every_row_of_the_report_by_its_description() {
    assertThat(choose.words())
        .contains("Which object, and what of it?")
        .containsSubsequence(
            "Salaries, academic staff", "Salaries, technical", "Travel, foreign", "Equipment");
  }

  @Test
  void one_answer_leads_to_the_transactions_of_the_chosen_object() {
    Browser.Page report = chosen("Travel, foreign", "Its transactions");

    assertThat(report.words())
        .contains("Transactions of object 072300, account 204110")
        .contains("Refund of unused tickets", "\u22121,150.00", "\u2212350.00");
  }

  @Test
  void the_other_answer_leads_to_another_program_with_a_chart() {
    Browser.Page report = chosen("Salaries, academic staff", "The budget of every month");

    assertThat(report.words())
        .contains("Object 061100 of account 204110, month by month")
        .containsSubsequence("2026-04", "2026-05", "2026-06")
        .contains("118,752.50");
    assertThat(report.body()).contains("<polyline", "role=\"img\"");
  }

  @Test
  void without_an_answer_both_questions_are_named() {
    Browser.Page again = browser.submit(choose, Map.of());

    assertThat(again.status()).isEqualTo(422);
    assertThat(again.body()).contains("href=\"#field-object\"", "href=\"#field-what\"");
  }

  @Test
  void the_form_can_be_answered_again_and_the_first_report_is_still_there() {
    Browser.Page first = chosen("Travel, foreign", "Its transactions");

    Browser.Page second = chosen("Equipment", "Its transactions");

    assertThat(second.words()).contains("Oscilloscope").doesNotContain("Refund");
    assertThat(browser.get(first.at()).body()).isEqualTo(first.body());
  }
}
