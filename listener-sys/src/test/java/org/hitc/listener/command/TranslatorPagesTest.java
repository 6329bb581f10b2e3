package org.hitc.listener.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/**
 * What the pages for translators show is what happens. A comment in front of a block of theirs says
 * what is to be done with it.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TranslatorPagesTest {
  private static final Pattern BLOCK =
      Pattern.compile("(?m)^<!-- ([^>]+) -->\n```[a-z]*\n(?s:(.*?))^```$");
  private static final Path EXAMPLES = Path.of("..", "workflows", "examples");

  @TempDir private Path folder = Path.of("/");

  private record Block(String order, String text) {}

  private static String page(String name) throws IOException {
    return Files.readString(Path.of("..", "docs").resolve(name));
  }

  private static List<Block> blocks(String page, String order) throws IOException {
    List<Block> blocks =
        BLOCK
            .matcher(page(page))
            .results()
            .map(found -> new Block(found.group(1), found.group(2)))
            .filter(block -> block.order().startsWith(order))
            .toList();
    assertThat(blocks).isNotEmpty();
    return blocks;
  }

  private static String hitc(String... words) {
    PrintStream before = System.out;
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
    try {
      new CommandLine(new I18nCommand()).execute(words);
      return output.toString(StandardCharsets.UTF_8);
    } finally {
      System.setOut(before);
    }
  }

  private Path budget() throws IOException {
    Files.copy(EXAMPLES.resolve("budget12.cpy"), folder.resolve("budget12.cpy"));
    return Files.copy(EXAMPLES.resolve("budget_12.yaml"), folder.resolve("budget_12.yaml"));
  }

  private Path french() throws IOException {
    Path messages = Files.createDirectories(folder.resolve("budget_12/messages"));
    return messages.resolve("messages_fr.properties");
  }

  @Test
  void a_workflow_gives_the_file_that_the_reference_shows() throws IOException {
    Path yaml = folder.resolve("shelf.yaml");
    Files.writeString(
        yaml, blocks("reference/message-format.md", "workflow: shelf").getFirst().text());
    hitc("sync", yaml.toString(), "--language", "de");
    assertThat(Files.readString(folder.resolve("shelf/messages/messages_de.properties")))
        .startsWith(blocks("reference/message-format.md", "translation: shelf").getFirst().text())
        .contains("# @source Item {rowItem}\n");
  }

  @Test
  void a_new_file_and_a_stale_text_are_as_it_shows_them() throws IOException {
    Path yaml = budget();
    hitc("sync", yaml.toString(), "--language", "fr");
    assertThat(Files.readString(french()))
        .contains(blocks("how-to/translate.md", "new").getFirst().text());

    Files.writeString(french(), blocks("how-to/translate.md", "right").getFirst().text());
    hitc("sync", yaml.toString());
    Files.writeString(
        yaml,
        Files.readString(yaml)
            .replace("account $account, period $period", "account $account, month $period"));
    hitc("sync", yaml.toString());
    assertThat(Files.readString(french()))
        .contains(blocks("how-to/translate.md", "stale").getFirst().text());
  }

  @Test
  void what_it_calls_right_is_right() throws IOException {
    Path yaml = budget();
    for (Block block : blocks("how-to/translate.md", "right")) {
      Files.writeString(french(), block.text());
      assertThat(hitc("check", yaml.toString())).as(block.text()).doesNotContain("error");
    }
  }

  @Test
  void what_it_calls_wrong_is_found_in_the_words_that_it_shows() throws IOException {
    Path yaml = budget();
    for (Block block : blocks("how-to/translate.md", "wrong: ")) {
      Files.writeString(french(), block.order().substring("wrong: ".length()) + "\n");
      assertThat(hitc("check", yaml.toString())).contains(block.text().strip());
    }
  }

  private void numbers(String polish) throws IOException {
    Files.writeString(
        folder.resolve("messages_en.properties"),
        "# Below a table\n# @args rows:number\n"
            + blocks("how-to/translate.md", "number").getFirst().text());
    Files.writeString(folder.resolve("messages_pl.properties"), polish);
  }

  @Test
  void its_plural_forms_are_those_of_the_language() throws IOException {
    numbers(blocks("how-to/translate.md", "number in pl").getFirst().text());
    assertThat(hitc("check", folder.toString())).isEqualTo("ok\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rows = {rows, plural, one {# a} many {# b} other {# c}} | {rows} lacks \"few\"",
        "rows = {rows, plural, one {# a} two {# x} few {# d} many {# b} other {# c}} | no number is \"two\"",
        "rows = {rows, plural, one {#} few {#} many {#} other {#} | a { without its }",
        "rows = {rows} x} | a } without its {",
        "rows = wiersze d'{rows}' | an apostrophe before a brace",
        "rows = wiersze | , which the source shows; put it in",
        "rows = {rows} wiersze. | ends with",
        "rowz = wiersze | is not in",
      })
  void what_the_check_says_is_explained(String line, String words) throws IOException {
    numbers(line + "\n");
    assertThat(hitc("check", folder.toString())).contains(words);
    // In the page as it is said of another text.
    assertThat(page("how-to/translate.md"))
        .contains(words.replace("{rows}", "").replace("; put it in", "").strip());
  }
}
