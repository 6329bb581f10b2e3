package org.hitc.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.hitc.it.Chromium;
import org.hitc.it.Product;
import org.hitc.it.SharedChromium;
import org.hitc.it.SharedProduct;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A day of anna in a real browser; she gets all of it without a script, too. */
@ParameterizedClass(name = "script {0}")
@EnumSource(Chromium.Script.class)
@ExtendWith({SharedChromium.class, SharedProduct.class})
class ChromiumJourneyTest {
  private static final Pattern REPORT = Pattern.compile(".*/w/budget_12/.*");
  private static final Pattern SIGN_IN = Pattern.compile(".*/login.*");

  private final Product product;
  private final Chromium chromium;
  private final Chromium.Script script;
  private final Chromium.Window window;
  private final Page page;

  ChromiumJourneyTest(Chromium.Script script, Product product, Chromium chromium) {
    this.script = script;
    this.product = product;
    this.chromium = chromium;
    this.window = chromium.open(product.site(), script, "en");
    this.page = window.page();
  }

  @AfterEach
  void closeWindow() {
    window.close();
  }

  @Nested
  class Signing_in {

    @Test
    void keeps_the_secure_host_cookie_although_the_site_is_plain_http_on_localhost() {
      signIn();

      assertThat(page.context().cookies())
          .singleElement()
          .returns("__Host-hitc", cookie -> cookie.name)
          .returns(true, cookie -> cookie.secure)
          .returns(true, cookie -> cookie.httpOnly)
          .returns("/", cookie -> cookie.path);
    }

    @Test
    void leads_home_to_the_workflows() {
      signIn();

      for (String workflow :
          List.of(
              "Budget by object code",
              "Budget by object code (as in version 1)",
              "One object in detail",
              "Mail forwarding",
              "Trial closing of the month")) {
        assertThat(link(workflow)).isVisible();
      }
      assertThat(page.locator(".user")).hasText("Anna Berg");
    }

    @Test
    void with_a_wrong_password_says_so_where_the_focus_is() {
      signIn("wrong");

      assertThat(page.locator(".summary")).isFocused();
      assertThat(page.locator(".summary")).containsText("password");
    }
  }

  @Nested
  class The_form {

    @Test
    void with_a_wrong_account_is_shown_again_with_the_focus_on_what_is_wrong() {
      signIn();

      ask("12x");

      assertThat(page.locator(".summary")).isFocused();
      assertThat(page.getByLabel("Account")).hasValue("12x");
    }

    @Test
    void is_one_click_away_from_its_wrong_field() {
      signIn();
      ask("12x");

      page.locator(".summary a").click();

      assertThat(page.getByLabel("Account")).isFocused();
    }
  }

  @Nested
  class The_report {

    @Test
    void is_a_table_of_four_rows_and_their_total() {
      signIn();

      ask("204110");

      assertThat(page.locator("tbody tr")).hasCount(4);
      assertThat(page.locator("tfoot tr")).hasCount(1);
      assertThat(page.locator("tfoot")).containsText("12,386.75");
    }

    @Test
    void opens_the_transactions_of_a_row_and_is_there_again_on_the_way_back() {
      signIn();
      ask("204110");
      String table = page.locator("table").innerText();

      page.locator("tbody tr").first().getByRole(AriaRole.LINK).click();
      assertThat(heading()).hasText("Transactions of object 061100, account 204110");
      page.goBack();

      assertThat(heading()).hasText("Budget of account 204110, period 2026-06");
      assertThat(page.locator("table").innerText()).isEqualTo(table);
    }

    @Test
    void is_gone_after_the_sign_out_and_does_not_come_back() {
      signIn();
      ask("204110");
      assertThat(page).hasURL(REPORT);

      button("Sign out").click();
      assertThat(page).hasURL(SIGN_IN);
      assertThat(page.context().cookies()).isEmpty();
      page.goBack();

      assertThat(page).hasURL(SIGN_IN);
      assertThat(page.locator("table")).hasCount(0);
    }
  }

  @Nested
  class The_console {

    @Test
    void stays_silent_all_the_way() {
      signIn();
      ask("204110");
      page.locator("tbody tr").first().getByRole(AriaRole.LINK).click();
      assertThat(heading()).containsText("Transactions");
      button("Sign out").click();
      assertThat(page).hasURL(SIGN_IN);

      assertThat(window.complaints()).isEmpty();
    }

    @Test
    void tells_of_a_style_that_the_content_security_policy_refuses() {
      page.navigate("/login");

      page.evaluate("document.body.setAttribute('style', 'color: red')");

      page.waitForCondition(() -> !window.complaints().isEmpty());
      assertThat(window.complaints())
          .singleElement()
          .asString()
          .contains("Content Security Policy");
    }
  }

  @Nested
  class A_browser_that_prefers_German {

    @Test
    void is_answered_in_German() {
      try (Chromium.Window german = chromium.open(product.site(), script, "de")) {
        german.page().navigate("/login");

        assertThat(german.page().locator("html")).hasAttribute("lang", "de");
        assertThat(german.page().getByLabel("Passwort")).isVisible();
        assertThat(german.complaints()).isEmpty();
      }
    }
  }

  private void signIn() {
    signIn("demo");
    assertThat(button("Sign out")).isVisible();
  }

  private void signIn(String password) {
    page.navigate("/");
    page.getByLabel("User").fill("anna");
    page.getByLabel("Password").fill(password);
    button("Sign in").click();
  }

  /** Asks for the budget of an account in the open period. */
  private void ask(String account) {
    link("Budget by object code").click();
    page.getByLabel("Account").fill(account);
    page.getByLabel("2026-06 (open)").check();
    page.locator("main button").click();
  }

  private Locator heading() {
    return page.locator("h1");
  }

  private Locator link(String words) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(words).setExact(true));
  }

  private Locator button(String words) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(words));
  }
}
