package org.hitc.listener.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.i18n.Language;
import org.hitc.i18n.Languages;
import org.hitc.i18n.Layer;
import org.hitc.i18n.Loading;
import org.hitc.workflow.engine.View;
import org.hitc.workflow.engine.Words;
import org.hitc.workflow.extract.Cell;
import org.junit.jupiter.api.Test;

/** A report as a spreadsheet reads it. */
class CsvFileTest {

  @Test
  void numbers_stay_numbers_and_formulas_become_text() throws IOException {
    assertThat(csv(row("=1+1", "-3210.75"), row("@SUM(A1)", "0.00"), row("-x", "1.5")))
        .isEqualTo("\uFEFFText,Amount\r\n'=1+1,-3210.75\r\n'@SUM(A1),0.00\r\n'-x,1.5\r\n");
  }

  @Test
  void separators_quotes_and_line_ends_are_quoted_as_rfc_4180_says() throws IOException {
    assertThat(csv(row("a,b \"c\"\nd", "1")))
        .isEqualTo("\uFEFFText,Amount\r\n\"a,b \"\"c\"\"\nd\",1\r\n");
  }

  private static View.RowView row(String text, String number) {
    return new View.RowView(
        List.of(new Cell.Text(text), new Cell.Numeric(new BigDecimal(number))), Optional.empty());
  }

  private static String csv(View.RowView... rows) throws IOException {
    View.Report report =
        new View.Report(
            words("t"),
            "p",
            "UTF-8",
            List.of(
                new View.ColumnView("text", words("Text"), false),
                new View.ColumnView("amount", words("Amount"), true)),
            List.of(rows),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            List.of(),
            false);
    StringWriter out = new StringWriter();
    CsvFile.write(report, reader(), out);
    return out.toString();
  }

  private static Words words(String text) {
    return new Words("", text, Map.of());
  }

  private static Reader reader() {
    Language english = Language.of("en");
    Loading loading =
        org.hitc.i18n.Messages.load(
            Languages.of(List.of("en")),
            english,
            ZoneOffset.UTC,
            List.of(new Layer.Product(Refusal.class)));
    assertThat(loading).isInstanceOf(Loading.Loaded.class);
    return new Reader(
        "Anna",
        Instant.EPOCH,
        java.time.Duration.ZERO,
        ((Loading.Loaded) loading).messages().in(english),
        english);
  }
}
