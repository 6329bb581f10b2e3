package org.hitc.workflow.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * The tables of keys in the reference are those of the schema. Between {@code <!-- keys: NAME -->}
 * and {@code <!-- end -->} the page is generated; {@code -Dhitc.accept=true} writes it anew.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReferencePageTest {
  private static final Path PAGE = Path.of("../docs/reference/workflow-file.md");
  private static final Pattern TABLE =
      Pattern.compile("(?s)(<!-- keys: ([a-z_]+) -->\n).*?(<!-- end -->)");

  @Test
  void has_the_tables_of_the_schema() throws IOException {
    String page = Files.readString(PAGE);
    String generated =
        TABLE
            .matcher(page)
            .replaceAll(m ->
                Matcher.quoteReplacement(
                    m.group(1) + "\n" + table(m.group(2)) + "\n" + m.group(3)));
    if (Boolean.getBoolean("hitc.accept")) {
      Files.writeString(PAGE, generated);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(generated);
  }

  @Test
  void has_a_table_for_everything_that_has_keys() throws IOException {
    Set<String> shown = new TreeSet<>();
    TABLE
        .matcher(Files.readString(PAGE))
        .results()
        .map((MatchResult m) -> m.group(2))
        .forEach(shown::add);
    Set<String> wanted = new TreeSet<>(Set.of("top"));
    YamlMap definitions = schema().map("$defs").orElseThrow();
    Predicate<String> described = name -> described(definitions.map(name).orElseThrow());
    definitions.keys().stream().filter(described).forEach(wanted::add);
    assertThat(shown).isEqualTo(wanted);
  }

  private static boolean described(YamlMap definition) {
    return definition
        .map("properties")
        .filter(p -> p.map(p.keys().getFirst()).orElseThrow().has("description"))
        .isPresent();
  }

  private static YamlMap schema() {
    try {
      return YamlDocument.parse("schema", Files.readAllBytes(SchemaTest.SCHEMA))
          .root()
          .orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String table(String name) {
    YamlMap definition =
        name.equals("top") ? schema() : schema().map("$defs").orElseThrow().map(name).orElseThrow();
    List<String> required = definition.texts("required").stream().map(YamlText::value).toList();
    YamlMap properties = definition.map("properties").orElseThrow();
    StringBuilder table = new StringBuilder("| key | must | is |\n|---|---|---|\n");
    for (String key : properties.keys()) {
      String is = properties.map(key).orElseThrow().text("description").orElseThrow().value();
      table
          .append("| `")
          .append(key)
          .append(required.contains(key) ? "` | yes | " : "` | | ")
          .append(is)
          .append(" |\n");
    }
    return table.toString();
  }
}
