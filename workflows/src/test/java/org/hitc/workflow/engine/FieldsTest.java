package org.hitc.workflow.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hitc.workflow.engine.Play.assertRefused;
import static org.hitc.workflow.engine.Play.handle;
import static org.hitc.workflow.engine.Play.invalid;
import static org.hitc.workflow.engine.Play.page;

import java.util.List;
import java.util.Map;
import org.hitc.channel.Refusal;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be typed, chosen and uploaded, and what programs get of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FieldsTest {

  /** A form with this one field, whose answer goes to a program's input. */
  private static Play field(String field) {
    return Play.of(
        """
        - form: ask
          title: Ask
          fields: { f: { label: F, FIELD } }
        - run: show
          stdin: [$f]
          output: text
        """
            .replace("FIELD", field));
  }

  private static List<String> given(Play play, String... values) {
    Snapshot form = page(play.start());
    String[] sent = new String[values.length * 2];
    for (int i = 0; i < values.length; i++) {
      sent[2 * i] = "f";
      sent[2 * i + 1] = values[i];
    }
    page(play.submit(form, sent));
    return play.invocations().getLast().stdin();
  }

  private static Refusal refused(Play play, String value) {
    View.Form form = invalid(play.submit(page(play.start()), "f", value));
    assertThat(play.ran()).isEmpty();
    return form.problems().getFirst().why();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type: number | 12 | 12",
        "type: number | -12 | -12",
        "type: number | 999999999 | 999999999",
        "type: amount | 1234.5 | 1234.50",
        "type: amount | -0.01 | -0.01",
        "'type: amount, decimals: 0' | 7 | 7",
        "type: date | 2028-02-29 | 2028-02-29",
        "type: email | a.b+c@mail.example.org | a.b+c@mail.example.org",
        "type: checkbox | yes | yes",
        "type: checkbox | '' | no",
        "type: text | '  a  b ' | a  b",
        "'type: text, required: false' | ' ' | ''",
        "pic: 9(6) | 204 110 | 204110",
        "pic: X(3) | a b | a b",
      })
  void a_value_becomes_the_form_that_programs_read(String field, String typed, String given) {
    assertThat(given(field(field), typed)).containsExactly(given);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type: number | 1.5 | ARG_FORMAT",
        "type: number | 1e3 | ARG_FORMAT",
        "type: number | 2147483648 | ARG_RANGE",
        "type: number | 0x10 | ARG_FORMAT",
        "'type: number, min: 1, max: 9' | 0 | ARG_RANGE",
        "'type: number, min: 1, max: 9' | 10 | ARG_RANGE",
        "type: amount | 1.005 | ARG_FORMAT",
        "type: amount | 99999999999999.00 | ARG_RANGE",
        "type: amount | NaN | ARG_FORMAT",
        "type: date | 2026-02-30 | ARG_DATE",
        "type: date | 10000-01-01 | ARG_DATE",
        "type: date | 0000-01-01 | ARG_DATE",
        "'type: date, min: 2026-01-01' | 2025-12-31 | ARG_DATE",
        "type: email | a@localhost | ARG_FORMAT",
        "type: email | a b@example.org | ARG_FORMAT",
        "type: checkbox | on | ARG_FORMAT",
        "'type: text, max_length: 3' | abcd | ARG_LEN",
        "'type: text, max_length: 3' | éé | ARG_LEN",
        "type: text | '' | ARG_REQUIRED",
        "pic: 9(6) | ٢٠٤ | ARG_FORMAT",
        "pic: A(3) | a1b | ARG_FORMAT",
      })
  void a_wrong_value_is_refused_and_stays_as_it_was_typed(String field, String typed, Refusal why) {
    Play play = field(field);
    assertThat(refused(play, typed)).isEqualTo(why);
    View.Form shown = invalid(play.submit(page(play.start()), "f", typed));
    if (!typed.isEmpty() && !field.contains("checkbox")) {
      assertThat(shown.fields().getFirst().values()).containsExactly(typed);
    }
  }

  @Test
  void numbers_of_any_length_are_answered() {
    Play play = field("type: number");
    assertThat(refused(play, "9".repeat(400))).isEqualTo(Refusal.ARG_RANGE);
    assertThat(refused(field("type: amount"), "0." + "0".repeat(400) + "1"))
        .isEqualTo(Refusal.ARG_RANGE);
  }

  @Nested
  class A_text_area {
    private final Play play = field("type: textarea, max_length: 10, max_bytes: 12");

    @Test
    void becomes_as_many_input_lines() {
      assertThat(given(play, "a\r\nb\n\nc\r\n\r\n")).containsExactly("a", "b", "", "c");
    }

    @Test
    void counts_characters_and_bytes() {
      assertThat(refused(play, "12345\n78901")).isEqualTo(Refusal.ARG_LEN);
      assertThat(refused(play, "éééé\néé\n")).isEqualTo(Refusal.ARG_LEN);
    }

    @Test
    void has_no_other_control_character() {
      assertThat(refused(play, "a\tb")).isEqualTo(Refusal.ARG_CHARSET);
      assertThat(refused(play, "a\rb")).isEqualTo(Refusal.ARG_CHARSET);
    }
  }

  @Nested
  class Several_choices {
    private final Play play =
        field("type: many, min: 1, max: 2, choices: { program: list }").printing("list", "a\nb\nc");

    @Test
    void become_as_many_lines_in_the_order_of_the_page() {
      Snapshot form = page(play.start());
      page(play.submit(form, "f", handle(form, "c"), "f", handle(form, "a")));
      assertThat(play.invocations().getLast().stdin()).containsExactly("a", "c");
    }

    @Test
    void are_not_too_few_and_not_too_many() {
      Snapshot form = page(play.start());
      assertThat(invalid(play.submit(form)).problems().getFirst().why())
          .isEqualTo(Refusal.WF_COUNT);
      Outcome three =
          play.submit(form, "f", handle(form, "a"), "f", handle(form, "b"), "f", handle(form, "c"));
      assertThat(invalid(three).problems().getFirst().why()).isEqualTo(Refusal.WF_COUNT);
      assertThat(invalid(three).fields().getFirst().values()).hasSize(3);
    }

    @Test
    void are_offers_of_this_page_and_each_is_chosen_once() {
      Snapshot form = page(play.start());
      Snapshot other = page(play.start());
      assertRefused(play.submit(form, "f", handle(other, "a")), Refusal.WF_CHOICE);
      assertRefused(play.submit(form, "f", "a"), Refusal.WF_CHOICE);
      assertRefused(
          play.submit(form, "f", handle(form, "a"), "f", handle(form, "a")), Refusal.WF_COUNT);
    }
  }

  @Test
  void a_choice_of_one_field_is_no_choice_of_another() {
    Play play =
        Play.of(
                """
                - form: ask
                  title: Ask
                  fields:
                    f: { label: F, choices: { program: list } }
                    g: { label: G, choices: { program: list } }
                - run: show
                  stdin: [$f, $g]
                  output: text
                """)
            .printing("list", "a\n");
    Snapshot form = page(play.start());
    String f = form.offers().get(0).handle();
    String g = form.offers().get(1).handle();
    assertRefused(play.submit(form, "f", g, "g", f), Refusal.WF_CHOICE);
    page(play.submit(form, "f", f, "g", g));
  }

  @Nested
  class A_file {
    private final Play play =
        Play.of(
            """
            - form: ask
              title: Ask
              fields: { f: { label: F, type: file, kinds: [csv, txt], max_size: 2KiB } }
            - run: show
              args: [$f]
              output: text
            """);

    private Outcome upload(String name, long bytes) {
      return play.play(
          page(play.start()),
          new Event.Submit(
              Map.of(), Map.of("f", new Event.UploadedFile(name, "/spool/1234", bytes))));
    }

    @Test
    void is_the_path_of_our_copy_for_programs_and_its_name_for_people() {
      page(upload("Budget.CSV", 2_048));
      assertThat(play.invocations().getLast().args()).containsExactly("/spool/1234");
    }

    @Test
    void is_neither_too_large_nor_of_another_kind_nor_missing() {
      assertThat(invalid(upload("a.csv", 2_049)).problems().getFirst().why())
          .isEqualTo(Refusal.ARG_FILE);
      assertThat(invalid(upload("a.csv.exe", 1)).problems().getFirst().why())
          .isEqualTo(Refusal.ARG_FILE);
      assertThat(invalid(play.submit(page(play.start()))).problems().getFirst().why())
          .isEqualTo(Refusal.ARG_REQUIRED);
    }

    @Test
    void is_never_named_by_a_value() {
      assertRefused(play.submit(page(play.start()), "f", "/etc/passwd"), Refusal.WF_FIELD);
    }
  }

  @Nested
  class A_password {
    private static final String SECRET = "correct horse";
    private final Play play =
        Play.of(
                """
                - form: ask
                  title: Ask
                  fields:
                    n: { label: N }
                    p: { label: P, type: password, max_length: 20 }
                - run: values
                  stdin: [$n]
                  output: values
                  values: [v]
                - run: allow
                  stdin: [$p, $v]
                - form: after
                  title: After $v
                  fields: { x: { label: X } }
                - done: end
                  title: End
                """)
            .printing("values", "V=1\n");

    private Event.Submit submit(String n) {
      return new Event.Submit(Map.of("n", List.of(n), "p", List.of(SECRET)));
    }

    @Test
    void is_a_line_of_input_and_nothing_else() {
      Outcome outcome = play.play(page(play.start()), submit("1"));
      assertThat(page(outcome).step()).isEqualTo("after");
      assertThat(play.invocations().get(1).stdin()).containsExactly(SECRET, "1");
      assertThat(outcome.toString()).doesNotContain(SECRET);
    }

    @Test
    void is_in_no_page_that_stops_or_comes_back() {
      play.exiting("allow", 1);
      assertThat(play.play(page(play.start()), submit("1")).toString()).doesNotContain(SECRET);
      play.exiting("values", 4);
      assertThat(play.play(page(play.start()), submit("1")).toString()).doesNotContain(SECRET);
    }

    @Test
    void is_not_shown_again_beside_a_problem() {
      Outcome outcome = play.play(page(play.start()), submit(""));
      assertThat(invalid(outcome).problems()).hasSize(1);
      assertThat(outcome.toString()).doesNotContain(SECRET);
    }

    @Test
    void is_in_nothing_that_could_be_printed() {
      Event.Submit submit = submit("1");
      Outcome.Run run = (Outcome.Run) play.ask(page(play.start()), submit);
      assertThat(submit.toString() + run).doesNotContain(SECRET);
    }

    @Test
    void is_filled_in_by_no_link() {
      assertRefused(play.start(Map.of("p", List.of(SECRET))), Refusal.WF_FIELD);
    }

    @Test
    void is_not_known_any_more_when_a_stopped_way_is_tried_again() {
      Outcome stopped = play.exiting("allow", 1).play(page(play.start()), submit("1"));
      assertRefused(play.exiting("allow", 0).again(page(stopped)), Refusal.WF_STEP);
    }
  }

  @Nested
  class A_link {
    private final Play play =
        Play.of(
                """
                - run: allow
                  stdin: [$user]
                - form: ask
                  title: Ask
                  fields:
                    n: { label: N, default: "5" }
                    c: { label: C, choices: { program: list } }
                    m: { label: M, type: many, choices: { program: list } }
                - run: show
                  stdin: [$n]
                  output: text
                """)
            .printing("list", "a\nb\n");

    @Test
    void fills_the_first_form_behind_its_guards() {
      Snapshot form =
          page(play.start(Map.of("n", List.of("7"), "c", List.of("b"), "m", List.of("a", "b"))));
      assertThat(play.ran()).containsExactly("allow", "ask", "ask");
      List<View.FieldView> fields = ((View.Form) form.view()).fields();
      assertThat(fields.get(0).values()).containsExactly("7");
      assertThat(fields.get(1).values()).containsExactly(form.offers().get(1).handle());
      assertThat(fields.get(2).values()).hasSize(2);
    }

    @Test
    void chooses_nothing_that_is_not_offered() {
      Snapshot form = page(play.start(Map.of("c", List.of("z"))));
      assertThat(((View.Form) form.view()).fields().get(0).values()).containsExactly("5");
      assertThat(((View.Form) form.view()).fields().get(1).values()).isEmpty();
    }

    @Test
    void has_no_other_field_no_second_value_and_no_control_character() {
      assertRefused(play.start(Map.of("user", List.of("root"))), Refusal.WF_FIELD);
      assertRefused(play.start(Map.of("n", List.of("1", "2"))), Refusal.WF_COUNT);
      assertRefused(play.start(Map.of("n", List.of("1\n2"))), Refusal.ARG_CHARSET);
      assertRefused(play.start(Map.of("n", List.of("1\uD800"))), Refusal.ARG_ENCODING);
      assertRefused(play.start(Map.of("n", List.of("1".repeat(5_000)))), Refusal.ARG_LEN);
    }
  }
}
