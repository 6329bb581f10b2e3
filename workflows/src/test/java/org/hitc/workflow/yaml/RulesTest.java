package org.hitc.workflow.yaml;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hitc.workflow.model.Limits;
import org.hitc.workflow.model.RunAs;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is said about each kind of problem, word for word. A file of {@code rules} holds a wrong
 * definition, what stands beside it, and the output; {@code -Dhitc.accept=true} writes the outputs
 * anew, to be read in the difference.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RulesTest {
  static final Path RULES = Path.of("src/test/resources/org/hitc/workflow/yaml/rules");
  private static final Path SOURCES = Path.of("src/main/java/org/hitc/workflow");
  private static final String OUTPUT = "output";

  private static final Limits ONE_MINUTE =
      new Limits(Optional.of(Duration.ofMinutes(1)), Optional.of(1L << 20), Optional.empty());

  private static final KnownPrograms PROGRAMS =
      KnownPrograms.of(
          Map.of(
              "p", new KnownPrograms.Registration(ONE_MINUTE, Set.of(new RunAs.Service())),
              "q",
                  new KnownPrograms.Registration(
                      ONE_MINUTE, Set.of(new RunAs.Service(), new RunAs.SignedIn())),
              "check_open", new KnownPrograms.Registration(ONE_MINUTE, Set.of())));

  static List<Path> rules() throws IOException {
    try (Stream<Path> files = Files.list(RULES)) {
      return files.sorted().toList();
    }
  }

  /** The parts of a file, by name. */
  static Map<String, String> parts(Path rule) throws IOException {
    Map<String, String> parts = new LinkedHashMap<>();
    // Any byte may stand in it: one of the rules is about wrong ones.
    for (String part : Files.readString(rule, ISO_8859_1).split("(?m)^--- ", -1)) {
      int line = part.indexOf('\n');
      if (line > 0) {
        parts.put(part.substring(0, line), part.substring(line + 1));
      }
    }
    return parts;
  }

  private static String output(Map<String, String> parts) {
    Companions beside =
        name ->
            Optional.ofNullable(parts.get(name))
                .<Companions.Found>map(text -> new Companions.Found.File(text.getBytes(ISO_8859_1)))
                .orElse(new Companions.Found.Missing());
    byte[] definition = parts.getOrDefault("x.yaml", "").getBytes(ISO_8859_1);
    return new WorkflowLoader(PROGRAMS)
        .check("x.yaml", definition, beside).problems().stream()
            .map(Problem::format)
            .collect(Collectors.joining());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void is_said_word_for_word(Path rule) throws IOException {
    Map<String, String> parts = parts(rule);
    if (Boolean.getBoolean("hitc.accept")) {
      parts.put(OUTPUT, output(parts));
      StringBuilder file = new StringBuilder();
      parts.forEach((name, text) -> file.append("--- ").append(name).append('\n').append(text));
      Files.writeString(rule, file, ISO_8859_1);
    }
    assertThat(output(parts)).isEqualTo(parts.get(OUTPUT));
    String ident = rule.getFileName().toString().replaceFirst("(-[0-9])?\\.txt$", "");
    assertThat(parts.get(OUTPUT)).contains("[" + ident + "]");
  }

  @Test
  void every_kind_of_problem_has_its_file() throws IOException {
    Set<String> tested = new TreeSet<>();
    for (Path rule : rules()) {
      tested.addAll(found(parts(rule).getOrDefault(OUTPUT, ""), "\\[([A-Z_]+)\\]\\n"));
    }
    Set<String> known = new TreeSet<>();
    for (String folder : List.of("yaml", "copybook")) {
      try (Stream<Path> files = Files.list(SOURCES.resolve(folder))) {
        for (Path file : (Iterable<Path>) files::iterator) {
          known.addAll(found(Files.readString(file), "\"([A-Z]+(?:_[A-Z]+)+)\""));
        }
      }
    }
    assertThat(known).hasSizeGreaterThan(50);
    assertThat(tested).isEqualTo(known);
  }

  private static Set<String> found(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult m) -> m.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
