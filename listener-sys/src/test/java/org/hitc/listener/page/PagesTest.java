package org.hitc.listener.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hitc.listener.page.Fixture.ADDRESS;
import static org.hitc.listener.page.Fixture.report;
import static org.hitc.listener.page.Fixture.row;
import static org.hitc.listener.page.Fixture.stored;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hitc.channel.Arrangement;
import org.hitc.channel.Page;
import org.hitc.channel.Refusal;
import org.hitc.channel.Text;
import org.hitc.workflow.engine.Changed;
import org.hitc.workflow.engine.ProgramMessage;
import org.hitc.workflow.engine.View;
import org.junit.jupiter.api.Test;

/** What people read of a view. */
class PagesTest {
  private final Reader reader = Fixture.reader();
  private final Pages pages =
      new Pages(
          reader,
          (_, _) -> {
            throw new AssertionError("no printout is shown here");
          });

  private Page page(View view) {
    return pages.of(stored(view), ADDRESS, Arrangement.PLAIN);
  }

  private Page.Stopped stopped(
      Refusal why, Changed changed, boolean writes, Optional<ProgramMessage> message) {
    return (Page.Stopped)
        page(
            new View.Stopped(
                why, "print", message, changed, writes, Optional.of("ask"), "the detail"));
  }

  private Optional<String> consequence(Refusal why, Changed changed, boolean writes) {
    return stopped(why, changed, writes, Optional.empty()).consequence().map(Text::value);
  }

  private Optional<String> words(String key) {
    String words = reader.message(key, Map.of()).value();
    assertThat(words).as("a key without words").doesNotStartWith("[");
    return Optional.of(words);
  }

  @Test
  void a_page_that_stops_says_whether_anything_was_changed_where_that_is_a_question() {
    assertThat(consequence(Refusal.JOB_REFUSED, Changed.NO, false)).isEmpty();
    assertThat(consequence(Refusal.JOB_REFUSED, Changed.NO, true))
        .isEqualTo(words("problem.nothing_changed"));
    assertThat(consequence(Refusal.JOB_FAILED, Changed.MAYBE, true))
        .isEqualTo(words("problem.may_have_changed"));
    assertThat(consequence(Refusal.JOB_FAILED, Changed.YES, true))
        .isEqualTo(words("problem.has_changed"));
  }

  @Test
  void only_what_changes_nothing_is_offered_again() {
    assertThat(stopped(Refusal.BUSY, Changed.NO, false, Optional.empty()).again())
        .contains(ADDRESS);
    assertThat(stopped(Refusal.BUSY, Changed.NO, true, Optional.empty()).again()).isEmpty();
    assertThat(stopped(Refusal.BUSY, Changed.MAYBE, true, Optional.empty()).again()).isEmpty();
  }

  @Test
  void the_detail_for_the_programmer_is_on_no_page() {
    assertThat(stopped(Refusal.JOB_FAILED, Changed.NO, false, Optional.empty()).toString())
        .doesNotContain("the detail");
  }

  @Test
  void a_confirm_shows_what_was_and_what_will_be_and_where_to_correct_it() {
    Page.Confirm page =
        (Page.Confirm)
            page(
                new View.Confirm(
                    Fixture.words("Check"),
                    List.of(
                        new View.Change(
                            "ask",
                            "to",
                            Fixture.words("To"),
                            Optional.of(new View.Shown.Plain("old\nplace")),
                            new View.Shown.Plain("new\u0007")),
                        new View.Change(
                            "other",
                            "p",
                            Fixture.words("Password"),
                            Optional.empty(),
                            new View.Shown.Hidden())),
                    Optional.empty()));
    assertThat(page.changes().get(0).now().map(Text::value)).contains("old place");
    assertThat(page.changes().get(0).after().value()).isEqualTo("new\u2407");
    assertThat(page.changes().get(0).edit()).isPresent();
    assertThat(page.changes().get(1).edit()).isEmpty();
    assertThat(page.changes().get(1).after().value())
        .isEqualTo(words("value.hidden").orElseThrow());
  }

  @Test
  void a_receipt_says_when_and_that_it_was_done_before() {
    View done =
        new View.Done(Fixture.words("Changed"), Optional.empty(), List.of(), Optional.empty());
    Page.Done first = (Page.Done) page(done);
    assertThat(first.already()).isEmpty();
    Arrangement again = Arrangement.of(Map.of("done", List.of("1"))).orElseThrow();
    Page.Done second = (Page.Done) pages.of(stored(done), ADDRESS, again);
    assertThat(second.already().orElseThrow().value()).contains(second.at());
  }

  @Test
  void a_chart_is_drawn_of_some_rows_and_described_in_words() {
    Page.Chart chart =
        Charts.of(report(row("Pens", "5"), row("Paper", "-1.50"), row("Ink", "")), reader)
            .orElseThrow();
    assertThat(chart.categories()).containsExactly("Pens", "Paper", "Ink");
    assertThat(chart.series().getFirst().values().getLast()).isZero();
    assertThat(chart.description().value()).contains("Pens", "Paper");
    assertThat(Charts.of(report(), reader)).isEmpty();
    View.RowView[] many =
        IntStream.range(0, Charts.MOST + 1)
            .mapToObj(i -> row("r" + i, "1"))
            .toArray(View.RowView[]::new);
    assertThat(Charts.of(report(many), reader)).isEmpty();
  }
}
