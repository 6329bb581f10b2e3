package org.hitc.workflow.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.workflow.copybook.Copybook;
import org.hitc.workflow.encoding.Encodings;
import org.hitc.workflow.model.Columns;
import org.hitc.workflow.model.Columns.Column;
import org.hitc.workflow.model.ReportStep.Lines;
import org.hitc.workflow.model.ReportStep.Total;
import org.hitc.workflow.picture.Overpunch;
import org.hitc.workflow.picture.Picture;
import org.hitc.workflow.picture.PictureException;
import org.hitc.workflow.picture.Sign;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @Nested
  class A_picture_without_its_sign {
    private static List<Column> unsigned(Column... between) {
      List<Column> columns = new java.util.ArrayList<>(COLUMNS.columns());
      columns.set(3, column("spent", 48, "ZZ,ZZZ,ZZ9.99"));
      columns.addAll(4, List.of(between));
      return columns;
    }

    private static Table read(List<Column> columns) throws IOException {
      return TableReader.read(
          new ByteArrayInputStream(sample().getBytes(StandardCharsets.ISO_8859_1)),
          StandardCharsets.US_ASCII,
          LINES,
          new Columns.ByPosition(columns),
          CHECKED,
          100);
    }

    @Test
    void is_told_where_the_sign_stands_outside_of_every_column() throws IOException {
      Table table = read(unsigned());
      assertRefused(table, Refusal.ROWS_SYNTAX, 2, 5, 61);
      assertThat(((Table.Refused) table).reason())
          .contains("column spent", "lacks its sign", "ZZ,ZZZ,ZZ9.99- would read it");
    }

    @Test
    void is_told_by_its_total_when_a_filler_reads_over_the_sign() throws IOException {
      Table table = read(unsigned(column("filler", 61, "X(2)")));
      assertRefused(table, Refusal.ROWS_TOTAL, 2, 8, 1);
      assertThat(((Table.Refused) table).reason())
          .contains("page 2, line 5", "column spent", "lacks its sign", "ZZ,ZZZ,ZZ9.99- would");
    }

    @Test
    void is_told_of_CR_too() throws IOException {
      Table table =
          TableReader.read(
              new ByteArrayInputStream("1.00CR\n".getBytes(StandardCharsets.US_ASCII)),
              StandardCharsets.US_ASCII,
              Lines.DETAILS_ONLY,
              new Columns.ByPosition(List.of(column("a", 1, "9.99"))),
              List.of(),
              100);
      assertThat(((Table.Refused) table).reason()).contains("9.99CR would read it");
    }
  }

  @Nested
  class A_copybook {
    @Test
    void gives_the_table_of_the_positions() throws IOException {
      Copybook.Read read =
          Copybook.read(Files.readString(Path.of("examples/budget12.cpy")), Optional.empty());
      List<Column> columns =
          ((Copybook.Read.Good) read)
              .items().stream()
                  .map(i -> new Column(i.name(), i.name(), i.position(), i.picture(), false))
                  .toList();
      Table table =
          TableReader.read(
              new ByteArrayInputStream(sample().getBytes(StandardCharsets.ISO_8859_1)),
              StandardCharsets.ISO_8859_1,
              LINES,
              new Columns.ByPosition(columns),
              CHECKED,
              100);
      assertThat(table).isInstanceOf(Table.Rows.class).isEqualTo(read(sample()));
    }
  }

  @Nested
  class A_printout_in_EBCDIC {
    @ParameterizedTest
    @CsvSource({"ibm037, 21", "ibm037, 37", "ibm500, 37", "ibm1047, 21", "ibm1047, 37"})
    void ends_its_lines_with_NEL_or_LF(String encoding, int lineEnd) throws IOException {
      Charset charset = Encodings.find(encoding).orElseThrow();
      java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
      for (char c : sample().toCharArray()) {
        bytes.writeBytes(
            c == '\n' ? new byte[] {(byte) lineEnd} : String.valueOf(c).getBytes(charset));
      }
      // The bytes are those of the mainframe: digits at X'F0', the form feed at X'0C'.
      assertThat(bytes.toByteArray()).contains(0xF0, 0x0C).doesNotContain('0');
      assertThat(
              TableReader.read(
                  new ByteArrayInputStream(bytes.toByteArray()),
                  charset,
                  LINES,
                  COLUMNS,
                  CHECKED,
                  100))
          .isEqualTo(read(sample()));
    }

    @Test
    void has_signs_in_its_digits() throws IOException, PictureException {
      byte[] record = {
        (byte) 0xF0, (byte) 0xF1, (byte) 0xD2, 0x25, (byte) 0xF0, (byte) 0xF1, (byte) 0xC0
      };
      Picture zoned = Picture.parse("S9V99", new Sign.Overpunched(false, Overpunch.IBM));
      Table table =
          TableReader.read(
              new ByteArrayInputStream(record),
              Encodings.find("ibm1047").orElseThrow(),
              Lines.DETAILS_ONLY,
              new Columns.ByPosition(List.of(new Column("a", "a", 1, zoned, false))),
              List.of(),
              100);
      assertThat(((Table.Rows) table).rows())
          .containsExactly(List.of(number("-0.12")), List.of(number("0.10")));
    }
  }

  @Nested
  class A_printout_of_any_length {
    private static final String HEAD = "HEADING\n".repeat(4);
    private static final String ROW =
        "061200 Salaries, technical          48,000.00      51,210.75       3,210.75-\n";

    /** Its heading, so many rows that are never held together, and its end. */
    private static InputStream rows(int count, String end) {
      List<InputStream> parts =
          new java.util.AbstractList<>() {
            @Override
            public InputStream get(int part) {
              String text = part == 0 ? HEAD : part <= count ? ROW : end;
              return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
            }

            @Override
            public int size() {
              return count + 2;
            }
          };
      return new java.io.SequenceInputStream(java.util.Collections.enumeration(parts));
    }

    @Test
    void goes_to_its_sink_row_by_row() throws IOException {
      long[] seen = {0};
      Extraction extraction =
          TableReader.stream(
              rows(1_000_000, ""),
              StandardCharsets.US_ASCII,
              new Lines(4, Optional.empty()),
              COLUMNS,
              List.of(),
              row -> seen[0] += row.size());
      assertThat(extraction).isEqualTo(new Extraction.Complete(1_000_000, Optional.empty()));
      assertThat(seen[0]).isEqualTo(5_000_000);
    }

    @Test
    void is_added_up_beyond_what_a_picture_holds() throws IOException {
      Table.Refused refused =
          (Table.Refused)
              TableReader.stream(
                  rows(
                      20_000,
                      "       ** TOTAL                    960,000.00           0.00           0.00\n"),
                  StandardCharsets.US_ASCII,
                  LINES,
                  COLUMNS,
                  CHECKED,
                  _ -> {});
      assertThat(refused.why()).isEqualTo(Refusal.ROWS_TOTAL);
      assertThat(refused.reason()).contains("budget adds up to 960000000.00");
    }

    @Test
    void is_refused_for_a_page_after_its_last_row_that_fits() throws IOException {
      Table table =
          TableReader.read(
              rows(1_000_000, ""),
              StandardCharsets.US_ASCII,
              new Lines(4, Optional.empty()),
              COLUMNS,
              List.of(),
              10_000);
      assertRefused(table, Refusal.ROWS_LIMIT, 1, 10_005, 1);
    }

    @Test
    void stops_when_its_sink_fails() {
      IOException full = new IOException("no space");
      org.assertj.core.api.Assertions.assertThatThrownBy(() ->
              TableReader.stream(
                  rows(10, ""),
                  StandardCharsets.US_ASCII,
                  new Lines(4, Optional.empty()),
                  COLUMNS,
                  List.of(),
                  _ -> {
                    throw full;
                  }))
          .isSameAs(full);
    }
  }

  @Nested
  class Hostile_output {
    @Test
    void of_one_endless_line_is_refused_at_once() throws IOException {
      assertRefused(read("x".repeat(1 << 20)), Refusal.ROWS_SYNTAX, 1, 1, 8_193);
    }

    @Test
    void of_carriage_returns_or_form_feeds_only_has_no_total() throws IOException {
      assertThat(read("\r".repeat(8_000) + "\n" + "\f".repeat(100_000)))
          .isInstanceOfSatisfying(
              Table.Refused.class, r -> assertThat(r.why()).isEqualTo(Refusal.ROWS_TOTAL));
    }

    @Test
    void of_any_bytes_never_throws() throws IOException {
      java.util.Random random = new java.util.Random(115);
      byte[] sample = sample().getBytes(StandardCharsets.ISO_8859_1);
      for (int i = 0; i < 20_000; i++) {
        byte[] bytes = sample.clone();
        for (int j = 0; j <= i % 4; j++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        Table table =
            TableReader.read(
                new ByteArrayInputStream(bytes),
                StandardCharsets.UTF_8,
                LINES,
                COLUMNS,
                CHECKED,
                100);
        assertThat(table).isNotNull();
      }
    }
  }
}
