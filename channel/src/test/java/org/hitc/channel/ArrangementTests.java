package org.hitc.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ArrangementTests {

  @Test
  void without_parameters_is_the_plain_one() {
    assertThat(Arrangement.of(Map.of())).contains(Arrangement.PLAIN);
    assertThat(Arrangement.PLAIN.parameters()).isEmpty();
  }

  @Test
  void is_read_from_what_it_was_written_to() {
    for (Arrangement arrangement :
        List.of(
            Arrangement.PLAIN.sortedBy("spent", true),
            Arrangement.PLAIN.sortedBy("spent", false).atPart(7),
            Arrangement.PLAIN.asText(true),
            new Arrangement(Optional.empty(), false, "travel & food", 1, false, true))) {
      assertThat(Arrangement.of(lists(arrangement.parameters()))).contains(arrangement);
    }
  }

  @Test
  void sorting_begins_at_the_first_part_again() {
    assertThat(Arrangement.PLAIN.atPart(3).sortedBy("spent", true).part()).isEqualTo(1);
  }

  @Test
  void what_means_nothing_is_refused_and_not_guessed_at() {
    for (Map<String, List<String>> wrong :
        List.<Map<String, List<String>>>of(
            Map.of("other", List.of("1")),
            Map.of("sort", List.of("a", "b")),
            Map.of("sort", List.of("Spent")),
            Map.of("sort", List.of("--spent")),
            Map.of("part", List.of("0")),
            Map.of("part", List.of("-1")),
            Map.of("part", List.of("9999999")),
            Map.of("as", List.of("html")),
            Map.of("done", List.of("yes")),
            Map.of("find", List.of("x".repeat(101))))) {
      assertThat(Arrangement.of(wrong)).as(wrong.toString()).isEmpty();
    }
  }

  private static Map<String, List<String>> lists(Map<String, String> parameters) {
    Map<String, List<String>> lists = new HashMap<>();
    parameters.forEach((name, value) -> lists.put(name, List.of(value)));
    return lists;
  }
}
