package org.hitc.workflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.hitc.channel.Refusal;
import org.hitc.workflow.yaml.Companions;
import org.hitc.workflow.yaml.Loaded;
import org.hitc.workflow.yaml.WorkflowLoader;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The journey through {@code budget_12}, with what its programs print. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EngineTest {
  private static final String PERIODS = "2026-06\t2026-06 (open)\n2026-05\n";

  private final AtomicInteger handles = new AtomicInteger();
  private final Context context =
      new Context(
          "anna",
          "en",
          LocalDate.of(2026, 11, 23),
          "7K3P-2M",
          () -> "h" + handles.incrementAndGet(),
          InputReader.canonical());
  private final Engine engine = engine(example());

  private static String example() {
    try {
      return Files.readString(Path.of("examples/budget_12.yaml"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Companions.Found beside(String name) {
    try {
      return new Companions.Found.File(Files.readAllBytes(Path.of("examples", name)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Engine engine(String yaml) {
    Loaded loaded =
        new WorkflowLoader(Set.of("check_open", "authorize", "list_periods", "budget12", "trans12"))
            .load("x.yaml", yaml.getBytes(StandardCharsets.UTF_8), EngineTest::beside);
    if (loaded instanceof Loaded.Good(var workflow)) {
      return new Engine(workflow);
    }
    throw new AssertionError(loaded);
  }

  private static byte[] sample() {
    try (InputStream in = EngineTest.class.getResourceAsStream("/org/hitc/workflow/BUDGET12.LIS")) {
      assertThat(in).isNotNull();
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static ProgramResult result(String program, int exit, byte[] stdout, String stderr) {
    return new ProgramResult(
        program,
        new Ending.Exited(exit),
        StandardCharsets.ISO_8859_1,
        ProgramResult.Printed.of(stdout),
        stderr.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static ProgramResult good(String program, byte[] stdout) {
    return result(program, 0, stdout, "");
  }

  private static ProgramResult good(String program) {
    return good(program, new byte[0]);
  }

  private Outcome ended(Outcome.Run run, ProgramResult... results) {
    return engine.advance(run.pending(), new Event.JobEnded(List.of(results)), context);
  }

  private Snapshot form() {
    Outcome.Run run =
        (Outcome.Run) engine.advance(new Position.Beginning(), new Event.Start(Map.of()), context);
    return ((Outcome.Show)
            ended(run, good("list_periods", PERIODS.getBytes(StandardCharsets.UTF_8))))
        .page();
  }

  private Outcome submit(Snapshot form, String account, String period) {
    return engine.advance(
        form,
        new Event.Submit(Map.of("account", List.of(account), "period", List.of(period))),
        context);
  }

  private static String june(Snapshot form) {
    return form.offers().getFirst().handle();
  }

  private Snapshot report() {
    Snapshot form = form();
    Outcome.Run run = (Outcome.Run) submit(form, "204110", june(form));
    return ((Outcome.Show)
            ended(run, good("check_open"), good("authorize"), good("budget12", sample())))
        .page();
  }

  @Nested
  class The_way_through {
    @Test
    void runs_guards_and_report_as_one_chain() {
      Snapshot form = form();
      Outcome.Run run = (Outcome.Run) submit(form, " 204\u00A0110\u202F ", june(form));
      assertThat(run.chain())
          .extracting(Invocation::program, Invocation::args, Invocation::stdin, Invocation::role)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(
                  "check_open", List.of(), List.of("2026-06"), Role.GUARD),
              org.assertj.core.groups.Tuple.tuple(
                  "authorize", List.of(), List.of("anna", "204110"), Role.GUARD),
              org.assertj.core.groups.Tuple.tuple(
                  "budget12", List.of("204110", "2026-06"), List.of(), Role.REPORT));
    }

    @Test
    void shows_the_report_with_an_offer_for_every_row() {
      Snapshot page = report();
      View.Report view = (View.Report) page.view();
      assertThat(view.rows()).hasSize(4);
      assertThat(view.title().text()).isEqualTo("Budget of account 204110, period 2026-06");
      assertThat(view.totalsChecked()).containsExactly("budget", "spent", "balance");
      assertThat(page.offers()).hasSize(4);
    }

    @Test
    void runs_the_guards_again_before_a_drill_down() {
      Snapshot page = report();
      Outcome.Run run =
          (Outcome.Run)
              engine.advance(page, new Event.Follow(page.offers().get(1).handle()), context);
      assertThat(run.chain())
          .extracting(Invocation::program)
          .containsExactly("check_open", "authorize", "trans12");
      assertThat(run.chain().getLast().args()).containsExactly("204110", "2026-06", "061200");
    }

    @Test
    void fills_the_first_form_from_a_link() {
      Outcome.Run run =
          (Outcome.Run)
              engine.advance(
                  new Position.Beginning(),
                  new Event.Start(
                      Map.of("account", List.of("204110"), "period", List.of("2026-05"))),
                  context);
      Snapshot page =
          ((Outcome.Show)
                  ended(run, good("list_periods", PERIODS.getBytes(StandardCharsets.UTF_8))))
              .page();
      View.Form view = (View.Form) page.view();
      assertThat(view.fields().get(0).values()).containsExactly("204110");
      assertThat(view.fields().get(1).values()).containsExactly(page.offers().get(1).handle());
    }
  }

  @Nested
  class A_guard_that_says_no {
    @Test
    void stops_the_chain_with_its_message() {
      Snapshot form = form();
      Outcome.Run run = (Outcome.Run) submit(form, "204110", june(form));
      Outcome outcome =
          ended(
              run,
              result(
                  "check_open",
                  1,
                  new byte[0],
                  "noise\n%FIS-E-CLOSED, period 2026-06 is closed\n"));
      View.Stopped view = (View.Stopped) ((Outcome.Show) outcome).page().view();
      assertThat(view.why()).isEqualTo(Refusal.JOB_REFUSED);
      assertThat(view.back()).contains("ask");
      assertThat(view.message())
          .contains(
              new ProgramMessage(
                  ProgramMessage.Severity.ERROR, "FIS", "CLOSED", "period 2026-06 is closed"));
      assertThat(view.message().orElseThrow().messageKey()).isEqualTo("messages.fis.closed");
    }

    @Test
    void has_a_key_that_a_message_file_can_have() {
      ProgramMessage message =
          new ProgramMessage(ProgramMessage.Severity.ERROR, "CLI$DCL", "NO_SUCH$FILE", "no");
      assertThat(message.messageKey()).isEqualTo("messages.cli-dcl.no_such-file");
      assertThat(ProgramMessage.isKey(message.messageKey())).isTrue();
      assertThat(List.of("messages.fis", "messages.fis.a.b", "Messages.fis.a", "fis.closed"))
          .noneMatch(ProgramMessage::isKey);
    }

    @Test
    void never_shows_other_words_of_its_standard_error() {
      Snapshot form = form();
      Outcome.Run run = (Outcome.Run) submit(form, "204110", june(form));
      Outcome outcome = ended(run, result("check_open", 1, new byte[0], "/etc/secret: no\n"));
      View.Stopped view = (View.Stopped) ((Outcome.Show) outcome).page().view();
      assertThat(view.message()).isEmpty();
      assertThat(view.detail()).doesNotContain("secret");
    }

    @Test
    void puts_its_message_beside_the_field_that_the_definition_names() {
      Engine placed =
          engine(
              example().replace("steps:\n", "messages: { CLOSED: { field: period } }\nsteps:\n"));
      Outcome.Run first =
          (Outcome.Run)
              placed.advance(new Position.Beginning(), new Event.Start(Map.of()), context);
      Snapshot form =
          ((Outcome.Show)
                  placed.advance(
                      first.pending(),
                      new Event.JobEnded(
                          List.of(good("list_periods", PERIODS.getBytes(StandardCharsets.UTF_8)))),
                      context))
              .page();
      Outcome.Run run =
          (Outcome.Run)
              placed.advance(
                  form,
                  new Event.Submit(
                      Map.of("account", List.of("204110"), "period", List.of(june(form)))),
                  context);
      Outcome outcome =
          placed.advance(
              run.pending(),
              new Event.JobEnded(
                  List.of(result("check_open", 1, new byte[0], "%FIS-E-CLOSED, closed"))),
              context);
      View.Form view = (View.Form) ((Outcome.Show) outcome).page().view();
      assertThat(view.problems()).extracting(View.Problem::field).containsExactly("period");
      assertThat(view.fields().get(1).values()).containsExactly(june(form));
    }
  }

  @Nested
  class What_was_typed {
    @ParameterizedTest
    @CsvSource(
        quoteCharacter = '"',
        value = {
          "\"\",ARG_REQUIRED",
          "20411,ARG_FORMAT",
          "2041100,ARG_LEN",
          "204110; cat /etc/passwd,ARG_LEN",
          "-20411,ARG_FORMAT",
          "20411x,ARG_FORMAT"
        })
    void is_refused_beside_its_field(String typed, Refusal why) {
      Snapshot form = form();
      View.Form view =
          (View.Form) ((Outcome.Invalid) submit(form, typed, june(form))).page().view();
      assertThat(view.problems()).extracting(View.Problem::why).containsExactly(why);
      assertThat(view.problems().getFirst().field()).isEqualTo("account");
    }

    @Test
    void holds_no_control_character_and_no_half_of_a_pair() {
      Snapshot form = form();
      for (int c = 0; c <= 0xFFFF; c++) {
        boolean control = c < 32 || (c >= 127 && c < 160) || c == 0x2028 || c == 0x2029;
        boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
        if (control || surrogate) {
          Outcome outcome = submit(form, "20411" + (char) c, june(form));
          View.Form view = (View.Form) ((Outcome.Invalid) outcome).page().view();
          assertThat(view.problems())
              .extracting(View.Problem::why)
              .containsExactly(surrogate ? Refusal.ARG_ENCODING : Refusal.ARG_CHARSET);
        }
      }
    }
  }

  @Nested
  class What_no_honest_browser_sends {
    private void assertRefused(Outcome outcome, Refusal why) {
      assertThat(outcome)
          .isInstanceOfSatisfying(Outcome.Refuse.class, r -> assertThat(r.why()).isEqualTo(why));
    }

    @Test
    void a_choice_that_was_not_offered() {
      Snapshot form = form();
      assertRefused(submit(form, "204110", "2026-06"), Refusal.WF_CHOICE);
      assertRefused(submit(form, "204110", "h999"), Refusal.WF_CHOICE);
      assertRefused(
          engine.advance(report(), new Event.Follow(june(form)), context), Refusal.WF_CHOICE);
    }

    @Test
    void two_choices_or_an_unknown_field() {
      Snapshot form = form();
      assertRefused(
          engine.advance(
              form, new Event.Submit(Map.of("period", List.of(june(form), june(form)))), context),
          Refusal.WF_COUNT);
      assertRefused(
          engine.advance(form, new Event.Submit(Map.of("x", List.of("1"))), context),
          Refusal.WF_FIELD);
    }

    @Test
    void an_event_at_the_wrong_place() {
      assertRefused(
          engine.advance(new Position.Beginning(), new Event.Follow("h1"), context),
          Refusal.WF_STEP);
      assertRefused(engine.advance(form(), new Event.Follow("h1"), context), Refusal.WF_STEP);
      assertRefused(engine.advance(report(), new Event.Submit(Map.of()), context), Refusal.WF_STEP);
    }

    @Test
    void a_page_of_another_definition() {
      Engine other = engine(example() + "\n");
      assertRefused(other.advance(form(), new Event.Submit(Map.of()), context), Refusal.WF_CONFIG);
    }
  }

  @Nested
  class What_programs_print {
    @ParameterizedTest
    @ValueSource(strings = {"-e", "@/etc/x", "+x", "--output=/x", "- x"})
    void never_becomes_an_option(String hostile) {
      Snapshot form = form();
      Offer bad = new Offer("bad", Optional.of("period"), hostile, "2026-06 (open)", Map.of());
      Snapshot page =
          new Snapshot(form.hash(), form.step(), form.known(), List.of(bad), form.view());
      View.Form view = (View.Form) ((Outcome.Invalid) submit(page, "204110", "bad")).page().view();
      assertThat(view.problems()).extracting(View.Problem::why).containsExactly(Refusal.ARG_DASH);
    }

    @Test
    void never_becomes_an_option_through_a_row() {
      Snapshot page = report();
      Offer bad = new Offer("bad", Optional.empty(), "x", "x", Map.of("object", "-e"));
      Snapshot hostile =
          new Snapshot(page.hash(), page.step(), page.known(), List.of(bad), page.view());
      assertThat(engine.advance(hostile, new Event.Follow("bad"), context))
          .isInstanceOfSatisfying(
              Outcome.Refuse.class, r -> assertThat(r.why()).isEqualTo(Refusal.ARG_DASH));
    }

    @Test
    void as_choices_with_a_value_twice_is_refused_whole() {
      Outcome.Run run =
          (Outcome.Run)
              engine.advance(new Position.Beginning(), new Event.Start(Map.of()), context);
      Outcome outcome =
          ended(run, good("list_periods", "a\nb\na\n".getBytes(StandardCharsets.UTF_8)));
      View.Stopped view = (View.Stopped) ((Outcome.Show) outcome).page().view();
      assertThat(view.why()).isEqualTo(Refusal.ROWS_SYNTAX);
    }

    @Test
    void that_is_no_table_is_shown_as_the_original() {
      Snapshot form = form();
      Outcome.Run run = (Outcome.Run) submit(form, "204110", june(form));
      byte[] broken =
          new String(sample(), StandardCharsets.ISO_8859_1)
              .replace("9,350.00", "9.350,00")
              .getBytes(StandardCharsets.ISO_8859_1);
      Outcome outcome = ended(run, good("check_open"), good("authorize"), good("budget12", broken));
      View.Printout view = (View.Printout) ((Outcome.Show) outcome).page().view();
      assertThat(view.why()).contains(Refusal.ROWS_SYNTAX);
      assertThat(view.detail().orElseThrow()).startsWith("budget12: page 2, line 5, column 69");
    }
  }
}
