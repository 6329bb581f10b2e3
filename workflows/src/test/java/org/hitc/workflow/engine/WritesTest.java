package org.hitc.workflow.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hitc.workflow.engine.Play.assertRefused;
import static org.hitc.workflow.engine.Play.page;
import static org.hitc.workflow.engine.Play.stopped;

import java.util.List;
import java.util.stream.Stream;
import org.hitc.channel.Refusal;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What changes something: only after a confirm, and nobody is told what is not so. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WritesTest {
  private static final String STEPS =
      """
      - run: values
        output: values
        values: [to]
      - form: change
        title: Change
        fields: { to: { label: To, default: $to } }
      - confirm: check
        title: Check
      - run: allow
        stdin: [$user]
      - run: judge
        stdin: [$to]
        next: { 4: change }
      - run: write
        stdin: [$to, $before.to]
        writes: true
        unchanged_exit: [3, 5]
      - report: after
        title: After
        program: print
        columns: { csv: { columns: [{ column: n, label: N, type: number }] } }
      """;

  private final Play play = Play.of(STEPS).printing("values", "TO=old\n").printing("print", "1\n");

  private Snapshot confirm() {
    return page(play.submit(page(play.start()), "to", "new"));
  }

  private static Changed changed(Outcome outcome) {
    return ((Outcome.Show) outcome).changed();
  }

  @Test
  void nothing_is_changed_before_the_confirm_and_it_shows_what_was() {
    Snapshot confirm = confirm();
    assertThat(play.ran()).isEmpty();
    View.Change change = ((View.Confirm) confirm.view()).changes().getFirst();
    assertThat(change.now()).contains(new View.Shown.Plain("old"));
    assertThat(change.after()).isEqualTo(new View.Shown.Plain("new"));
  }

  @Test
  void guards_above_run_first_then_the_write_then_what_shows_it() {
    Outcome after = play.submit(confirm());
    assertThat(play.ran()).containsExactly("values", "allow", "judge", "write", "after");
    assertThat(play.invocations().get(3).stdin()).containsExactly("new", "old");
    assertThat(changed(after)).isEqualTo(Changed.YES);
  }

  @Test
  void a_guard_that_refuses_changes_nothing() {
    play.exiting("allow", 1);
    Outcome outcome = play.submit(confirm());
    assertThat(play.ran()).containsExactly("values", "allow");
    assertThat(stopped(outcome).changed()).isEqualTo(Changed.NO);
    assertThat(stopped(outcome).writes()).isTrue();
    assertThat(changed(outcome)).isEqualTo(Changed.NO);
  }

  @Test
  void a_way_back_to_the_form_has_changed_nothing() {
    play.exiting("judge", 4);
    Outcome outcome = play.submit(confirm());
    assertThat(page(outcome).step()).isEqualTo("change");
    assertThat(changed(outcome)).isEqualTo(Changed.NO);
  }

  static Stream<Arguments> endings() {
    return Stream.of(
        Arguments.of(new Ending.Exited(1), Changed.MAYBE, Refusal.JOB_FAILED),
        Arguments.of(new Ending.Exited(3), Changed.NO, Refusal.JOB_FAILED),
        Arguments.of(new Ending.Exited(5), Changed.NO, Refusal.JOB_FAILED),
        Arguments.of(new Ending.Signalled(3), Changed.MAYBE, Refusal.JOB_SIGNAL),
        Arguments.of(new Ending.Signalled(9), Changed.MAYBE, Refusal.JOB_SIGNAL),
        Arguments.of(
            new Ending.Stopped(Refusal.JOB_TIMEOUT, true), Changed.MAYBE, Refusal.JOB_TIMEOUT),
        Arguments.of(new Ending.Stopped(Refusal.BUSY, false), Changed.NO, Refusal.BUSY));
  }

  @ParameterizedTest
  @MethodSource("endings")
  void a_write_that_does_not_end_well_says_what_is_known(
      Ending ending, Changed expected, Refusal why) {
    play.ending("write", ending);
    Outcome outcome = play.submit(confirm());
    assertThat(stopped(outcome).changed()).isEqualTo(expected);
    assertThat(stopped(outcome).why()).isEqualTo(why);
    assertThat(changed(outcome)).isEqualTo(expected);
  }

  @Test
  void a_way_back_by_exit_status_has_changed_nothing_when_the_program_says_so() {
    for (var unchanged : List.of("", "  unchanged_exit: [4]\n")) {
      Play back =
          Play.of(
              """
              - form: change
                title: Change
                fields: { to: { label: To } }
              - confirm: check
                title: Check
              - run: write
                stdin: [$to]
                writes: true
                next: { 4: change }
              """
                  + unchanged
                  + """
                  - done: changed
                    title: Changed
                  """);
      back.exiting("write", 4);
      Outcome outcome = back.submit(page(back.submit(page(back.start()), "to", "new")));
      assertThat(page(outcome).step()).isEqualTo("change");
      assertThat(changed(outcome)).isEqualTo(unchanged.isEmpty() ? Changed.YES : Changed.NO);
    }
  }

  @Test
  void a_report_that_fails_behind_the_write_does_not_hide_that_it_was_done() {
    play.exiting("print", 1);
    assertThat(stopped(play.submit(confirm())).changed()).isEqualTo(Changed.YES);
    play.exiting("print", 0).printing("print", "no number\n");
    assertThat(changed(play.submit(confirm()))).isEqualTo(Changed.YES);
  }

  /** Whatever stopped it, and wherever: a stopped write is no page that somebody may do again. */
  @Test
  void a_way_that_leads_to_a_write_is_never_tried_again() {
    for (String program : List.of("values", "allow", "judge", "write", "print")) {
      play.exiting(program, 9);
      Snapshot stopped;
      if (program.equals("values")) {
        play.exiting("values", 0);
        Snapshot confirm = confirm();
        play.exiting("values", 9);
        stopped = page(play.submit(confirm));
      } else {
        stopped = page(play.submit(confirm()));
      }
      assertRefused(play.again(stopped), Refusal.WF_STEP);
      assertThat(play.ran()).isEmpty();
      play.exiting(program, 0);
    }
  }

  @Test
  void a_receipt_is_never_shown_for_a_write_that_did_not_run() {
    Play receipt =
        Play.of(
            """
            - form: change
              title: Change
              fields: { to: { label: To } }
            - confirm: check
              title: Check
            - run: write
              stdin: [$to]
              writes: true
            - done: changed
              title: Changed
            """);
    receipt.ending("write", new Ending.Stopped(Refusal.BUSY, false));
    Snapshot confirm = page(receipt.submit(page(receipt.start()), "to", "new"));
    Snapshot stopped = page(receipt.submit(confirm));
    assertRefused(receipt.again(stopped), Refusal.WF_STEP);
  }

  @Test
  void a_confirm_takes_no_values_and_is_not_done_again() {
    Snapshot confirm = confirm();
    assertRefused(play.submit(confirm, "to", "other"), Refusal.WF_STEP);
    assertRefused(play.again(confirm), Refusal.WF_STEP);
  }

  @Test
  void a_message_of_a_write_stands_beside_the_field_only_when_nothing_was_changed() {
    Play placed =
        Play.of(
            """
            messages: { BAD: { field: to } }
            steps:
            - form: change
              title: Change
              fields: { to: { label: To } }
            - run: allow
              stdin: [$to]
            - confirm: check
              title: Check
            - run: write
              stdin: [$to]
              writes: true
            - done: end
              title: End
            """);
    placed.exiting("allow", 1).saying("allow", "%FIS-E-BAD, no such place");
    Snapshot form = page(placed.submit(page(placed.start()), "to", "x"));
    assertThat(((View.Form) form.view()).problems())
        .extracting(View.Problem::field)
        .containsExactly("to");
    placed.exiting("allow", 0).exiting("write", 1).saying("write", "%FIS-E-BAD, no such place");
    Outcome outcome = placed.submit(page(placed.submit(form, "to", "x")));
    assertThat(stopped(outcome).changed()).isEqualTo(Changed.MAYBE);
    assertThat(stopped(outcome).message().orElseThrow().ident()).isEqualTo("BAD");
  }

  @Test
  void a_second_part_that_is_refused_says_what_the_first_has_changed() {
    Play refused =
        Play.of(
                """
                - form: change
                  title: Change
                  fields: { to: { label: To } }
                - confirm: check
                  title: Check
                - run: write
                  stdin: [$to]
                  writes: true
                - run: values
                  output: values
                  values: [n]
                - report: after
                  title: After
                  program: print
                  args: [$n]
                  columns: { csv: { columns: [{ column: n, label: N }] } }
                """)
            .printing("values", "N=-x\n");
    Outcome outcome = refused.submit(page(refused.submit(page(refused.start()), "to", "new")));
    assertRefused(outcome, Refusal.ARG_DASH);
    assertThat(((Outcome.Refuse) outcome).changed()).isEqualTo(Changed.YES);
  }
}
