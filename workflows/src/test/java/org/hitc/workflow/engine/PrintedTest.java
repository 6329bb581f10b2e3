package org.hitc.workflow.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hitc.workflow.engine.Play.page;
import static org.hitc.workflow.engine.Play.stopped;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hitc.channel.Refusal;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs print: values, rows and messages, the hostile ones among them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PrintedTest {

  @Nested
  class Values {
    private final Play play =
        Play.of(
            """
            - form: ask
              title: Ask
              fields: { account: { label: Account } }
            - run: values
              stdin: [$account]
              output: values
              values: [owner]
            - run: show
              title: For $user
              stdin: [$account, $owner, $before.owner, $user, $today, $job, $language]
              output: text
            """);

    private List<String> given(String printed) {
      play.printing("values", printed);
      page(play.submit(page(play.start()), "account", "204110"));
      return play.invocations().getLast().stdin();
    }

    @Test
    void are_what_later_steps_refer_to() {
      assertThat(given("OWNER=bert\n"))
          .containsExactly("204110", "bert", "bert", "anna", "2026-11-23", "7K3P-2M", "en");
    }

    @Test
    void never_hide_an_answer_or_a_predefined_name() {
      assertThat(
              given(
                  "OWNER=bert\nACCOUNT=999999\nUSER=root\nTODAY=1999-01-01\nJOB=x\nLANGUAGE=xx\n"))
          .containsExactly("204110", "bert", "bert", "anna", "2026-11-23", "7K3P-2M", "en");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "OWNER\n",
          "=x\n",
          "BEFORE.OWNER=x\n",
          "ROW.X=1\nOWNER=x\n",
          "OWNER=a\nOWNER=b\n",
          "OWNER=a\u0007\n",
          "OTHER=x\n"
        })
    void are_all_refused_when_one_is_wrong(String printed) {
      play.printing("values", printed);
      assertThat(stopped(play.submit(page(play.start()), "account", "1")).why())
          .isEqualTo(Refusal.VALUES_SYNTAX);
      assertThat(play.ran()).containsExactly("values");
    }
  }

  @Nested
  class Rows_as_choices {
    private final Play play =
        Play.of(
            """
            - run: rows
              output: rows
              columns: { csv: { columns: [{ column: id, label: Id }, { column: text, label: T }] } }
            - form: choose
              title: Choose
              fields:
                c: { label: C, choices: { rows: rows, value: id, label: text } }
            - report: after
              title: After
              program: print
              args: [$c]
              columns: { csv: { columns: [{ column: z, label: Z }] } }
            """);

    @Test
    void are_offered_once_each_with_their_label() {
      Snapshot form = page(play.printing("rows", "1,one\n2,two\n1,one\n3,\n").start());
      assertThat(form.offers())
          .extracting(Offer::value, Offer::label)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("1", "one"),
              org.assertj.core.groups.Tuple.tuple("2", "two"),
              org.assertj.core.groups.Tuple.tuple("3", "3"));
      page(play.submit(form, "c", form.offers().get(1).handle()));
      assertThat(play.ran()).containsExactly("rows", "after");
      assertThat(play.invocations().getLast().args()).containsExactly("2");
    }

    @Test
    void may_be_none() {
      Snapshot form = page(play.printing("rows", "").start());
      assertThat(form.offers()).isEmpty();
      assertThat(Play.invalid(play.submit(form)).problems().getFirst().why())
          .isEqualTo(Refusal.ARG_REQUIRED);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ,empty\n", "VALUE,too long\n", "1,VALUE\n"})
    void with_an_unusable_value_are_refused_whole(String printed) {
      play.printing("rows", "1,one\n" + printed.replace("VALUE", "x".repeat(257)));
      assertThat(stopped(play.start()).why()).isEqualTo(Refusal.ROWS_SYNTAX);
    }

    @Test
    void that_are_too_many_are_refused_whole_and_not_kept() {
      play.printing("rows", many(10_000));
      assertThat(stopped(play.start()).why()).isEqualTo(Refusal.ROWS_LIMIT);
      play.printing("rows", many(10_001));
      assertThat(stopped(play.start()).why()).isEqualTo(Refusal.ROWS_LIMIT);
      Snapshot form = page(play.printing("rows", many(1_000)).start());
      assertThat(form.offers()).hasSize(1_000);
    }

    @Test
    void are_kept_with_no_more_than_a_form_can_offer() {
      Play report =
          Play.of(
                  """
                  - report: rows
                    title: Rows
                    program: rows
                    columns: { csv: { columns: [{ column: id, label: Id }] } }
                  - form: choose
                    title: Choose
                    fields: { c: { label: C, choices: { rows: rows, value: id, label: id } } }
                  - run: show
                    stdin: [$c]
                    output: text
                  """)
              .printing("rows", many(5_000).replace(",x", ""));
      Snapshot page = page(report.start());
      assertThat(((View.Report) page.view()).rows()).hasSize(5_000);
      assertThat(page.known().rows("c").orElseThrow().choices()).hasSize(1_001);
      assertThat(stopped(report.submit(page)).why()).isEqualTo(Refusal.ROWS_LIMIT);
    }

    private static String many(int rows) {
      return IntStream.range(0, rows).mapToObj(i -> i + ",x\n").collect(Collectors.joining());
    }
  }

  @Nested
  class Messages {
    private final Play play =
        Play.of(
            """
            messages: { CLOSED: { field: n } }
            steps:
            - form: ask
              title: Ask
              fields: { n: { label: N } }
            - run: allow
              stdin: [$n]
            - report: report
              title: Report
              program: print
              columns: { csv: { columns: [{ column: z, label: Z }] } }
            """);

    @ParameterizedTest
    @CsvSource({
      "S, SUCCESS, JOB_REFUSED",
      "I, INFORMATIONAL, JOB_REFUSED",
      "W, WARNING, JOB_REFUSED",
      "E, ERROR, JOB_REFUSED",
      "F, FATAL, JOB_FAILED"
    })
    void of_every_severity_are_shown(String letter, ProgramMessage.Severity severity, Refusal why) {
      play.exiting("print", 2).saying("print", "%FIS-" + letter + "-BAD, it is bad\n");
      View.Stopped view = stopped(play.submit(page(play.start()), "n", "1"));
      assertThat(view.message().orElseThrow().severity()).isEqualTo(severity);
      assertThat(view.why()).isEqualTo(why);
    }

    @Test
    void stand_beside_the_field_with_what_was_typed() {
      play.exiting("allow", 1).saying("allow", "%FIS-E-CLOSED, closed\n");
      Snapshot form = page(play.submit(page(play.start()), "n", "7"));
      View.Form view = (View.Form) form.view();
      assertThat(view.problems()).extracting(View.Problem::field).containsExactly("n");
      assertThat(view.fields().getFirst().values()).containsExactly("7");
      play.exiting("allow", 0);
      assertThat(page(play.submit(form, "n", "8")).step()).isEqualTo("report");
    }

    @Test
    void of_a_report_that_is_made_again_stand_on_a_page_of_their_own() {
      Snapshot report = page(play.submit(page(play.start()), "n", "7"));
      play.exiting("allow", 1).saying("allow", "%FIS-E-CLOSED, closed\n");
      assertThat(stopped(play.again(report)).message()).isPresent();
    }

    @Test
    void with_controls_are_made_visible() {
      play.exiting("allow", 1).saying("allow", "%FIS-E-X, a\u001b[31mb\u0000\uD83D\uDE00\n");
      assertThat(stopped(play.submit(page(play.start()), "n", "1")).message().orElseThrow().words())
          .isEqualTo("a\u241b[31mb\u2400\uD83D\uDE00");
    }

    @Test
    void of_any_length_are_cut() {
      play.exiting("allow", 1).saying("allow", "%FIS-E-X, " + "\uD83D\uDE00".repeat(10_000));
      assertThat(stopped(play.submit(page(play.start()), "n", "1")).message().orElseThrow().words())
          .hasSizeLessThanOrEqualTo(ProgramMessage.MAX_WORDS);
    }
  }

  @Nested
  class The_way_of_VMS {
    private static final String STEPS =
        """
        - run: allow
          stdin: [$user]
          SUCCESS
        - report: report
          title: Report
          program: print
          columns: { csv: { columns: [{ column: z, label: Z }] } }
        """;

    @Test
    void is_hinted_at_when_a_program_ends_with_1_and_says_nothing() {
      Play play = Play.of(STEPS.replace("SUCCESS", "")).exiting("allow", 1);
      assertThat(stopped(play.start()).detail()).contains("success_exit: [1]");
      play.saying("allow", "%FIS-E-NO, no\n");
      assertThat(stopped(play.start()).detail()).doesNotContain("success_exit");
    }

    @Test
    void is_success_where_the_definition_says_so() {
      Play play = Play.of(STEPS.replace("SUCCESS", "success_exit: [1, 3]")).exiting("allow", 3);
      assertThat(page(play.start()).step()).isEqualTo("report");
      assertThat(stopped(play.exiting("allow", 0).start()).why()).isEqualTo(Refusal.JOB_REFUSED);
    }
  }
}
