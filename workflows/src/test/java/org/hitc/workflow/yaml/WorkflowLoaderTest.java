package org.hitc.workflow.yaml;

import static java.util.regex.Matcher.quoteReplacement;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hitc.workflow.model.Workflow;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WorkflowLoaderTest {
  private static final Set<String> PROGRAMS =
      Set.of("check_open", "authorize", "list_periods", "budget12", "trans12");

  private static final Companions EXAMPLES =
      name -> {
        try {
          return new Companions.Found.File(Files.readAllBytes(Path.of("examples", name)));
        } catch (IOException _) {
          return new Companions.Found.Missing();
        }
      };

  private static Loaded load(String text) {
    return new WorkflowLoader(PROGRAMS)
        .load("x.yaml", text.getBytes(StandardCharsets.UTF_8), EXAMPLES);
  }

  private static List<Problem> problems(String text) {
    return load(text) instanceof Loaded.Bad(List<Problem> problems) ? problems : List.of();
  }

  private static String example(String name) throws IOException {
    return Files.readString(Path.of("examples", name));
  }

  @Nested
  class The_examples {
    @ParameterizedTest
    @ValueSource(strings = {"budget_12", "b12"})
    void can_run(String name) throws IOException {
      assertThat(problems(example(name + ".yaml"))).extracting(Problem::format).isEmpty();
      assertThat(load(example(name + ".yaml")))
          .isInstanceOfSatisfying(
              Loaded.Good.class,
              good -> {
                Workflow workflow = good.workflow();
                assertThat(workflow.name()).isEqualTo(name);
                assertThat(workflow.hash()).hasSize(64);
              });
    }

    @Test
    void with_one_character_removed_give_a_result_and_no_exception() throws IOException {
      String text = example("budget_12.yaml");
      for (int i = 0; i < text.length(); i += 7) {
        assertThat(load(text.substring(0, i) + text.substring(i + 1))).isNotNull();
      }
    }
  }

  @Nested
  class One_change {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "title: Budget by object code| titel: x|KEY_UNKNOWN",
          "args: [$account, $period, $row.object]|args: [$acount]|REF_UNKNOWN",
          "args: [$account, $period, $row.object]|args: [$row.objekt]|REF_UNKNOWN",
          "args: [$account, $period, $row.object]|args: [$ ]|REF_FORM",
          "program: trans12|program: trans21|PROGRAM_UNKNOWN",
          "drill_down: transactions|drill_down: transaction|STEP_UNKNOWN",
          "chart: { type: bar, by: descr, show: [budget, spent] }|chart: { by: descr, show: [descr] }|COLUMN_UNKNOWN",
          "position: 54|position: 52|COLUMN_OVERLAP",
          "check_totals: [amount]|check_totals: [voucher]|COLUMN_KIND",
          "check_totals: [amount]|check_totals: [amont]|COLUMN_UNKNOWN",
          "check_totals: [amount]|encoding: latin-x|ENCODING_UNKNOWN",
          "pic: X(8)|pic: P(8)|PIC_FORM",
          "report: transactions|report: budget|STEP_TWICE",
          "roles: [fis_user]|roles: []|VALUE_FORM",
          "roles: [fis_user]|roles: fis_user|VALUE_KIND",
          "roles: [fis_user]|title: Again|KEY_TWICE",
          "roles: [fis_user]|roles: &a [fis_user]|YAML_ANCHOR",
          "title: Which budget?|title: a: b|YAML_SYNTAX",
        })
    void is_reported_with_its_line(String from, String to, String ident) throws IOException {
      String text = example("budget_12.yaml");
      assertThat(text).contains(from);
      int line =
          1 + (int) text.substring(0, text.indexOf(from)).chars().filter(c -> c == '\n').count();
      List<Problem> found = problems(text.replace(from, to));
      assertThat(found).as(from + " -> " + to).extracting(Problem::ident).contains(ident);
      assertThat(found.stream().filter(p -> p.ident().equals(ident)).findFirst().orElseThrow())
          .satisfies(p -> assertThat(p.place().line()).as(p.format()).isEqualTo(line));
    }
  }

  @Test
  void all_problems_come_at_once_and_in_order() {
    assertThat(
            problems(
                """
                workflow: Budget
                titel: x
                roles: [everyone]
                steps:
                  - form: ask
                    title: $
                    fields: { user: { label: U, pic: QQ } }
                  - confirm: sure
                """))
        .extracting(Problem::ident)
        .containsExactly(
            "NAME_FORM", "KEY_UNKNOWN", "REF_FORM", "FIELD_NAME", "PIC_FORM", "KEY_MISSING");
  }

  @Nested
  class A_file_broken_four_ways {
    private static String broken() throws IOException {
      return example("budget_12.yaml")
          .replace("account: { label: Account", "account: { lable: Account")
          .replace("stdin: [$user, $account]", "stdin: [$user, $acount]")
          .replace("pic: \"ZZ,ZZZ,ZZ9.99-\"", "pic: ZZ,ZZZ,ZZ9.99-")
          .replace("    program: trans12", "\tprogram: trans12");
    }

    @Test
    void says_all_four_in_one_run() throws IOException {
      assertThat(problems(broken()).stream().map(Problem::format).toList())
          .containsExactly(
              """
              x.yaml:14:18: error: unknown key 'lable' [KEY_UNKNOWN]
                      account: { lable: Account, pic: 9(6), hint: "Six digits, for example 204110" }
                                 ^
                did you mean 'label'?
              """,
              """
              x.yaml:21:20: error: $acount is not known here [REF_UNKNOWN]
                    stdin: [$user, $acount]
                                   ^
                did you mean '$account'?
              """,
              """
              x.yaml:38:1: error: a tab in the indentation [YAML_TAB]
                 program: trans12
                ^
                indent this line with 4 blanks
              """,
              """
              x.yaml:45:47: error: the picture ZZ,ZZZ,ZZ9.99- has a comma and stands in { } without quotes [PIC_QUOTES]
                      - { column: amount,  position: 54, pic: ZZ,ZZZ,ZZ9.99-, label: Amount }
                                                              ^
                write pic: "ZZ,ZZZ,ZZ9.99-"
              """);
    }

    @Test
    void is_right_when_every_cure_has_been_pasted() throws IOException {
      List<String> lines = new ArrayList<>(broken().lines().toList());
      for (Problem problem : problems(broken())) {
        int at = problem.place().line() - 1;
        lines.set(at, cured(lines.get(at), problem));
      }
      String cured = String.join("\n", lines) + "\n";
      assertThat(problems(cured)).extracting(Problem::format).isEmpty();
    }

    /** What somebody does who reads only the cure. */
    private static String cured(String line, Problem problem) {
      int caret = problem.place().column() - 1;
      String from = line.substring(caret);
      Matcher meant = Pattern.compile("did you mean '(.+)'\\?").matcher(problem.cure());
      Matcher write = Pattern.compile("write (\\w+: )(\"(.+)\")").matcher(problem.cure());
      Matcher indent =
          Pattern.compile("indent this line with (\\d+) blanks").matcher(problem.cure());
      if (meant.matches()) {
        return line.substring(0, caret)
            + Pattern.compile("^\\$?\\w+")
                .matcher(from)
                .replaceFirst(quoteReplacement(meant.group(1)));
      }
      if (write.matches()) {
        return line.substring(0, caret) + from.replace(write.group(3), write.group(2));
      }
      assertThat(indent.matches()).as(problem.cure()).isTrue();
      return " ".repeat(Integer.parseInt(indent.group(1))) + line.strip();
    }
  }

  @Nested
  class Ways {
    private static final String COLUMNS = "columns: [{ column: a, position: 1, pic: 9(6) }] }";

    private static List<String> idents(String... steps) {
      return problems(
              "workflow: x\ntitle: X\nroles: [everyone]\nsteps:\n  - "
                  + String.join("\n  - ", steps)
                  + "\n")
          .stream()
          .map(Problem::ident)
          .toList();
    }

    @Test
    void both_answers_of_a_checkbox_leave_nothing_for_the_step_below() {
      String form =
          "{ form: f, title: F, fields: { c: { label: C, type: checkbox } }, next: { c: { %s } } }";
      String[] below = {
        "{ done: low, title: L }", "{ done: y, title: Y }", "{ done: n, title: N }"
      };
      assertThat(idents(form.formatted("yes: y, no: n"), below[0], below[1], below[2]))
          .containsExactly("STEP_UNREACHED");
      assertThat(idents(form.formatted("yes: y, no: y"), below[1])).isEmpty();
    }

    @Test
    void a_form_whose_every_answer_branches_leaves_nothing_for_the_step_below() {
      assertThat(
              idents(
                  "{ form: f, title: F, fields: { k: { label: K, choices: [a, b] } }, next: { k: { a: x, b: y } } }",
                  "{ done: low, title: L }",
                  "{ done: x, title: X }",
                  "{ done: y, title: Y }"))
          .containsExactly("STEP_UNREACHED");
    }

    @Test
    void a_row_may_lead_to_a_report_that_goes_on_to_a_form() {
      assertThat(
              idents(
                  "{ report: top, title: T, program: budget12, drill_down: low, " + COLUMNS,
                  "{ report: low, title: L $row.a, program: trans12, next: f, " + COLUMNS,
                  "{ form: f, title: F, fields: { b: { label: B } } }",
                  "{ done: d, title: D $b }"))
          .isEmpty();
    }

    @Test
    void two_reports_may_lead_to_one_that_uses_what_both_have() {
      String other = "columns: [{ column: b, position: 1, pic: 9(6) }] }";
      String[] steps = {
        "{ report: one, title: T, program: budget12, drill_down: low, " + COLUMNS,
        "{ report: two, title: T, program: budget12, drill_down: low, " + COLUMNS,
        "{ report: low, title: L $row.a, program: trans12, " + COLUMNS
      };
      assertThat(idents(steps)).isEmpty();
      steps[1] = steps[1].replace(COLUMNS, other);
      assertThat(idents(steps)).containsExactly("REF_UNKNOWN");
    }

    @Test
    void a_value_may_have_the_name_of_the_field_that_shows_it_first() {
      assertThat(
              idents(
                  "{ run: check_open, output: values, values: [to] }",
                  "{ form: f, title: F, fields: { to: { label: To, default: $to } } }",
                  "{ done: d, title: $before.to $to }"))
          .isEmpty();
    }

    @Test
    void never_lead_round_and_round_without_a_page() {
      assertThat(
              idents(
                  "{ run: check_open, next: { 1: authorize } }",
                  "{ run: authorize, next: check_open }",
                  "{ done: d, title: D }"))
          .containsExactly("NEXT_BACK");
    }

    @Test
    void lead_from_a_confirm_to_a_write_without_a_form_between() {
      assertThat(
              idents(
                  "{ confirm: c, title: C }",
                  "{ form: f, title: F, fields: { a: { label: A } } }",
                  "{ run: check_open, writes: true }",
                  "{ done: d, title: D }"))
          .containsExactly("CONFIRM_IDLE", "NO_CONFIRM");
    }
  }

  @Nested
  class A_tab {
    @ParameterizedTest
    @CsvSource({"form,2", "title: Which,4", "fields:,4", "account:,6", "period:,6", "run: auth,2"})
    void is_read_as_the_blanks_that_were_there(String on, int blanks) throws IOException {
      List<String> lines = new ArrayList<>(example("budget_12.yaml").lines().toList());
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).stripLeading().replaceFirst("^- ", "").startsWith(on)) {
          lines.set(i, "\t" + lines.get(i).stripLeading());
        }
      }
      assertThat(problems(String.join("\n", lines) + "\n"))
          .extracting(p -> p.ident() + " " + p.cure())
          .containsExactly("YAML_TAB indent this line with " + blanks + " blanks");
    }

    @Test
    void in_a_text_or_in_brackets_is_none_of_the_indentation() {
      assertThat(
              problems(
                  """
                  workflow: x
                  title: X
                  roles: [everyone,
                  \t\tfis_user]
                  steps:
                    - done: d
                      title: D
                      text: |
                        a
                        \tb
                  """))
          .isEmpty();
    }

    @Test
    void on_every_line_is_no_reason_to_take_long() {
      assertThat(problems("\ta: b\n".repeat(100_000))).hasSizeLessThanOrEqualTo(Problems.MAX);
    }
  }

  @Test
  void a_problem_is_shown_with_its_line_a_caret_and_a_cure() {
    Problem problem =
        problems(
                "workflow: x\ntitel: y\ntitle: z\nroles: [everyone]\nsteps: [{done: d, title: t}]\n")
            .getFirst();
    assertThat(problem.format())
        .isEqualTo(
            """
            x.yaml:2:1: error: unknown key 'titel' [KEY_UNKNOWN]
              titel: y
              ^
              did you mean 'title'?
            """);
  }

  @Test
  void every_scalar_stays_what_was_typed() {
    YamlDocument document =
        YamlDocument.parse(
            "x", "a: [001234, no, 06, ~, 1e3, 0x1F]".getBytes(StandardCharsets.UTF_8));
    assertThat(document.root().orElseThrow().texts("a"))
        .extracting(YamlText::value)
        .containsExactly("001234", "no", "06", "~", "1e3", "0x1F");
  }

  @Test
  void hostile_files_are_refused_and_not_thrown() {
    for (String text :
        List.of(
            "",
            "[".repeat(500_000),
            "a: " + "{a: ".repeat(5_000),
            "a: *b",
            "\u0000",
            "a\n\tb: c",
            "- a",
            "a: !!java.net.URL x",
            "--- a: b\n--- c: d",
            "\uFFFE")) {
      assertThat(load(text)).isInstanceOf(Loaded.Bad.class);
    }
    assertThat(
            new WorkflowLoader(PROGRAMS)
                .load("x", new byte[] {'a', ':', '\n', (byte) 0xC0}, Companions.NONE))
        .isInstanceOf(Loaded.Bad.class);
    assertThat(new WorkflowLoader(PROGRAMS).load("x", new byte[(1 << 20) + 1], Companions.NONE))
        .isInstanceOf(Loaded.Bad.class);
  }
}
