package org.hitc.workflow.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hitc.workflow.model.Reference;
import org.hitc.workflow.model.SourceText;
import org.hitc.workflow.model.TextKeys;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a definition can be translated, and where it stands. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SourceTextTest {
  private static final String KEY = "[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*";

  private static Checked check(String text) {
    Companions examples =
        name -> {
          try {
            return new Companions.Found.File(Files.readAllBytes(Path.of("examples", name)));
          } catch (IOException _) {
            return new Companions.Found.Missing();
          }
        };
    return new WorkflowLoader(KnownPrograms.unknown())
        .check("x.yaml", text.getBytes(UTF_8), examples);
  }

  private static List<String> found(String text) {
    Checked checked = check(text);
    assertThat(checked.workflow()).as("%s", checked.problems()).isPresent();
    return SourceText.of(checked.workflow().orElseThrow()).stream()
        .map(source ->
            checked.lines().getOrDefault(source.key(), 0)
                + " "
                + source.key()
                + " = "
                + source.text())
        .toList();
  }

  @Test
  void is_every_text_that_people_see_with_its_line() {
    assertThat(
            found(
                """
                workflow: x
                title: All of it
                group: Some
                roles: [everyone]
                steps:
                  - form: ask
                    fields:
                      shelf:
                        hint: "Two signs, $$ too"
                        label: Shelf
                      what:
                        label: What
                        choices:
                          - all
                          - { value: some, label: Some of it }
                          - Not sure
                    title: Which?
                    button: Go on
                  - run: silent
                    program: p
                    title: Nobody sees this
                  - run: shown
                    program: p
                    title: $shelf
                    output: text
                  - report: rows
                    title: Of $shelf
                    program: p
                    columns:
                      csv:
                        columns:
                          - { column: a }
                          - column: b
                            label: B
                  - confirm: sure
                    title: Sure?
                    button: Do it
                  - run: act
                    program: p
                    writes: true
                  - done: end
                    title: Done
                    text: $shelf is empty
                """))
        .containsExactly(
            "2 title = All of it",
            "3 group = Some",
            "17 ask.title = Which?",
            "18 ask.button = Go on",
            "10 ask.shelf.label = Shelf",
            "9 ask.shelf.hint = Two signs, $$$$ too",
            "12 ask.what.label = What",
            "14 ask.what.choices.all = all",
            "15 ask.what.choices.some = Some of it",
            "16 " + TextKeys.choice("ask", "what", "Not sure") + " = Not sure",
            "24 shown.title = $shelf",
            "27 rows.title = Of $shelf",
            "32 rows.a.label = a",
            "34 rows.b.label = B",
            "36 sure.title = Sure?",
            "37 sure.button = Do it",
            "42 end.title = Done",
            "43 end.text = $shelf is empty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"b12", "budget_12", "choose_report", "closing", "mail_forward", "wrong_total"})
  void stands_in_its_line_in_every_example(String name) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("examples", name + ".yaml"));
    Checked checked = check(String.join("\n", lines));
    List<SourceText> texts = SourceText.of(checked.workflow().orElseThrow());
    assertThat(texts).hasSizeGreaterThan(5);
    for (SourceText text : texts) {
      String line = lines.get(checked.lines().getOrDefault(text.key(), 0) - 1);
      assertThat(line.contains(text.text().toString()) || line.contains("copybook:"))
          .as(text + " in " + line)
          .isTrue();
    }
    assertThat(texts.stream().map(SourceText::key)).doesNotHaveDuplicates();
  }

  @Test
  void of_a_file_with_an_error_has_no_line() {
    assertThat(check("workflow: x\ntitle: X\n").lines()).isEmpty();
  }

  @Test
  void has_a_key_that_a_message_file_can_have_whatever_a_choice_is() {
    List<String> values =
        List.of(
            "yearly",
            "2026-06",
            "1.5",
            "Not sure",
            "Not_sure",
            "Not-sure",
            ".5",
            "5.",
            "a..b",
            "größe",
            "größer",
            "大",
            "小",
            "a = b",
            "#",
            "x".repeat(61),
            "x".repeat(2_000));
    Set<String> keys = new HashSet<>();
    for (String value : values) {
      String key = TextKeys.choice("f".repeat(64), "g".repeat(64), value);
      assertThat(key).matches(KEY).hasSizeLessThanOrEqualTo(200);
      keys.add(key);
    }
    assertThat(keys).hasSameSizeAs(values);
    assertThat(TextKeys.choice("ask", "what", "2026-06")).isEqualTo("ask.what.choices.2026-06");
  }

  @Test
  void gives_every_value_a_name_of_its_own_that_a_translation_can_use() {
    List<String> names =
        List.of("row_object", "row.object", "before.object", "object", "rowobject");
    Set<String> arguments =
        names.stream().map(name -> new Reference(name).argument()).collect(Collectors.toSet());
    assertThat(arguments)
        .containsExactlyInAnyOrder("row_object", "rowObject", "beforeObject", "object", "rowobject")
        .allMatch(argument -> argument.matches("[A-Za-z][A-Za-z0-9_]{0,79}"));
    assertThat(new Reference("before." + "x".repeat(64)).argument()).hasSize(70);
  }
}
