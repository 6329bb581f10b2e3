package org.hitc.listener.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hitc.listener.page.Fixture.report;
import static org.hitc.listener.page.Fixture.row;

import java.text.Collator;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hitc.channel.Arrangement;
import org.hitc.workflow.engine.View;
import org.junit.jupiter.api.Test;

/** The rows of a report as somebody wants to see them. */
class ArrangedRowsTest {
  private static final Comparator<String> GERMAN = Collator.getInstance(Locale.GERMAN)::compare;

  private static List<String> texts(View.Report report, Arrangement wish) {
    return ArrangedRows.of(report, wish, GERMAN).rows().stream()
        .map(row -> row.cells().getFirst().asText())
        .toList();
  }

  private static Arrangement sort(String column, boolean descending) {
    return Arrangement.PLAIN.sortedBy(column, descending);
  }

  private static Arrangement find(String text) {
    return new Arrangement(Optional.empty(), false, text, 1, false, false);
  }

  @Test
  void numbers_are_sorted_by_size_and_what_is_empty_stays_last() {
    View.Report report =
        report(row("a", "10"), row("b", ""), row("c", "9.00"), row("d", "-100"), row("e", "9"));
    assertThat(texts(report, sort("amount", false))).containsExactly("d", "c", "e", "a", "b");
    assertThat(texts(report, sort("amount", true))).containsExactly("a", "c", "e", "d", "b");
  }

  @Test
  void texts_are_sorted_as_the_reader_expects_it() {
    View.Report report = report(row("Zebra", "1"), row("Äpfel", "1"), row("apfel", "1"));
    assertThat(texts(report, sort("text", false))).containsExactly("apfel", "Äpfel", "Zebra");
    assertThat(texts(report, sort("text", true))).containsExactly("Zebra", "Äpfel", "apfel");
  }

  @Test
  void rows_are_found_in_any_case_and_form_and_column() {
    View.Report report = report(row("Caf\u00e9", "12.50"), row("Tea", "3"), row("", "7"));
    assertThat(texts(report, find("CAFE\u0301"))).containsExactly("Caf\u00e9");
    assertThat(texts(report, find("12.5"))).containsExactly("Caf\u00e9");
    assertThat(texts(report, find("nothing"))).isEmpty();
    assertThat(texts(report, find(".*"))).isEmpty();
  }

  @Test
  void many_rows_are_shown_in_parts_and_a_part_behind_the_end_is_the_last() {
    View.Report report =
        report(
            IntStream.range(0, 401)
                .mapToObj(i -> row("r" + i, "" + i))
                .toArray(View.RowView[]::new));
    ArrangedRows first = ArrangedRows.of(report, Arrangement.PLAIN, GERMAN);
    assertThat(List.of(first.first(), first.last(), first.matching(), first.parts()))
        .containsExactly(1, 200, 401, 3);
    ArrangedRows last = ArrangedRows.of(report, Arrangement.PLAIN.atPart(100_000), GERMAN);
    assertThat(List.of(last.first(), last.last(), last.arrangement().part()))
        .containsExactly(401, 401, 3);
  }

  @Test
  void nothing_found_is_one_empty_part() {
    ArrangedRows none = ArrangedRows.of(report(row("a", "1")), find("x").atPart(7), GERMAN);
    assertThat(List.of(none.first(), none.last(), none.matching(), none.parts()))
        .containsExactly(0, 0, 0, 1);
  }

  @Test
  void a_column_that_there_is_not_is_left_out() {
    ArrangedRows rows =
        ArrangedRows.of(report(row("b", "1"), row("a", "2")), sort("secret", true), GERMAN);
    assertThat(rows.arrangement()).isEqualTo(Arrangement.PLAIN);
    assertThat(rows.rows().getFirst().cells().getFirst().asText()).isEqualTo("b");
  }
}
