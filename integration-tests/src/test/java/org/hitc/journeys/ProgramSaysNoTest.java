package org.hitc.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.hitc.channel.Refusal;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A program that changes something says no: only it knows whether it has changed anything yet. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ProgramSaysNoTest {
  private Product product;
  private Browser browser;

  @BeforeAll
  void start() throws Exception {
    product = Product.start();
    product.addProgram(
        "pay",
        """
        #!/bin/sh
        read amount
        case $amount in
          1??) echo '%PAY-E-NOACCOUNT, no such account' >&2; exit 4 ;;
          2??) echo '%PAY-F-HALFWAY, gave up half way' >&2; exit 6 ;;
        esac
        """);
    product.define(
        "pay",
        """
        workflow: pay
        title: Pay
        roles: [everyone]
        steps:
          - form: ask
            title: How much?
            fields:
              amount: { label: Amount, pic: 9(3) }
          - confirm: check
            title: Is this right?
          - run: pay
            stdin: [$amount]
            writes: true
            unchanged_exit: [4]
          - done: paid
            title: It is paid
        """);
    browser = new Browser(product.site()).signIn("anna");
  }

  @AfterAll
  void stop() {
    if (product != null) {
      product.close();
    }
  }

  private Browser.Page pay(Browser.Page form, String amount) {
    return browser.press(browser.submit(form, Map.of("amount", amount)));
  }

  @Test
  void when_it_has_changed_nothing_another_answer_may_be_given_in_the_same_visit() {
    Browser.Page form = browser.get("/w/pay");

    assertThat(pay(form, "100").words())
        .contains("no such account", "Nothing was changed.")
        .doesNotContain("Check before you try again.");

    int runs = product.runs("pay");
    assertThat(pay(form, "300").words()).contains("It is paid").doesNotContain("already");
    assertThat(product.runs("pay")).isEqualTo(runs + 1);
  }

  @Test
  void when_nobody_knows_it_is_not_started_again_in_this_visit() {
    Browser.Page form = browser.get("/w/pay");

    assertThat(pay(form, "200").words())
        .contains("gave up half way", "Check before you try again.")
        .doesNotContain("Nothing was changed.", "Try again.");

    int runs = product.runs("pay");
    int stale = product.audit("\"event\":\"refused\"", Refusal.WF_STALE.code()).size();
    assertThat(pay(form, "300").words()).contains("gave up half way").doesNotContain("is paid");
    assertThat(product.runs("pay")).isEqualTo(runs);
    assertThat(product.audit("\"event\":\"refused\"", Refusal.WF_STALE.code())).hasSize(stale + 1);
  }
}
