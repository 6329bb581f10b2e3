package org.hitc.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hitc.channel.Refusal;
import org.hitc.it.Product;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The reference pages name all that the product accepts and all that it refuses. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReferenceTest {
  private static final Pattern TEXT = Pattern.compile("\"([^\"]+)\"");

  @Test
  void every_refusal_stands_in_its_table_with_its_status() throws IOException {
    String page = page("refusals.md");
    for (Refusal refusal : Refusal.values()) {
      assertThat(page).contains("| `" + refusal.code() + "` | " + refusal.status() + " | ");
    }
    assertThat(rows(page)).isEqualTo(Refusal.values().length);
  }

  @Test
  void every_key_of_a_workflow_file_is_described() throws IOException {
    assertNamed(
        page("workflow-file.md"), keys("workflows/src/main/java/org/hitc/workflow/yaml"), 50);
  }

  @Test
  void every_problem_of_a_workflow_file_is_described() throws IOException {
    String sources =
        sources("workflows/src/main/java/org/hitc/workflow/yaml")
            + sources("workflows/src/main/java/org/hitc/workflow/copybook");
    Set<String> problems = all(sources, Pattern.compile("\"([A-Z]+_[A-Z]+)\""));
    assertNamed(page("workflow-file.md"), problems, 33);
  }

  @Test
  void every_key_of_programs_yaml_is_described() throws IOException {
    assertNamed(page("programs.md"), keys(config("ProgramsReader.java")), 14);
  }

  @Test
  void every_key_of_listener_yaml_is_described() throws IOException {
    assertNamed(page("listener.md"), keys(config("ListenerConfig.java")), 19);
  }

  @Test
  void every_problem_of_these_two_is_described() throws IOException {
    Set<String> problems =
        all(sources(config("")), Pattern.compile("\"([A-Z]+_[A-Z]+|SIDES_EQUAL)\""));
    String pages = page("programs.md") + page("listener.md") + page("workflow-file.md");
    assertNamed(pages, problems, 10);
  }

  @Test
  void every_event_of_the_audit_log_is_described_with_its_fields() throws IOException {
    String page = page("audit.md");
    String line = sources("listener-sys/src/main/java/org/hitc/listener/audit/Line.java");
    Set<String> events = all(line, Pattern.compile("put\\(\"event\", \"([a-z-]+)\""));
    assertThat(events).hasSizeGreaterThanOrEqualTo(21);
    assertThat(events).allSatisfy(event -> assertThat(page).contains("| `" + event + "` | "));
    assertThat(page.lines().filter(row -> row.matches("\\| `[a-z]+(-[a-z]+)*` \\| `.*")))
        .as("no event that is none")
        .hasSameSizeAs(events);
    String[] cases = line.substring(line.indexOf("private static void fields")).split("case ", -1);
    assertThat(cases).hasSizeGreaterThan(20);
    for (String event : cases) {
      Set<String> names = all(event, Pattern.compile("put\\(\"event\", \"([a-z-]+)\""));
      for (String name : names) {
        String row =
            page.lines().filter(r -> r.startsWith("| `" + name + "` |")).findFirst().orElseThrow();
        Set<String> fields = all(event, Pattern.compile("put\\(\"(?!event\")([a-z0-9_]+)\""));
        assertThat(fields).allSatisfy(field -> assertThat(row).contains("`" + field + "`"));
      }
    }
  }

  @Test
  void every_key_of_gateway_conf_is_described() throws IOException {
    String options = sources("gateway-web/src/main/java/org/hitc/gateway/Options.java");
    Set<String> keys =
        texts(options, Pattern.compile("(?s)KEYS =\\s+new TreeSet<>\\(\\s*List\\.of\\((.*?)\\)"));
    assertNamed(page("gateway.md"), keys, 10);
  }

  @Test
  void every_command_and_option_is_described() throws IOException {
    String page = page("commands.md");
    String commands = sources("listener-sys/src/main/java/org/hitc/listener/command");
    Set<String> names =
        all(commands, Pattern.compile("@Command\\(\\s*name = \"(?!hitc\")([a-z]+)\""));
    assertThat(names).hasSizeGreaterThanOrEqualTo(8);
    assertThat(names)
        .allSatisfy(name -> assertThat(page).matches("(?s).*\\bhitc .*\\b" + name + "\\b.*"));
    // A hidden option is the build's own.
    Set<String> options =
        all(commands, Pattern.compile("@Option\\(\\s*names = \"(--[a-z-]+)\",(?!\\s*hidden)"));
    assertThat(options).hasSizeGreaterThanOrEqualTo(8);
    assertThat(options).allSatisfy(option -> assertThat(page).contains(option));
    Set<String> words =
        all(sources("hitc"), Pattern.compile("(?m)^  hitc ([a-z]+(?: [a-z]+)?)(?: |$)"));
    assertThat(words).hasSizeGreaterThanOrEqualTo(8);
    assertThat(words).allSatisfy(word -> assertThat(page).contains("`hitc " + word));
  }

  private static void assertNamed(String page, Set<String> names, int atLeast) {
    assertThat(names).as("found in the sources").hasSizeGreaterThanOrEqualTo(atLeast);
    assertThat(names).allSatisfy(name -> assertThat(page).containsPattern("\\b" + name + "\\b"));
  }

  private static long rows(String page) {
    return page.lines().filter(line -> line.startsWith("| `E-")).count();
  }

  private static String page(String name) throws IOException {
    return sources("docs/reference/" + name);
  }

  private static String config(String file) {
    return "listener-sys/src/main/java/org/hitc/listener/config/" + file;
  }

  /** What the readers of YAML let pass: the words in {@code only("...")}. */
  private static Set<String> keys(String path) throws IOException {
    return texts(
        sources(path),
        Pattern.compile("(?s)\\b(?:only\\(|known\\.addAll|new ArrayList<>\\(List)([^;]*?)\\);"));
  }

  private static Set<String> texts(String source, Pattern around) {
    Set<String> texts = new TreeSet<>();
    around.matcher(source).results().forEach(match -> texts.addAll(all(match.group(1), TEXT)));
    return texts;
  }

  private static Set<String> all(String source, Pattern pattern) {
    Set<String> found = new TreeSet<>();
    pattern.matcher(source).results().map((MatchResult m) -> m.group(1)).forEach(found::add);
    return found;
  }

  /** The text of a file, or of all files of a folder. */
  private static String sources(String path) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(Product.checkout().resolve(path))) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }
}
