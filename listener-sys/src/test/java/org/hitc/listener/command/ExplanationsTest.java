package org.hitc.listener.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hitc.channel.Refusal;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ExplanationsTest {
  private static final Pattern IDENT = Pattern.compile("\"([A-Z]+(?:_[A-Z]+)+|HOLE)\"");

  /** Where problems are made. */
  private static final List<Path> SOURCES =
      List.of(
          Path.of("../workflows/src/main/java/org/hitc/workflow/yaml"),
          Path.of("../workflows/src/main/java/org/hitc/workflow/copybook"),
          Path.of("src/main/java/org/hitc/listener/config"),
          Path.of("src/main/java/org/hitc/listener/WorkflowWords.java"),
          Path.of("src/main/java/org/hitc/listener/Definitions.java"),
          Path.of("src/main/java/org/hitc/listener/FileCheck.java"),
          Path.of("src/main/java/org/hitc/listener/LaunchCheck.java"),
          Path.of("src/main/java/org/hitc/listener/Listener.java"));

  private final Explanations all = Explanations.load();

  @Test
  void every_kind_of_problem_has_a_page_and_every_page_is_of_one() throws IOException {
    Set<String> idents = new TreeSet<>();
    for (Path source : SOURCES) {
      try (Stream<Path> files = Files.walk(source)) {
        for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
          IDENT
              .matcher(Files.readString(file))
              .results()
              .map((MatchResult m) -> m.group(1))
              .forEach(idents::add);
        }
      }
    }
    Set<String> pages = new TreeSet<>();
    all.pages().stream()
        .map(Explanations.Page::name)
        .filter(name -> !name.startsWith("E-"))
        .forEach(pages::add);
    assertThat(idents).hasSizeGreaterThan(60);
    assertThat(pages).isEqualTo(idents);
  }

  @Test
  void every_refusal_has_a_page_with_the_words_of_the_product() {
    for (Refusal refusal : Refusal.values()) {
      assertThat(all.find(refusal.code())).isPresent();
      assertThat(all.find(refusal.code()).orElseThrow().print()).doesNotContain("{", "[refusal");
    }
  }

  @Test
  void every_page_fits_a_terminal_below_the_line_that_asked_for_it() {
    for (Explanations.Page page : all.pages()) {
      assertThat(page.print().lines().count()).as(page.name()).isLessThanOrEqualTo(22);
      assertThat(page.print().lines()).as(page.name()).allMatch(line -> line.length() <= 80);
    }
  }

  @Test
  void every_problem_has_a_wrong_example_and_a_right_one() {
    assertThat(all.pages())
        .filteredOn(page -> !page.name().startsWith("E-"))
        .allSatisfy(page -> assertThat(page.text()).containsPattern("(?s)Wrong:.*Right:"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NO_CONFIRM", "NOCONFIRM", "no-confirm", "noConfirm"})
  void capitals_and_signs_do_not_matter(String name) {
    assertThat(all.find(name)).map(Explanations.Page::name).contains("NO_CONFIRM");
  }

  @Test
  void a_name_that_is_nearly_one_is_suggested() {
    assertThat(all.find("NO_CONFRIM")).isEmpty();
    assertThat(all.nearest("NO_CONFRIM")).contains("NO_CONFIRM");
    assertThat(all.nearest("XYZZY")).isEmpty();
    assertThat(all.find("arg-len")).map(Explanations.Page::name).contains("E-ARG-LEN");
  }
}
