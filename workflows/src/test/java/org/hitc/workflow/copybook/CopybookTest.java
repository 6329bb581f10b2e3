package org.hitc.workflow.copybook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hitc.workflow.picture.Overpunch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CopybookTest {

  private static Copybook.Read read(String source) {
    return Copybook.read(source, Optional.of(Overpunch.GNUCOBOL));
  }

  /** Each field as {@code name position-end}. */
  private static List<String> fields(String source) {
    return switch (read(source)) {
      case Copybook.Read.Good(List<Item> items) ->
          items.stream()
              .map(i ->
                  i.name() + " " + i.position() + "-" + (i.position() + i.picture().width() - 1))
              .toList();
      case Copybook.Read.Refused(List<Mistake> mistakes) ->
          throw new AssertionError(mistakes.toString());
    };
  }

  private static List<Mistake> mistakes(String source) {
    return mistakes(source, Optional.of(Overpunch.GNUCOBOL));
  }

  private static List<Mistake> mistakes(String source, Optional<Overpunch> overpunch) {
    return Copybook.read(source, overpunch) instanceof Copybook.Read.Refused(var mistakes)
        ? mistakes
        : List.of();
  }

  @Nested
  class A_record {
    @Test
    void of_the_sample_has_the_positions_of_its_printout() throws IOException {
      assertThat(fields(Files.readString(Path.of("examples/budget12.cpy"))))
          .containsExactly(
              "object 1-6",
              "filler 7-7",
              "descr 8-32",
              "budget 33-46",
              "filler 47-47",
              "spent 48-61",
              "filler 62-62",
              "balance 63-76");
    }

    @Test
    void has_groups_and_clauses_in_any_order() {
      assertThat(
              fields(
                  """
                  01  A-RECORD.
                      03  GROUP-1.
                          05  ACCOUNT-NO VALUE IS ALL "0" PICTURE IS 9(6).
                              88  NO-ACCOUNT VALUE ZERO.
                          05  PIC X.
                          05  AMOUNT BLANK WHEN ZERO PIC ZZ9.99- USAGE IS DISPLAY.
                      03  PERIOD REDEFINED-NOT PIC X(7).
                  """
                      .replace(" REDEFINED-NOT", "")))
          .containsExactly("account_no 1-6", "filler 7-7", "amount 8-14", "period 15-21");
    }

    @Test
    void may_be_a_part_of_one_or_a_single_field() {
      assertThat(fields("05 A PIC X.\n05 B PIC X(2).")).containsExactly("a 1-1", "b 2-3");
      assertThat(fields("77 ONLY PIC 9(3).")).containsExactly("only 1-3");
    }

    @Test
    void numbers_the_elements_of_tables() {
      assertThat(
              fields(
                  """
                  01 R.
                     05 YEAR-OF OCCURS 2 TIMES INDEXED BY I J.
                        10 LABEL-X PIC X(3).
                        10 MONTH-SUM PIC 9(2) OCCURS 3.
                     05 REST PIC X.
                  """))
          .containsExactly(
              "label_x_1 1-3",
              "month_sum_1_1 4-5",
              "month_sum_1_2 6-7",
              "month_sum_1_3 8-9",
              "label_x_2 10-12",
              "month_sum_2_1 13-14",
              "month_sum_2_2 15-16",
              "month_sum_2_3 17-18",
              "rest 19-19");
    }

    @Test
    void knows_how_its_signs_stand() {
      assertThat(
              fields(
                  """
                  01 R SIGN IS LEADING SEPARATE CHARACTER.
                     05 A PIC S9(3)V99.
                     05 B PIC S9(3) TRAILING.
                     05 C PIC S9(3) SIGN IS TRAILING SEPARATE.
                  """))
          .containsExactly("a 1-6", "b 7-9", "c 10-13");
    }
  }

  @Nested
  class The_source_format {
    @Test
    void fixed_ignores_sequence_numbers_comments_and_what_is_behind_column_72() {
      String behind = " ".repeat(72 - "000300     05  A PIC X(4).".length());
      assertThat(
              fields(
                  "000100* A comment with a PIC X(99).\n000200 01  R.\n000300     05  A PIC X(4)."
                      + behind
                      + "PROGRAM1\n       \n000500/ page\n000600D    05  DEBUG PIC X.\n"
                      + "TAG01A     05  B PIC X.\n"))
          .containsExactly("a 1-4", "b 5-5");
    }

    @Test
    void free_begins_anywhere_and_ends_nowhere() {
      assertThat(
              fields(
                  "01 R. *> the record\n* a comment as on VMS\n  05 LONG-NAME"
                      + " ".repeat(80)
                      + "PIC X(4).\n"))
          .containsExactly("long_name 1-4");
    }

    @Test
    void with_tabs_is_as_the_compilers_have_it() {
      assertThat(fields("\t01 R.\n\t\t05 A\tPIC X(4).\n* no\n")).containsExactly("a 1-4");
    }
  }

  @Nested
  class What_is_not_supported {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "05 B REDEFINES A PIC X.|6|COPYBOOK_UNSUPPORTED|REDEFINES",
          "05 B PIC 9(4) COMP.|15|COPYBOOK_UNSUPPORTED|COMP",
          "05 B PIC S9(7) USAGE IS COMP-3.|25|COPYBOOK_UNSUPPORTED|COMP-3",
          "05 B PIC S9(7) PACKED-DECIMAL.|16|COPYBOOK_UNSUPPORTED|PACKED-DECIMAL",
          "05 B COMP-1.|6|COPYBOOK_UNSUPPORTED|COMP-1",
          "05 B USAGE POINTER.|12|COPYBOOK_UNSUPPORTED|POINTER",
          "05 B PIC X OCCURS 1 TO 9 DEPENDING ON A.|12|COPYBOOK_UNSUPPORTED|varies",
          "05 B PIC X OCCURS 9 DEPENDING ON A.|21|COPYBOOK_UNSUPPORTED|DEPENDING",
          "66 B RENAMES A.|1|COPYBOOK_UNSUPPORTED|66",
          "01 B PIC X.|1|COPYBOOK_UNSUPPORTED|second record",
          "COPY OTHER.|1|COPYBOOK_UNSUPPORTED|COPY",
          "05 B PIC PPP9.|10|COPYBOOK_PICTURE|P",
          "05 B PIC N(3).|10|COPYBOOK_PICTURE|N",
          "05 B PIC S9Z.|10|COPYBOOK_PICTURE|S",
          "05 B PIC 9(3) SIGN IS TRAILING.|10|COPYBOOK_SIGN|no S",
          "05 A PIC X.|4|COPYBOOK_NAME|second",
          "05 1ST PIC X.|4|COPYBOOK_NAME|name",
          "05 B.|1|COPYBOOK_SYNTAX|neither",
          "05 B PIC X OCCURS 9999.|12|COPYBOOK_SIZE|OCCURS",
          "05 B PIC|6|COPYBOOK_SYNTAX|period",
          "05 B PIC X WIDE.|12|COPYBOOK_SYNTAX|WIDE",
          "FIVE B PIC X.|1|COPYBOOK_SYNTAX|level",
          "05 B PIC X(500) OCCURS 20.|1|COPYBOOK_SIZE|too large",
        })
    void is_refused_at_its_place(String entry, int column, String ident, String text) {
      List<Mistake> found = mistakes("01 R.\n05 A PIC X.\n" + entry + "\n");
      assertThat(found).isNotEmpty();
      Mistake first = found.getFirst();
      assertThat(first.ident()).as(first.toString()).isEqualTo(ident);
      assertThat(List.of(first.line(), first.column()))
          .as(first.toString())
          .containsExactly(3, column);
      assertThat(first.text()).contains(text);
    }

    @Test
    void a_sign_in_a_digit_needs_the_name_of_its_family() {
      assertThat(mistakes("05 A PIC S9(3).", Optional.empty()))
          .singleElement()
          .satisfies(m -> assertThat(m.ident()).isEqualTo("COPYBOOK_SIGN"));
      assertThat(mistakes("05 A PIC S9(3) SIGN TRAILING SEPARATE.", Optional.empty())).isEmpty();
    }

    @Test
    void all_of_it_comes_at_once() {
      assertThat(mistakes("01 R.\n05 A COMP-1.\n05 B REDEFINES A PIC X.\n05 C PIC X COMP.\n"))
          .extracting(Mistake::line)
          .containsExactly(2, 3, 4);
      assertThat(mistakes("01 R.\n05 A PIC Q.\n05 B PIC P.\n05 C OCCURS 9.\n10 D PIC Q."))
          .extracting(Mistake::line)
          .containsExactly(2, 3, 5);
    }
  }

  @Nested
  class Hostile_text {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          ".",
          "....",
          "\"",
          "05",
          "05 A",
          "01 R. 05 FILLER PIC X.",
          "\0",
          "05 A PIC."
        })
    void is_refused(String source) {
      assertThat(mistakes(source)).isNotEmpty();
    }

    @Test
    void does_not_multiply() {
      StringBuilder tables = new StringBuilder("01 R.\n");
      for (int level = 2; level < 40; level++) {
        tables.append(String.format("%02d T%d OCCURS 1000.%n", level, level));
      }
      assertThat(mistakes(tables + "45 A PIC X.")).hasSize(1);
    }

    @Test
    void of_any_kind_never_throws() throws IOException {
      String text = Files.readString(Path.of("examples/budget12.cpy"));
      for (int i = 0; i < text.length(); i++) {
        assertThat(read(text.substring(0, i) + text.substring(i + 1))).isNotNull();
        assertThat(read(text.substring(i))).isNotNull();
      }
    }
  }
}
