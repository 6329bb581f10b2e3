package org.hitc.workflow.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.workflow.model.Columns;
import org.hitc.workflow.model.Columns.Column;
import org.hitc.workflow.model.ReportStep.Lines;
import org.hitc.workflow.model.ReportStep.Total;
import org.hitc.workflow.picture.Picture;
import org.hitc.workflow.picture.PictureException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TableReaderTest {
  private static final Lines LINES = new Lines(4, Optional.of(new Total(8, "** TOTAL")));
  private static final Columns.ByPosition COLUMNS =
      new Columns.ByPosition(
          List.of(
              column("object", 1, "9(6)"),
              column("descr", 8, "X(24)"),
              column("budget", 33, "ZZ,ZZZ,ZZ9.99-"),
              column("spent", 48, "ZZ,ZZZ,ZZ9.99-"),
              column("balance", 63, "ZZ,ZZZ,ZZ9.99-")));
  private static final List<String> CHECKED = List.of("budget", "spent", "balance");

  private static Column column(String name, int position, String picture) {
    try {
      return new Column(name, name, position, Picture.parse(picture), false);
    } catch (PictureException e) {
      throw new AssertionError(e);
    }
  }

  private static String sample() throws IOException {
    try (InputStream in =
        TableReaderTest.class.getResourceAsStream("/org/hitc/workflow/BUDGET12.LIS")) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static Table read(String printout) throws IOException {
    return read(printout, 10_000);
  }

  private static Table read(String printout, int maxRows) throws IOException {
    return TableReader.read(
        new ByteArrayInputStream(printout.getBytes(StandardCharsets.ISO_8859_1)),
        StandardCharsets.US_ASCII,
        LINES,
        COLUMNS,
        CHECKED,
        maxRows);
  }

  private static void assertRefused(Table table, Refusal why, int page, int line, int column) {
    assertThat(table)
        .isInstanceOfSatisfying(
            Table.Refused.class,
            r -> {
              assertThat(r.why()).as(r.detail()).isEqualTo(why);
              assertThat(List.of(r.page(), r.line(), r.column()))
                  .as(r.detail())
                  .containsExactly(page, line, column);
            });
  }

  private static Cell number(String value) {
    return new Cell.Numeric(new BigDecimal(value));
  }

  @Nested
  class The_sample {
    @Test
    void has_four_rows_and_the_printed_total() throws IOException {
      assertThat(read(sample()))
          .isInstanceOfSatisfying(
              Table.Rows.class,
              table -> {
                assertThat(table.rows()).hasSize(4);
                assertThat(table.rows().get(1))
                    .containsExactly(
                        new Cell.Text("061200"),
                        new Cell.Text("Salaries, technical"),
                        number("48000.00"),
                        number("51210.75"),
                        number("-3210.75"));
                assertThat(table.rows().get(2).get(3)).isEqualTo(number("-350.00"));
                assertThat(table.total())
                    .contains(
                        List.of(
                            new Cell.Empty(),
                            new Cell.Empty(),
                            number("182000.00"),
                            number("169613.25"),
                            number("12386.75")));
              });
    }

    @Test
    void is_never_shown_wrong_when_one_digit_of_an_amount_changes() throws IOException {
      String sample = sample();
      int checked = 0;
      for (int i = 0; i < sample.length(); i++) {
        int start = Math.max(sample.lastIndexOf('\n', i), sample.lastIndexOf('\f', i)) + 1;
        int end = sample.indexOf('\n', i) < 0 ? sample.length() : sample.indexOf('\n', i);
        boolean amounts = start < end && sample.substring(start, end).contains(".");
        if (amounts && i - start >= 32 && Character.isDigit(sample.charAt(i))) {
          char other = sample.charAt(i) == '9' ? '8' : (char) (sample.charAt(i) + 1);
          String changed = sample.substring(0, i) + other + sample.substring(i + 1);
          assertThat(read(changed)).as(changed).isInstanceOf(Table.Refused.class);
          checked++;
        }
      }
      assertThat(checked).isGreaterThan(60);
    }

    @Test
    void cut_off_anywhere_before_its_total_is_refused() throws IOException {
      String sample = sample();
      int end = sample.indexOf("12,386.75") + 8;
      for (int length = 0; length <= end; length++) {
        assertThat(read(sample.substring(0, length))).isInstanceOf(Table.Refused.class);
      }
    }
  }

  @Nested
  class A_line_that_is_neither_heading_detail_total_nor_blank {
    @Test
    void stops_the_table_at_its_place() throws IOException {
      assertRefused(
          read(sample().replace("072300 Travel", "0723OO Travel")), Refusal.ROWS_SYNTAX, 2, 5, 5);
      assertRefused(read(sample().replace("9,350.00", "9.350,00")), Refusal.ROWS_SYNTAX, 2, 5, 69);
    }

    @Test
    void tells_of_text_outside_of_every_column() throws IOException {
      assertRefused(read(sample().replace("061100 S", "061100xS")), Refusal.ROWS_SYNTAX, 1, 5, 7);
    }

    @Test
    void tells_of_tabs_and_other_control_characters() throws IOException {
      assertRefused(read(sample().replace("061100 S", "061100\tS")), Refusal.ROWS_SYNTAX, 1, 5, 7);
      assertRefused(read(sample().replace("Travel", "Tra\033el")), Refusal.ROWS_SYNTAX, 2, 5, 11);
    }

    @Test
    void tells_of_bytes_that_are_not_of_the_character_set() throws IOException {
      assertRefused(read(sample().replace("Travel", "Tr\u00e4vel")), Refusal.ROWS_SYNTAX, 2, 5, 10);
    }
  }

  @Nested
  class Totals_that_differ {
    @Test
    void name_the_row_whose_sign_would_explain_it() throws IOException {
      Table table = read(sample().replace("350.00- ", "350.00  "));
      assertRefused(table, Refusal.ROWS_TOTAL, 2, 8, 1);
      assertThat(((Table.Refused) table).reason())
          .contains("spent", "170313.25", "169613.25", "350.00 on page 2, line 5");
    }
  }

  @Nested
  class Rows {
    @Test
    void beyond_the_limit_are_refused_whole() throws IOException {
      assertRefused(read(sample(), 3), Refusal.ROWS_LIMIT, 2, 6, 1);
    }

    @Test
    void below_a_heading_that_is_declared_too_long_are_not_swallowed() throws IOException {
      String shortHeading = sample().replaceFirst("BUDGET_12.*\n\n", "");
      assertRefused(read(shortHeading), Refusal.ROWS_SYNTAX, 1, 3, 1);
    }
  }
}
