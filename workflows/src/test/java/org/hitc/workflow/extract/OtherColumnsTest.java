package org.hitc.workflow.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.workflow.model.Columns;
import org.hitc.workflow.model.Columns.Content;
import org.hitc.workflow.model.Columns.Named;
import org.hitc.workflow.model.ReportStep.Lines;
import org.hitc.workflow.model.ReportStep.Total;
import org.hitc.workflow.picture.Picture;
import org.hitc.workflow.picture.PictureException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns by CSV and by pattern. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OtherColumnsTest {
  private static final Content TEXT = new Content.Text();
  private static final Content NUMBER = new Content.Numeral();
  private static final Lines TOTAL = new Lines(0, Optional.of(new Total(1, "TOTAL")));

  private static Named column(String name, Content content) {
    return new Named(name, name, name, content, false);
  }

  private static Content picture(String text) {
    try {
      return new Content.Pictured(Picture.parse(text));
    } catch (PictureException e) {
      throw new AssertionError(e);
    }
  }

  private static Cell text(String value) {
    return new Cell.Text(value);
  }

  private static Cell number(String value) {
    return new Cell.Numeric(new BigDecimal(value));
  }

  private static Table read(Columns columns, Lines lines, List<String> checked, String printout)
      throws IOException {
    return TableReader.read(
        new ByteArrayInputStream(printout.getBytes(StandardCharsets.UTF_8)),
        StandardCharsets.UTF_8,
        lines,
        columns,
        checked,
        100);
  }

  private static Table read(Columns columns, String printout) throws IOException {
    return read(columns, Lines.DETAILS_ONLY, List.of(), printout);
  }

  private static List<List<Cell>> rows(Table table) {
    return switch (table) {
      case Table.Rows rows -> rows.rows();
      case Table.Refused refused -> throw new AssertionError(refused.detail());
    };
  }

  private static void assertRefused(Table table, int line, int column, String reason) {
    assertThat(table)
        .isInstanceOfSatisfying(
            Table.Refused.class,
            r -> {
              assertThat(r.why()).isEqualTo(Refusal.ROWS_SYNTAX);
              assertThat(r.reason()).contains(reason);
              assertThat(List.of(r.line(), r.column()))
                  .as(r.detail())
                  .containsExactly(line, column);
            });
  }

  @Nested
  class Csv {
    private final Columns.Csv plain =
        new Columns.Csv(
            ';', false, List.of(column("object", picture("9(6)")), column("amount", NUMBER)));
    private final Columns.Csv headed =
        new Columns.Csv(
            ',',
            true,
            List.of(
                column("amount", NUMBER),
                new Named("descr", "Description", "Object text", TEXT, false)));

    @Test
    void has_one_cell_for_every_value() throws IOException {
      assertThat(rows(read(plain, "061100;1.50\r\n\n\"061200\";-2\n061300;3.25-\n")))
          .containsExactly(
              List.of(text("061100"), number("1.50")),
              List.of(text("061200"), number("-2")),
              List.of(text("061300"), number("-3.25")));
    }

    @Test
    void keeps_separators_and_doubled_quotes_within_quotes() throws IOException {
      Columns.Csv two = new Columns.Csv(',', false, List.of(column("a", TEXT), column("b", TEXT)));
      assertThat(rows(read(two, "\"x, \"\"y\"\"\",z  \n,\n\"\",\" a\" \n")))
          .containsExactly(
              List.of(text("x, \"y\""), text("z")),
              List.of(text(""), text("")),
              List.of(text(""), text(" a")));
    }

    @Test
    void by_header_takes_the_columns_wherever_they_stand() throws IOException {
      assertThat(rows(read(headed, "No,OBJECT-TEXT,Extra,Amount\n1,Travel,x,9.00\n")))
          .containsExactly(List.of(number("9.00"), text("Travel")));
    }

    @Test
    void header_that_names_one_twice_or_not_is_refused() throws IOException {
      assertRefused(read(headed, "Amount,Object text,amount\n"), 1, 20, "twice");
      assertRefused(read(headed, "Amount,Text\n"), 1, 1, "Object text");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        value = {
          "061100|1|1 values where 2",
          "061100;1;2|10|3 values where 2",
          "06110x;1|6|9",
          "061100;1,5|9|','",
          "061100;|8|a number",
          "061100;\"1|8|not closed",
          "\"061100\"x;1|9|behind the closing quote",
          "06\"1100;1|3|a quote inside",
          "061100;1\u0007x|9|control character",
          "061100;\t1|8|a tab",
        })
    void line_that_is_no_record_is_refused_at_its_place(String line, int column, String reason)
        throws IOException {
      assertRefused(read(plain, "061100;1\n" + line + "\n"), 2, column, reason);
    }

    @Test
    void with_tabs_keeps_empty_values_at_the_end() throws IOException {
      Columns.Csv tabs =
          new Columns.Csv('\t', false, List.of(column("a", TEXT), column("b", TEXT)));
      assertThat(rows(read(tabs, "x\t\n\ty\n")))
          .containsExactly(List.of(text("x"), text("")), List.of(text(""), text("y")));
    }

    @Test
    void reads_edited_amounts_with_or_without_their_blanks() throws IOException {
      Columns.Csv edited =
          new Columns.Csv(
              '|',
              false,
              List.of(column("a", picture("ZZ,ZZ9.99-")), column("b", picture("ZZ9.99CR"))));
      assertThat(rows(read(edited, " 1,234.50-|  1.00CR\n1,234.50|1.00\n1,234.50-|12.00CR\n")))
          .containsExactly(
              List.of(number("-1234.50"), number("-1.00")),
              List.of(number("1234.50"), number("1.00")),
              List.of(number("-1234.50"), number("-12.00")));
      assertRefused(read(edited, "1.234,50|1.00\n"), 1, 2, "ZZ,ZZ9.99-");
      assertRefused(read(edited, "1,234,567.00|1.00\n"), 1, 11, "longer");
    }

    @Test
    void total_is_compared() throws IOException {
      Lines lines = new Lines(0, Optional.of(new Total(1, "TOTAL")));
      Columns.Csv sum =
          new Columns.Csv(';', false, List.of(column("a", TEXT), column("n", NUMBER)));
      assertThat(read(sum, lines, List.of("n"), "x;1.5\ny;2.50\nTOTAL;4\n"))
          .isInstanceOfSatisfying(
              Table.Rows.class,
              rows -> assertThat(rows.total()).contains(List.of(new Cell.Empty(), number("4"))));
      assertThat(read(sum, lines, List.of("n"), "x;1.5\nTOTAL;4\n"))
          .isInstanceOfSatisfying(
              Table.Refused.class, r -> assertThat(r.why()).isEqualTo(Refusal.ROWS_TOTAL));
    }

    @Test
    void of_a_line_without_end_or_of_nothing_but_separators_is_refused_at_once()
        throws IOException {
      assertRefused(read(plain, ";".repeat(1 << 20)), 1, 8_193, "longer");
      assertRefused(read(plain, ";".repeat(8_192)), 1, 3, "8193 values");
      assertRefused(read(plain, "\"" + "\"\"".repeat(4_000)), 1, 1, "not closed");
    }
  }

  @Nested
  class Pattern {
    private final Columns.ByPattern ordered =
        new Columns.ByPattern(
            "([0-9]{6}) +(.*?) +([0-9.]+-?)",
            List.of(column("object", TEXT), column("descr", TEXT), column("amount", NUMBER)));

    @Test
    void gives_its_groups_in_their_order() throws IOException {
      assertThat(rows(read(ordered, "061100 Travel, foreign   12.50-  \n")))
          .containsExactly(List.of(text("061100"), text("Travel, foreign"), number("-12.50")));
    }

    @Test
    void gives_its_groups_by_their_names() throws IOException {
      Columns.ByPattern named =
          new Columns.ByPattern(
              "(?P<day>[0-9-]+)=(?P<sum>[0-9]+)?",
              List.of(new Named("sum", "Sum", "sum", NUMBER, true), column("day", TEXT)));
      assertThat(rows(read(named, "2026-06-01=5\n2026-06-02=\n")))
          .containsExactly(
              List.of(number("5"), text("2026-06-01")), List.of(number("0"), text("2026-06-02")));
    }

    @Test
    void that_does_not_match_the_whole_line_refuses_it() throws IOException {
      assertRefused(read(ordered, "061100 Travel 1.00\nx061100 Travel 1.00\n"), 2, 1, "match");
    }

    @Test
    void reads_the_total_line_too() throws IOException {
      Columns.ByPattern both =
          new Columns.ByPattern(
              "(?:([0-9]{6}) (.*?) +|TOTAL +)([0-9.]+)",
              List.of(column("object", TEXT), column("descr", TEXT), column("amount", NUMBER)));
      assertThat(
              read(both, TOTAL, List.of("amount"), "061100 A 1.00\n061200 B 2.00\nTOTAL   3.00\n"))
          .isInstanceOf(Table.Rows.class);
    }

    @Test
    void whose_groups_are_not_the_columns_is_no_pattern() {
      List<Named> one = List.of(column("a", TEXT));
      for (String pattern :
          List.of(
              "a",
              "(a)(b)",
              "(?P<b>a)",
              "(",
              "(a{2000})",
              "(" + "x".repeat(2_000) + ")",
              "((?:(?:a{1000}){1000}){1000})",
              "(a{1000}\\Q(\\E){1000}",
              "(a{1000}[[:alpha:](]){1000}",
              "((?:(?:[^]{]{9}\\\\{){1,999}){999,})")) {
        assertThatThrownBy(() -> new Columns.ByPattern(pattern, one))
            .as(pattern)
            .isInstanceOf(IllegalArgumentException.class);
      }
    }

    @Test
    void may_repeat_as_much_as_a_line_needs() throws IOException {
      Columns.ByPattern wide =
          new Columns.ByPattern("((?:[^,{]{1,200},){0,40})", List.of(column("a", TEXT)));
      assertThat(rows(read(wide, "x,y,\n"))).containsExactly(List.of(text("x,y,")));
    }

    @Test
    void that_would_never_end_elsewhere_ends_here() {
      Columns.ByPattern catastrophic =
          new Columns.ByPattern("((?:a+)+)b", List.of(column("a", TEXT)));
      Assertions.assertTimeout(
          Duration.ofSeconds(10),
          () -> assertRefused(read(catastrophic, "a".repeat(8_000) + "c\n"), 1, 1, "match"));
    }
  }
}
