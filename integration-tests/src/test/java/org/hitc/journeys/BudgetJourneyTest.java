package org.hitc.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.hitc.it.SharedProduct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A budget holder signs in and looks at her budget. */
@ExtendWith(SharedProduct.class)
class BudgetJourneyTest {
  private final Browser browser;

  BudgetJourneyTest(Product product) {
    this.browser = new Browser(product.site());
  }

  @Test
  void account_204110_gives_the_table_and_its_total_is_the_printed_one() {
    Browser.Page report = browser.signIn("anna").budget("204110", "2026-06");

    assertThat(report.status()).isEqualTo(200);
    assertThat(report.words())
        .contains("061100", "Salaries, academic staff", "118,752.50", "\u22123,210.75")
        .contains("182,000.00", "169,613.25", "12,386.75");
  }

  @Test
  void account_999999_is_refused_by_authorize_with_a_plain_page() {
    Browser.Page page = browser.signIn("anna").budget("999999", "2026-06");

    assertThat(page.status()).isEqualTo(403);
    assertThat(page.words()).contains("no access to account 999999");
    assertThat(page.body()).doesNotContain("authorize");
  }

  @Test
  void a_shell_command_is_refused_at_the_field_and_what_was_typed_stays() {
    Browser.Page page = browser.signIn("anna").budget("204110; cat /etc/passwd", "2026-06");

    assertThat(page.status()).isEqualTo(422);
    assertThat(page.body())
        .contains("value=\"204110; cat /etc/passwd\"")
        .contains("href=\"#field-account\"");
  }

  @Test
  void blanks_in_an_account_number_are_ignored() {
    assertThat(browser.signIn("anna").budget("204 110 ", "2026-06").status()).isEqualTo(200);
  }

  @Test
  void a_wrong_password_keeps_the_name_and_says_no_more_than_that() {
    Browser.Page page =
        browser.post(
            "/login", Map.of("user", "anna", "password", "wrong", "idle", "30", "next", "/"));

    assertThat(page.status()).isEqualTo(422);
    assertThat(page.body()).contains("value=\"anna\"");
  }
}
