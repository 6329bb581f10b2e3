package org.hitc.listener.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Files are checked where nothing is installed. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CheckCommandTest {
  private static final Path EXAMPLES = Path.of("..", "workflows", "examples");

  @TempDir private Path folder = Path.of("/");

  /** What was printed, and the exit status. */
  private record Ran(List<String> lines, int status) {}

  private static Ran check(String... arguments) {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      int status = new CommandLine(new CheckCommand()).execute(arguments);
      return new Ran(out.toString(StandardCharsets.UTF_8).lines().toList(), status);
    } finally {
      System.setOut(before);
    }
  }

  private Path copy(String name) throws IOException {
    Files.copy(EXAMPLES.resolve("budget12.cpy"), folder.resolve("budget12.cpy"));
    return Files.copy(EXAMPLES.resolve(name), folder.resolve(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"b12", "budget_12", "choose_report", "closing", "mail_forward", "wrong_total"})
  void every_sample_is_right(String name) {
    assertThat(check(EXAMPLES.resolve(name + ".yaml").toString()))
        .isEqualTo(new Ran(List.of("ok"), 0));
    assertThat(check(EXAMPLES.resolve(name).toString())).isEqualTo(new Ran(List.of("ok"), 0));
  }

  @Test
  void without_programs_yaml_their_names_are_not_checked_and_it_says_so() throws IOException {
    Path file = copy("budget_12.yaml");
    assertThat(check(file.toString()).lines())
        .containsExactly(
            file + ": names of programs are not checked: there is no programs.yaml beside it",
            "ok");
    assertThat(
            check("--programs", EXAMPLES.resolve("programs.yaml").toString(), file.toString())
                .lines())
        .containsExactly("ok");
  }

  @Test
  void a_program_that_is_not_registered_is_an_error() throws IOException {
    Path file = copy("budget_12.yaml");
    Files.writeString(folder.resolve("programs.yaml"), "programs: { budget12: { path: /x } }\n");
    Ran ran = check(file.toString());
    assertThat(ran.lines().getLast()).isEqualTo("4 errors");
    assertThat(ran.status()).isEqualTo(1);
  }

  @Test
  void a_limit_above_the_registration_and_missing_words_are_warnings() throws IOException {
    Path file = copy("wrong_total.yaml");
    Files.writeString(
        file,
        Files.readString(file)
            .replace("program: wrong12", "program: wrong12\n    limits: { timeout: 5m }"));
    Path words = Files.createDirectories(folder.resolve("wrong_total/messages"));
    Files.writeString(
        words.resolve("messages_de.properties"), "title = Haushalt\ngroup = Abschluss\n");
    Ran ran = check("--programs", EXAMPLES.resolve("programs.yaml").toString(), file.toString());
    assertThat(ran.lines())
        .contains(
            words.resolve("messages_de.properties")
                + ": warning: 7 without a translation: summary, budget.title, budget.object.label,"
                + " budget.descr.label, budget.budget.label, ... [WORDS_MISSING]")
        .anyMatch(line -> line.endsWith("[LIMIT_RAISED]"))
        .endsWith("ok, 2 warnings");
    assertThat(ran.status()).isZero();
  }

  @Test
  void a_file_that_is_not_there_or_has_another_name_is_an_error() throws IOException {
    assertThat(check("nowhere.yaml").lines())
        .containsExactly(
            "nowhere.yaml: error: there is no file that can be read [FILE_UNREADABLE]", "1 error");
    Path file = copy("closing.yaml");
    Path renamed = Files.move(file, folder.resolve("other.yaml"));
    assertThat(check(renamed.toString()).lines())
        .contains(
            renamed
                + ": error: the workflow is called closing; the file must be closing.yaml"
                + " [FILE_NAME]");
  }

  @Test
  void names_without_an_installation_say_what_to_do() {
    CommandLine line = new CommandLine(new CheckCommand());
    StringBuilder said = new StringBuilder();
    line.setExecutionExceptionHandler((problem, _, _) -> {
      said.append(problem.getMessage());
      return 1;
    });
    assertThat(line.execute("no_such_workflow")).isEqualTo(1);
    assertThat(said).contains("hitc check FILE.yaml");
  }
}
