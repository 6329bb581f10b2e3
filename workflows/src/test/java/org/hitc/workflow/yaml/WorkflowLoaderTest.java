package org.hitc.workflow.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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
            "KEY_MISSING",
            "NAME_FORM",
            "KEY_UNKNOWN",
            "REF_FORM",
            "FIELD_NAME",
            "PIC_FORM",
            "KEY_MISSING");
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
