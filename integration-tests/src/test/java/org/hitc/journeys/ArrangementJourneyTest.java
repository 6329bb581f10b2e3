package org.hitc.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.hitc.it.SharedProduct;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A report in other orders, in part, as it was printed, as a file, and once more. */
@ExtendWith(SharedProduct.class)
class ArrangementJourneyTest {
  private static final Pattern HEAD =
      Pattern.compile("<th scope=\"row\"[^>]*><bdi>([0-9]{6})</bdi>");
  private static final Pattern BY_SPENT =
      Pattern.compile("class=\"sort\" href=\"(/w/[^\"]+sort=-?spent)\"");
  private static final Pattern ROW = Pattern.compile("href=\"(/w/[^\"]+/row/[^\"]+)\"");
  private static final Pattern CRUMB = Pattern.compile("<li><a href=\"(/w/[^\"]+)\"><bdi>");
  private static final Pattern PRINTED = Pattern.compile("href=\"(/w/[^\"]+as=text)\"");
  private static final Pattern AGAIN = Pattern.compile("href=\"(/w/[^\"]+/again)\"");

  private final Product product;
  private final Browser browser;
  private Browser.Page report;

  ArrangementJourneyTest(Product product) {
    this.product = product;
    this.browser = new Browser(product.site());
  }

  @BeforeEach
  void look_at_a_budget() {
    report = browser.signIn("anna").budget("204110", "2026-06");
  }

  @Test
  void the_head_of_a_column_sorts_by_it_and_then_the_other_way_round() {
    Browser.Page up = browser.get(report.found(BY_SPENT));
    Browser.Page down = browser.get(up.found(BY_SPENT));

    assertThat(up.all(HEAD)).containsExactly("072300", "081000", "061200", "061100");
    assertThat(up.body()).contains("aria-sort=\"ascending\"");
    assertThat(down.all(HEAD)).containsExactly("061100", "061200", "081000", "072300");
    assertThat(down.body()).contains("aria-sort=\"descending\"");
    assertThat(down.words()).contains("182,000.00 169,613.25 12,386.75");
  }

  @Test
  void sorting_runs_no_program() {
    int before = product.runs("budget12");

    browser.get(report.found(BY_SPENT));

    assertThat(product.runs("budget12")).isEqualTo(before);
  }

  @Test
  void the_way_back_from_a_row_leads_to_the_same_order() {
    Browser.Page sorted = browser.get(report.found(BY_SPENT));

    Browser.Page row = browser.get(sorted.found(ROW));

    assertThat(row.words()).contains("Transactions of object 072300");
    String back = row.all(CRUMB).getLast();
    assertThat(back).endsWith("sort=spent");
    assertThat(browser.get(back).all(HEAD)).isEqualTo(sorted.all(HEAD));
  }

  @Test
  void finding_shows_the_rows_with_the_words_and_says_how_many_there_are() {
    Browser.Page found = browser.get(report.at() + "?find=salaries");

    assertThat(found.all(HEAD)).containsExactly("061100", "061200");
    assertThat(found.words()).contains("Rows 1 to 2 of 2; the report has 4", "Show all rows");
    assertThat(found.body()).contains("name=\"find\"", "value=\"salaries\"");
    assertThat(browser.get(report.at() + "?find=nowhere").words()).contains("Nothing found.");
  }

  @Test
  void a_parameter_that_means_nothing_is_refused() {
    for (String query : List.of("?sort=spent;", "?part=0", "?as=html", "?x=1", "?find=a&find=b")) {
      assertThat(browser.get(report.at() + query).status()).as(query).isEqualTo(400);
    }
  }

  @Test
  void the_original_printout_has_the_pages_of_the_printer_and_a_way_back_to_the_table() {
    Browser.Page printout = browser.get(report.found(PRINTED));

    assertThat(printout.words())
        .contains("Printed page 1 of 2", "Printed page 2 of 2", "Show as a table")
        .contains("BUDGET_12 ACCOUNT 204110 PERIOD 2026-06", "350.00-");
    assertThat(printout.body()).contains("<pre dir=\"ltr\"").doesNotContain("\f");
  }

  @Test
  void run_again_runs_the_guards_and_the_program_and_the_old_page_stays() {
    int guards = product.runs("authorize");
    int before = product.runs("budget12");

    Browser.Page again = browser.get(report.found(AGAIN));

    assertThat(again.at()).isNotEqualTo(report.at());
    assertThat(again.words()).contains("Budget of account 204110, period 2026-06", "12,386.75");
    assertThat(product.runs("budget12")).isEqualTo(before + 1);
    assertThat(product.runs("authorize")).isEqualTo(guards + 1);
    assertThat(browser.get(report.at()).body()).isEqualTo(report.body());
  }

  @Test
  void the_way_back_to_the_form_finds_it_filled_in_as_it_was() {
    Browser.Page form = browser.get(report.all(CRUMB).getFirst());

    assertThat(form.words()).contains("Which budget?");
    assertThat(form.body()).contains("name=\"v.account\" value=\"204110\"");
    form.found(Pattern.compile("(checked[^>]*><label[^>]*><bdi>2026-06 \\(open\\)|<bdi>2026-06)"));
    Browser.Page other =
        browser.submit(
            form, Map.of("account", "204120", "period", form.option("period", "2026-06")));
    assertThat(other.words()).contains("Budget of account 204120");
  }

  @Test
  void a_link_fills_in_the_form_for_whoever_opens_it_under_their_own_rights() {
    Browser bert = new Browser(product.site()).signIn("bert");

    Browser.Page form = bert.get("/w/budget_12?account=204110");
    Browser.Page refused =
        bert.submit(form, Map.of("account", "204110", "period", form.option("period", "2026-06")));

    assertThat(form.body()).contains("name=\"v.account\" value=\"204110\"");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.words()).contains("no access to account 204110");
  }

  @Test
  void a_link_cannot_fill_in_what_the_form_does_not_have() {
    for (String query : List.of("?user=root", "?account=1&account=2", "?row.object=061100")) {
      assertThat(browser.get("/w/budget_12" + query).status()).as(query).isIn(400, 422);
    }
  }

  @Test
  void the_spreadsheet_has_numbers_that_are_numbers_and_codes_that_are_text(@TempDir Path folder)
      throws IOException {
    HttpResponse<byte[]> file = browser.download(report.at() + "/download/xlsx");

    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment;")
        .contains("budget_12-budget-204110-2026-06.xlsx");
    Map<String, String> parts = unzipped(file.body(), folder.resolve("report.xlsx"));
    assertThat(parts).containsKeys("[Content_Types].xml", "xl/workbook.xml");
    String sheet =
        parts.entrySet().stream()
            .filter(e -> e.getKey().startsWith("xl/worksheets/"))
            .findFirst()
            .orElseThrow()
            .getValue();
    assertThat(sheet).containsPattern("<v>-3210\\.75</v>").containsPattern("<v>118752\\.50?</v>");
    assertThat(String.join("", parts.values())).contains("061100").doesNotContain("<v>61100</v>");
  }

  private static Map<String, String> unzipped(byte[] file, Path as) throws IOException {
    Map<String, String> parts = new HashMap<>();
    try (ZipFile zip = new ZipFile(Files.write(as, file).toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        parts.put(
            entry.getName(),
            new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return parts;
  }

  @Test
  void a_report_that_was_looked_at_stands_on_the_home_page() {
    Browser.Page home = browser.get("/");

    assertThat(home.words())
        .contains("Recently used", "Budget by object code \u2013 204110, 2026-06");
  }

  /** The sample whose printed total is wrong. */
  @Test
  void a_report_that_does_not_add_up_is_no_table_and_the_reason_is_in_the_log() {
    Browser.Page stopped = browser.get("/w/wrong_total");

    assertThat(stopped.status()).isEqualTo(500);
    assertThat(stopped.words())
        .contains("The rows do not add up to the printed total", "No table is shown")
        .doesNotContain("169,613");
    String reference =
        stopped.found(Pattern.compile("Reference(?:</[^>]*>)? <bdi dir=\"ltr\">([^<]+)</bdi>"));
    assertThat(product.log("listener").lines().filter(line -> line.contains(reference)))
        .anySatisfy(
            line -> assertThat(line).contains("wrong_total.budget", "E-ROWS-TOTAL", "spent"));
  }
}
