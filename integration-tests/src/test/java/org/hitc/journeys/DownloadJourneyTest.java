package org.hitc.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.hitc.it.SharedProduct;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A report taken along: as a spreadsheet, and as the program printed it. */
@ExtendWith(SharedProduct.class)
class DownloadJourneyTest {
  private static final String MARK = "\uFEFF";
  private final Browser browser;
  private String report = "";

  DownloadJourneyTest(Product product) {
    this.browser = new Browser(product.site());
  }

  @BeforeEach
  void look_at_a_budget() {
    report = browser.signIn("anna").budget("204110", "2026-06").at();
  }

  @Test
  void csv_has_a_byte_order_mark_and_negative_amounts_that_are_numbers() {
    String csv = new String(get("csv").body(), StandardCharsets.UTF_8);

    assertThat(csv)
        .isEqualTo(
            MARK
                + String.join(
                    "\r\n",
                    "Object,Description,Budget,Spent,Balance",
                    "061100,\"Salaries, academic staff\",125000.00,118752.50,6247.50",
                    "061200,\"Salaries, technical\",48000.00,51210.75,-3210.75",
                    "072300,\"Travel, foreign\",9000.00,-350.00,9350.00",
                    "081000,Equipment,0.00,0.00,0.00",
                    "Total,,182000.00,169613.25,12386.75",
                    ""));
  }

  @Test
  void the_original_is_what_the_program_printed_byte_for_byte() throws IOException {
    Path printed =
        Product.checkout().resolve("listener-sys/src/test/resources/samples/BUDGET12.LIS");

    assertThat(get("original").body()).isEqualTo(Files.readAllBytes(printed));
  }

  @Test
  void the_names_of_the_files_say_what_is_in_them() {
    assertThat(disposition("csv")).contains("budget_12-budget-204110-2026-06.csv");
    assertThat(disposition("original")).contains("budget_12-budget-204110-2026-06.txt");
  }

  @Test
  void files_are_saved_and_never_shown_or_kept_by_anything_in_between() {
    for (String format : new String[] {"csv", "original"}) {
      assertThat(disposition(format)).startsWith("attachment;");
      assertThat(get(format).headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(get(format).headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    }
  }

  private String disposition(String format) {
    return get(format).headers().firstValue("Content-Disposition").orElseThrow();
  }

  private HttpResponse<byte[]> get(String format) {
    HttpResponse<byte[]> file = browser.download(report + "/download/" + format);
    assertThat(file.statusCode()).isEqualTo(200);
    return file;
  }
}
