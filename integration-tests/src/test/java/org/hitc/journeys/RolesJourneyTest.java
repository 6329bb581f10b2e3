package org.hitc.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.junit.jupiter.api.Test;

/** A workflow for auditors, and anna, who is none. */
class RolesJourneyTest {

  @Test
  void without_the_role_a_workflow_is_neither_offered_nor_begun()
      throws IOException, InterruptedException {
    try (Product product = Product.start()) {
      product.define(
          "ledgers",
          """
          workflow: ledgers
          title: All ledgers
          roles: [auditor]
          steps:
            - run: list_periods
              output: text
          """);
      Browser anna = new Browser(product.site()).signIn("anna");

      assertThat(anna.get("/").words())
          .contains("Budget by object code")
          .doesNotContain("All ledgers");
      Browser.Page refused = anna.get("/w/ledgers");
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.words()).doesNotContain("2026-06");
      assertThat(product.audit())
          .contains("\"why\":\"E-WF-ROLE\"")
          .doesNotContain("\"workflow\":\"ledgers\"");
    }
  }
}
