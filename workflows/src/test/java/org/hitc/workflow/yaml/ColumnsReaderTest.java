package org.hitc.workflow.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hitc.workflow.model.Columns;
import org.hitc.workflow.model.Columns.Heading;
import org.hitc.workflow.model.ReportStep;
import org.hitc.workflow.model.Workflow;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ColumnsReaderTest {
  private static final String COPYBOOK =
      """
             01  REC.
                 05  OBJECT-NO  PIC 9(6).
                 05  FILLER     PIC X.
                 05  AMOUNT     PIC ZZ9.99- OCCURS 2.
                 05  BALANCE    PIC S9(3)V99 BLANK WHEN ZERO.
      """;

  private static Loaded load(String columns, Map<String, String> beside) {
    String definition =
        """
        workflow: x
        title: X
        roles: [everyone]
        steps:
          - report: r
            title: R
            program: p
            columns: %s
        """
            .formatted(columns);
    return new WorkflowLoader(Set.of("p"))
        .load(
            "dir/x.yaml",
            definition.getBytes(StandardCharsets.UTF_8),
            name ->
                Optional.ofNullable(beside.get(name))
                    .<Companions.Found>map(text ->
                        text.startsWith("unsafe")
                            ? new Companions.Found.Refused(text)
                            : new Companions.Found.File(text.getBytes(StandardCharsets.UTF_8)))
                    .orElse(new Companions.Found.Missing()));
  }

  private static Workflow workflow(String columns, Map<String, String> beside) {
    return switch (load(columns, beside)) {
      case Loaded.Good(Workflow workflow) -> workflow;
      case Loaded.Bad(List<Problem> problems) ->
          throw new AssertionError(problems.stream().map(Problem::format).toList().toString());
    };
  }

  private static Columns columns(String columns, Map<String, String> beside) {
    return ((ReportStep) workflow(columns, beside).steps().getFirst()).columns();
  }

  private static List<Problem> problems(String columns, Map<String, String> beside) {
    return load(columns, beside) instanceof Loaded.Bad(List<Problem> problems)
        ? problems
        : List.of();
  }

  @Nested
  class A_copybook {
    @Test
    void becomes_positions_with_labels_made_of_names_or_given() {
      Columns columns =
          columns(
              "{ copybook: rec.cpy, overpunch: ibm, labels: { amount: Sum, amount_2: Rest } }",
              Map.of("rec.cpy", COPYBOOK));
      assertThat(columns.headings())
          .containsExactly(
              new Heading("object_no", "Object no", false),
              new Heading("amount_1", "Sum 1", true),
              new Heading("amount_2", "Rest", true),
              new Heading("balance", "Balance", true));
      assertThat(((Columns.ByPosition) columns).columns())
          .extracting(Columns.Column::position)
          .containsExactly(1, 7, 8, 15, 22);
      assertThat(((Columns.ByPosition) columns).columns().getLast().blankWhenZero()).isTrue();
    }

    @Test
    void is_found_in_either_case() {
      Map<String, String> upper = Map.of("REC.CPY", COPYBOOK);
      assertThat(columns("{ copybook: rec.cpy, overpunch: vms }", upper).headings()).hasSize(4);
    }

    @Test
    void is_part_of_the_hash() {
      String use = "{ copybook: rec.cpy, overpunch: ibm }";
      String hash = workflow(use, Map.of("rec.cpy", COPYBOOK)).hash();
      assertThat(workflow(use, Map.of("rec.cpy", COPYBOOK)).hash()).isEqualTo(hash);
      assertThat(workflow(use, Map.of("rec.cpy", COPYBOOK + "\n")).hash()).isNotEqualTo(hash);
    }

    @Test
    void that_is_wrong_is_reported_in_its_own_file() {
      Problem problem =
          problems(
                  "{ copybook: rec.cpy, overpunch: ibm }",
                  Map.of("rec.cpy", COPYBOOK.replace("BLANK WHEN ZERO", "COMP-3")))
              .getFirst();
      assertThat(problem.format())
          .isEqualTo(
              """
              dir/rec.cpy:5:40: error: not supported: usage COMP-3 [COPYBOOK_UNSUPPORTED]
                           05  BALANCE    PIC S9(3)V99 COMP-3.
                %s^
                a printed record is of usage DISPLAY: move the field to an edited one and print that
              """
                  .formatted(" ".repeat(39)));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{ copybook: other.cpy }|COPYBOOK_FILE",
          "{ copybook: ../rec.cpy }|COPYBOOK_FILE",
          "{ copybook: /etc/passwd }|COPYBOOK_FILE",
          "{ copybook: .rec }|COPYBOOK_FILE",
          "{ copybook: bad.cpy }|COPYBOOK_FILE",
          "{ copybook: rec.cpy }|COPYBOOK_SIGN",
          "{ copybook: rec.cpy, overpunch: dec }|VALUE_FORM",
          "{ copybook: rec.cpy, overpunch: ibm, labels: { amuont: x } }|COLUMN_UNKNOWN",
          "{ copybook: rec.cpy, overpunch: ibm, lables: {} }|KEY_UNKNOWN",
          "{ copybook: rec.cpy, csv: {} }|VALUE_FORM",
        })
    void that_cannot_be_used_is_a_problem(String use, String ident) {
      Map<String, String> beside = Map.of("rec.cpy", COPYBOOK, "bad.cpy", "unsafe: writable");
      assertThat(problems(use, beside)).extracting(Problem::ident).contains(ident);
    }

    @Test
    void used_twice_is_reported_once() {
      String use =
          "{ copybook: rec.cpy }\n  - report: s\n    title: S\n    program: p\n"
              + "    columns: { copybook: rec.cpy }";
      assertThat(problems(use, Map.of("rec.cpy", COPYBOOK)).stream().map(Problem::ident))
          .filteredOn("COPYBOOK_SIGN"::equals)
          .hasSize(1);
    }
  }

  @Nested
  class Csv_and_pattern {
    @Test
    void are_read() {
      assertThat(
              columns(
                  "{ csv: { separator: ';', header: true, columns: ["
                      + "{ column: object, label: Object, pic: 9(6) },"
                      + "{ column: amount, type: number, heading: Sum },"
                      + "{ column: filler } ] } }",
                  Map.of()))
          .isInstanceOfSatisfying(
              Columns.Csv.class,
              csv -> {
                assertThat(csv.separator()).isEqualTo(';');
                assertThat(csv.header()).isTrue();
                assertThat(csv.headings())
                    .containsExactly(
                        new Heading("object", "Object", false),
                        new Heading("amount", "amount", true));
              });
      assertThat(
              columns(
                  "{ pattern: '(?P<b>x)(?P<a>y)', columns: [ { column: a }, { column: b } ] }",
                  Map.of()))
          .isInstanceOfSatisfying(
              Columns.ByPattern.class, p -> assertThat(p.groups()).containsExactly(2, 1));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{ csv: {} }|KEY_MISSING",
          "{ csv: { columns: [] } }|VALUE_FORM",
          "{ csv: { columns: [ x ] } }|VALUE_KIND",
          "{ csv: { separator: ';;', columns: [ { column: a } ] } }|VALUE_FORM",
          "{ csv: { separator: '\"', columns: [ { column: a } ] } }|VALUE_FORM",
          "{ csv: { columns: [ { column: a, heading: A } ] } }|KEY_MISPLACED",
          "{ csv: { columns: [ { column: a }, { column: a } ] } }|COLUMN_TWICE",
          "{ csv: { columns: [ { column: a, pic: X, type: text } ] } }|KEY_TWICE",
          "{ csv: { columns: [ { column: a, type: money } ] } }|VALUE_FORM",
          "{ csv: { columns: [ { column: a, pic: Q } ] } }|PIC_FORM",
          "{ csv: { columns: [ { column: a, position: 1 } ] } }|KEY_UNKNOWN",
          "{ pattern: '(', columns: [ { column: a } ] }|PATTERN_FORM",
          "{ pattern: '(a)(b)', columns: [ { column: a } ] }|PATTERN_FORM",
          "{ pattern: '(?P<b>a)', columns: [ { column: a } ] }|PATTERN_FORM",
          "{ pattern: '(a)' }|KEY_MISSING",
          "{ patern: '(a)' }|VALUE_FORM",
          "text|VALUE_KIND",
        })
    void with_an_error_are_reported(String columns, String ident) {
      assertThat(problems(columns, Map.of())).extracting(Problem::ident).contains(ident);
    }
  }
}
