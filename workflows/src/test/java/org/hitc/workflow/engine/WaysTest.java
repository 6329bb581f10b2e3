package org.hitc.workflow.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hitc.workflow.engine.Play.handle;
import static org.hitc.workflow.engine.Play.page;
import static org.hitc.workflow.engine.Play.stopped;

import java.util.List;
import org.hitc.channel.Refusal;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Where the way leads, and which guards run on it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WaysTest {
  private static final String COLUMNS =
      "{ csv: { separator: \";\", columns: [{ column: id, label: Id }] } }";

  @Nested
  class An_answer_chooses_a_branch {
    private final Play play =
        Play.of(
            """
            - form: ask
              title: Ask
              fields:
                kind:
                  label: Kind
                  choices: [{ value: a, label: A }, { value: b, label: B }]
              next: { kind: { a: first, b: second_guard } }
            - report: first
              title: First
              program: print
              columns: COLUMNS
            - run: second_guard
              program: judge
            - report: second
              title: Second
              program: more
              columns: COLUMNS
            """
                .replace("COLUMNS", COLUMNS));

    @Test
    void and_ends_where_the_next_one_begins() {
      Snapshot form = page(play.start());
      Snapshot first = page(play.submit(form, "kind", handle(form, "a")));
      assertThat(first.step()).isEqualTo("first");
      assertThat(play.ran()).containsExactly("first");
      assertThat(((View.Report) first.view()).onward()).isFalse();
    }

    @Test
    void whose_own_guard_runs_and_runs_again() {
      Snapshot form = page(play.start());
      Snapshot second = page(play.submit(form, "kind", handle(form, "b")));
      assertThat(second.step()).isEqualTo("second");
      assertThat(play.ran()).containsExactly("second_guard", "second");
      assertThat(page(play.again(second)).step()).isEqualTo("second");
      assertThat(play.ran()).containsExactly("second_guard", "second");
    }

    @Test
    void from_the_same_page_as_often_as_one_goes_back() {
      Snapshot form = page(play.start());
      page(play.submit(form, "kind", handle(form, "b")));
      assertThat(page(play.submit(form, "kind", handle(form, "a"))).step()).isEqualTo("first");
    }
  }

  @Nested
  class An_exit_status_chooses_a_branch {
    private final Play play =
        Play.of(
            """
            - form: ask
              title: Ask
              fields: { n: { label: N } }
            - run: check
              stdin: [$n]
              next: { 3: other_report, 4: ask }
            - run: allow
              stdin: [$user]
            - report: report
              title: Report
              program: print
              columns: COLUMNS
            - report: other_report
              title: Other
              program: more
              columns: COLUMNS
            """
                .replace("COLUMNS", COLUMNS));

    @Test
    void success_falls_to_the_step_below() {
      Snapshot report = page(play.submit(page(play.start()), "n", "1"));
      assertThat(report.step()).isEqualTo("report");
      assertThat(play.ran()).containsExactly("check", "allow", "report");
    }

    @Test
    void a_guard_directly_below_holds_for_the_branch_too() {
      play.exiting("check", 3);
      Snapshot other = page(play.submit(page(play.start()), "n", "1"));
      assertThat(other.step()).isEqualTo("other_report");
      assertThat(play.ran()).containsExactly("check", "allow", "other_report");
      page(play.again(other));
      assertThat(play.ran()).containsExactly("check", "allow", "other_report");
    }

    @Test
    void a_guard_that_chose_the_way_must_choose_it_again() {
      play.exiting("check", 3);
      Snapshot other = page(play.submit(page(play.start()), "n", "1"));
      play.exiting("check", 0);
      assertThat(stopped(play.again(other)).why()).isEqualTo(Refusal.JOB_REFUSED);
      assertThat(play.ran()).containsExactly("check");
    }

    @Test
    void a_status_that_leads_nowhere_stops_the_way() {
      play.exiting("check", 5);
      assertThat(stopped(play.submit(page(play.start()), "n", "1")).why())
          .isEqualTo(Refusal.JOB_REFUSED);
    }

    @Test
    void back_to_the_form_with_what_was_answered() {
      play.exiting("check", 4);
      Snapshot form = page(play.submit(page(play.start()), "n", "1"));
      assertThat(form.step()).isEqualTo("ask");
      assertThat(((View.Form) form.view()).fields().getFirst().values()).containsExactly("1");
      assertThat(form.known()).isEqualTo(Known.NOTHING);
    }
  }

  @Nested
  class Several_turns_in_one_job {
    private final Play play =
        Play.of(
            """
            - form: ask
              title: Ask
              fields: { n: { label: N } }
            - run: allow
              stdin: [$n]
            - run: values
              output: values
              values: [x]
            - run: check
              stdin: [$x]
              next: { 1: report }
            - run: rows
              output: rows
              columns: COLUMNS
            - report: report
              title: Report $x
              program: print
              args: [$x]
              columns: COLUMNS
            """
                .replace("COLUMNS", COLUMNS));

    @Test
    void run_every_guard_once_before_the_report() {
      play.printing("values", "X=7\n").printing("rows", "a\n");
      Snapshot report = page(play.submit(page(play.start()), "n", "1"));
      assertThat(play.ran()).containsExactly("allow", "values", "check", "rows", "report");
      assertThat(play.invocations().getLast().args()).containsExactly("7");
      assertThat(((View.Report) report.view()).title().text()).isEqualTo("Report 7");
    }

    @Test
    void run_it_too_when_the_way_jumps_over_it() {
      play.printing("values", "X=7\n").printing("rows", "a\n").exiting("check", 1);
      page(play.submit(page(play.start()), "n", "1"));
      assertThat(play.ran()).containsExactly("allow", "values", "check", "rows", "report");
    }

    @Test
    void stop_where_a_value_may_not_be_an_argument() {
      play.printing("values", "X=--output=/etc/passwd\n").printing("rows", "a\n");
      Outcome outcome = play.submit(page(play.start()), "n", "1");
      Play.assertRefused(outcome, Refusal.ARG_DASH);
      assertThat(((Outcome.Refuse) outcome).changed()).isEqualTo(Changed.NO);
      assertThat(play.ran()).doesNotContain("report");
    }
  }

  @Nested
  class A_stopped_way_is_tried_again_from_its_beginning {
    private final Play play =
        Play.of(
            """
            - form: ask
              title: Ask
              fields: { n: { label: N } }
            - run: allow
              stdin: [$n]
            - form: choose
              title: Choose
              fields: { c: { label: C, choices: { program: list, args: [$n] } } }
            - report: report
              title: Report
              program: print
              args: [$c]
              columns: COLUMNS
            """
                .replace("COLUMNS", COLUMNS));

    @Test
    void never_behind_the_guard_that_stopped_it() {
      play.exiting("allow", 1).printing("list", "secret\n");
      Outcome stopped = play.submit(page(play.start()), "n", "1");
      assertThat(stopped(stopped).back()).contains("ask");
      Outcome again = play.again(page(stopped));
      assertThat(stopped(again).why()).isEqualTo(Refusal.JOB_REFUSED);
      assertThat(play.ran()).containsExactly("allow");
    }

    @Test
    void and_goes_on_when_the_guard_agrees() {
      play.exiting("allow", 1).printing("list", "a\n");
      Outcome stopped = play.submit(page(play.start()), "n", "1");
      play.exiting("allow", 0);
      assertThat(page(play.again(page(stopped))).step()).isEqualTo("choose");
      assertThat(play.ran()).containsExactly("allow", "choose");
    }
  }

  @Nested
  class An_unconditional_next {
    private final Play play =
        Play.of(
            """
            - form: ask
              title: Ask
              fields:
                kind:
                  label: Kind
                  choices: [{ value: a, label: A }, { value: b, label: B }]
              next: { kind: { a: guard_a, b: guard_b } }
            - run: guard_a
              program: check
              next: report
            - run: guard_b
              program: judge
            - report: report
              title: Report
              program: print
              columns: COLUMNS
            """
                .replace("COLUMNS", COLUMNS));

    @Test
    void passes_by_the_guards_of_the_other_branch_the_second_time_as_the_first() {
      Snapshot form = page(play.start());
      Snapshot report = page(play.submit(form, "kind", handle(form, "a")));
      assertThat(play.ran()).containsExactly("guard_a", "report");
      page(play.again(report));
      assertThat(play.ran()).containsExactly("guard_a", "report");
      report = page(play.submit(form, "kind", handle(form, "b")));
      assertThat(play.ran()).containsExactly("guard_b", "report");
      page(play.again(report));
      assertThat(play.ran()).containsExactly("guard_b", "report");
    }
  }

  @Nested
  class A_row_leads_on {
    private final Play play =
        Play.of(
                """
                - form: ask
                  title: Ask
                  fields: { n: { label: N } }
                - run: allow
                  stdin: [$n]
                - report: first
                  title: First
                  program: print
                  columns: { csv: { columns: [{ column: id, label: Id }] } }
                  drill_down: second
                - run: judge
                  stdin: [$user]
                - report: second
                  title: Second
                  program: more
                  args: [$row.id]
                  columns: { csv: { columns: [{ column: line, label: Line }] } }
                  drill_down: third
                - report: third
                  title: Third
                  program: show
                  args: [$row.id, $row.line]
                  columns: { csv: { columns: [{ column: z, label: Z }] } }
                - done: end
                  title: End
                """)
            .printing("print", "a\nb\n")
            .printing("more", "7\n8\n");

    @Test
    void through_the_guards_above_and_between() {
      Snapshot first = page(play.submit(page(play.start()), "n", "1"));
      page(play.follow(first, 1));
      assertThat(play.ran()).containsExactly("allow", "judge", "second");
      assertThat(play.invocations().getLast().args()).containsExactly("b");
    }

    @Test
    void and_a_row_behind_a_row_knows_both() {
      Snapshot first = page(play.submit(page(play.start()), "n", "1"));
      Snapshot second = page(play.follow(first, 1));
      page(play.follow(second, 0));
      assertThat(play.ran()).containsExactly("allow", "judge", "third");
      assertThat(play.invocations().getLast().args()).containsExactly("b", "7");
    }

    @Test
    void only_on_the_page_that_offered_it() {
      Snapshot first = page(play.submit(page(play.start()), "n", "1"));
      Snapshot other = page(play.submit(page(play.start()), "n", "2"));
      Event borrowed = new Event.Follow(other.offers().getFirst().handle());
      Play.assertRefused(play.ask(first, borrowed), Refusal.WF_CHOICE);
    }
  }

  @Nested
  class A_way_that_comes_back {
    private final Play play =
        Play.of(
            """
            - form: ask
              title: Ask
              fields:
                kind:
                  label: Kind
                  choices: [{ value: a, label: A }, { value: b, label: B }]
              next: { kind: { b: check } }
            - form: details
              title: Details
              fields:
                d:
                  label: D
                  choices: [{ value: on, label: On }, { value: back, label: Back }]
              next: { d: { back: ask } }
            - confirm: check
              title: Check
            - run: write
              stdin: [$kind]
              writes: true
            - done: end
              title: End
            """);

    @Test
    void forgets_the_answers_of_the_branch_that_it_leaves() {
      Snapshot ask = page(play.start());
      Snapshot details = page(play.submit(ask, "kind", handle(ask, "a")));
      Snapshot back = page(play.submit(details, "d", handle(details, "back")));
      assertThat(back.step()).isEqualTo("ask");
      assertThat(back.known()).isEqualTo(Known.NOTHING);
      assertThat(((View.Form) back.view()).fields().getFirst().values())
          .containsExactly(handle(back, "a"));
      Snapshot check = page(play.submit(back, "kind", handle(back, "b")));
      assertThat(((View.Confirm) check.view()).changes())
          .extracting(View.Change::field)
          .containsExactly("kind");
    }

    @Test
    void shows_all_answers_of_its_own_branch() {
      Snapshot ask = page(play.start());
      Snapshot details = page(play.submit(ask, "kind", handle(ask, "a")));
      Snapshot check = page(play.submit(details, "d", handle(details, "on")));
      assertThat(((View.Confirm) check.view()).changes())
          .extracting(View.Change::field)
          .isEqualTo(List.of("kind", "d"));
    }
  }
}
