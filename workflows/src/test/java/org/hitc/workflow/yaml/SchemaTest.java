package org.hitc.workflow.yaml;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The schema by which editors help. It is read in two ways: as the product reads a definition,
 * every scalar a text, and as an editor does, to whom {@code 4} is a number and {@code false} is
 * false.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SchemaTest {
  static final Path SCHEMA =
      Path.of("src/main/resources/org/hitc/workflow/yaml/workflow.schema.json");
  private static final Path EXAMPLES = Path.of("examples");

  private static final Schema LOADED = load();

  private static Schema load() {
    try {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(Files.readString(SCHEMA));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** How scalars are read. */
  private enum Reading {
    TEXT,
    EDITOR
  }

  private static List<Error> errors(YamlValue value, Reading reading) {
    return LOADED.validate(json(value, reading), InputFormat.JSON);
  }

  private static String json(YamlValue value, Reading reading) {
    return switch (value) {
      case YamlText text when reading == Reading.EDITOR && isPlainInCore(text.value()) ->
          text.value();
      case YamlText text -> quoted(text.value());
      case YamlList list ->
          list.items().stream()
              .map(item -> json(item, reading))
              .collect(Collectors.joining(",", "[", "]"));
      case YamlMap map ->
          map.keys().stream()
              .map(key -> quoted(key) + ":" + json(map.value(key).orElseThrow(), reading))
              .collect(Collectors.joining(",", "{", "}"));
    };
  }

  /** What YAML's core schema takes for a number or a truth value, in the spelling of JSON. */
  private static boolean isPlainInCore(String text) {
    return text.matches("true|false|-?(0|[1-9][0-9]*)(\\.[0-9]+)?");
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  private static YamlMap document(byte[] bytes) {
    return YamlDocument.parse("x.yaml", bytes).root().orElseThrow();
  }

  static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files
          .filter(f -> f.toString().endsWith(".yaml"))
          .filter(f -> !f.endsWith("programs.yaml") && !f.endsWith("launcher.yaml"))
          .sorted()
          .toList();
    }
  }

  /** Rules about keys, but for a key that stands twice: JSON has none. */
  static List<Path> rulesAboutKeys() throws IOException {
    return RulesTest.rules().stream()
        .filter(f ->
            f.getFileName().toString().matches("(KEY_(UNKNOWN|MISPLACED|MISSING)|STEP_KIND).*"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void takes_every_sample_and_every_sample_names_it(Path sample) throws IOException {
    YamlMap root = document(Files.readAllBytes(sample));
    for (Reading reading : Reading.values()) {
      assertThat(errors(root, reading)).as(reading.toString()).isEmpty();
    }
    assertThat(Files.readString(sample))
        .startsWith("# yaml-language-server: $schema=workflow.schema.json\n");
  }

  @ParameterizedTest
  @MethodSource("rulesAboutKeys")
  void refuses_what_the_reader_refuses(Path rule) throws IOException {
    String wrong = RulesTest.parts(rule).getOrDefault("x.yaml", "");
    for (Reading reading : Reading.values()) {
      assertThat(errors(document(wrong.getBytes(ISO_8859_1)), reading))
          .as(reading.toString())
          .isNotEmpty();
    }
  }

  @Test
  void has_the_keys_of_the_readers_and_no_others() throws IOException {
    Set<String> read = new TreeSet<>();
    try (Stream<Path> files = Files.list(Path.of("src/main/java/org/hitc/workflow/yaml"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        for (String list : found(Files.readString(file), "(?s)\\.only\\((.*?)\\);")) {
          read.addAll(found(list, "\"([a-z_]+)\""));
        }
      }
    }
    Set<String> known = new TreeSet<>();
    YamlMap schema = document(Files.readAllBytes(SCHEMA));
    properties(schema, known);
    YamlMap definitions = schema.map("$defs").orElseThrow();
    definitions.keys().forEach(key -> properties(definitions.map(key).orElseThrow(), known));
    assertThat(read).hasSizeGreaterThan(60);
    assertThat(known).isEqualTo(read);
  }

  private static void properties(YamlMap schema, Set<String> into) {
    schema.map("properties").ifPresent(properties -> into.addAll(properties.keys()));
  }

  @Test
  void lies_beside_the_samples_too() throws IOException {
    Path copy = EXAMPLES.resolve("workflow.schema.json");
    if (Boolean.getBoolean("hitc.accept")) {
      Files.copy(SCHEMA, copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    assertThat(copy).hasSameTextualContentAs(SCHEMA);
  }

  @Test
  void takes_numbers_and_truth_values_as_editors_read_them() {
    String text =
        """
        workflow: x
        title: 2026
        roles: [everyone]
        steps:
          - form: ask
            title: 7
            fields:
              a: { label: 1, pic: 9, required: false, default: 0 }
              b: { label: B, type: number, min: 1, max: 99 }
          - report: r
            title: R
            program: p
            args: [1, true]
            success_exit: [1]
            lines: { page_heading: 4, total: { position: 8, text: TOTAL } }
            columns: [{ column: a, position: 1, pic: 9, blank_when_zero: true }]
            limits: { rows: 10 }
        """;
    YamlMap root = document(text.getBytes(ISO_8859_1));
    assertThat(json(root, Reading.EDITOR)).contains("\"required\":false", "\"page_heading\":4");
    for (Map.Entry<Reading, List<Error>> found :
        Map.of(
                Reading.TEXT, errors(root, Reading.TEXT),
                Reading.EDITOR, errors(root, Reading.EDITOR))
            .entrySet()) {
      assertThat(found.getValue()).as(found.getKey().toString()).isEmpty();
    }
    String wrong = text.replace("page_heading: 4", "page_heading: 400");
    assertThat(errors(document(wrong.getBytes(ISO_8859_1)), Reading.EDITOR)).isNotEmpty();
  }

  private static Set<String> found(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult m) -> m.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
