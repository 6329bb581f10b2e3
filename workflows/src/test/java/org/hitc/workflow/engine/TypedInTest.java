package org.hitc.workflow.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hitc.workflow.engine.Play.invalid;
import static org.hitc.workflow.engine.Play.page;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.Refusal;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** In which language the numbers and days of a form are. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TypedInTest {

  /** Reads as much German as is needed here. */
  private static final class German implements InputReader {
    @Override
    public Optional<String> language() {
      return Optional.of("de");
    }

    @Override
    public Optional<BigDecimal> number(String text) {
      return CanonicalForm.number(text.replace(".", "").replace(',', '.'));
    }

    @Override
    public ReadDate date(String text) {
      return text.length() < 10
          ? new ReadDate.NoDay(NoDayReason.YEAR)
          : InputReader.canonical()
              .date(text.substring(6) + "-" + text.substring(3, 5) + "-" + text.substring(0, 2));
    }
  }

  private final Play play =
      Play.of(
              """
              messages: { BAD: { field: a } }
              steps:
                - form: ask
                  title: Ask
                  fields:
                    a: { label: A, type: amount, default: "1.50" }
                    d: { label: D, type: date, min: 2026-01-01, required: false }
                - run: allow
                  stdin: [$a, $d]
                - run: show
                  output: text
              """)
          .reading(new German());

  private static View.Form form(Snapshot page) {
    return (View.Form) page.view();
  }

  private static List<String> values(View.Form form) {
    return form.fields().getFirst().values();
  }

  @Test
  void what_was_typed_is_read_in_the_language_of_the_page_and_programs_get_the_canonical_form() {
    page(play.submit(page(play.start()), "a", "1.234,5", "d", "03.11.2026"));
    assertThat(play.invocations().getFirst().stdin()).containsExactly("1234.50", "2026-11-03");
  }

  @Test
  void a_default_and_the_values_of_a_link_are_canonical_whoever_reads_them() {
    View.Form first = form(page(play.start()));
    assertThat(values(first)).containsExactly("1.50");
    assertThat(first.typedIn()).isEmpty();
    View.Form linked = form(page(play.start(Map.of("a", List.of("1.234")))));
    assertThat(values(linked)).containsExactly("1.234");
    assertThat(linked.typedIn()).isEmpty();
  }

  @Test
  void a_form_that_is_shown_again_is_as_it_was_typed_and_says_in_which_language() {
    View.Form again = invalid(play.submit(page(play.start()), "a", "1.234", "d", "3.11.26"));
    assertThat(values(again)).containsExactly("1.234");
    assertThat(again.typedIn()).contains("de");
    assertThat(again.problems())
        .containsExactly(
            new View.Problem(
                "d",
                Refusal.ARG_DATE,
                Map.of("reason", new Argument.Word("year"), "min", new Argument.Day("2026-01-01")),
                Optional.empty()));
  }

  @Test
  void a_day_out_of_bounds_is_told_from_one_that_cannot_be_read() {
    View.Form early = invalid(play.submit(page(play.start()), "a", "1", "d", "31.12.2025"));
    assertThat(early.problems().getFirst().arguments())
        .containsEntry("reason", new Argument.Word("range"));
  }

  @Test
  void a_form_that_a_program_sends_back_holds_the_answers_in_their_canonical_form() {
    play.exiting("allow", 1).saying("allow", "%FIS-E-BAD, not so much");
    View.Form back = form(page(play.submit(page(play.start()), "a", "1.234")));
    assertThat(back.problems()).hasSize(1);
    assertThat(values(back)).containsExactly("1234.00");
    assertThat(back.typedIn()).isEmpty();
  }

  @Test
  void what_holds_and_what_will_hold_have_the_same_decimals() {
    Play change =
        Play.of(
                """
                - run: values
                  output: values
                  values: [a]
                - form: ask
                  title: Ask
                  fields: { a: { label: A, type: amount } }
                - confirm: sure
                  title: Sure?
                - run: write
                  writes: true
                - done: end
                  title: Done
                """)
            .printing("values", "a=1234.5\n")
            .reading(new German());
    View.Confirm confirm =
        (View.Confirm) page(change.submit(page(change.start()), "a", "1.234,50")).view();
    View.Shown shown = new View.Shown.Decimal(new BigDecimal("1234.50"));
    assertThat(confirm.changes().getFirst().after()).isEqualTo(shown);
    assertThat(confirm.changes().getFirst().now()).contains(shown);
  }
}
