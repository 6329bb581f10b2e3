package org.hitc.listener.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hitc.channel.Page;
import org.hitc.channel.Refusal;
import org.hitc.i18n.Language;
import org.hitc.i18n.Layer;
import org.hitc.i18n.Loading;
import org.hitc.i18n.Messages;
import org.hitc.i18n.check.BundleFile;
import org.hitc.i18n.site.SiteFolder;
import org.hitc.listener.Listener;
import org.hitc.workflow.engine.View;
import org.hitc.workflow.engine.Words;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static final String GERMAN =
      """
      equipment = Geräte
      food = Verpflegung
      rent = Miete
      salaries = Gehälter
      travel = Ärger auf Reisen
      """;

  private static Reader reader(String tag) {
    SiteFolder product =
        new SiteFolder(
            Path.of("/nonexistent"),
            List.of(Listener.class, Refusal.class),
            _ -> false,
            ZoneOffset.UTC);
    BundleFile german = BundleFile.read("f", Language.of("de"), GERMAN.getBytes(UTF_8));
    return switch (product
        .shipped()
        .with(List.of(new Layer.Workflow(Map.of("de", german.bundle()))))) {
      case Loading.Loaded(Messages messages) ->
          new Readers(SiteFolder.SOURCE)
              .of(
                  new Readers.Reading(
                      "Anna", Instant.EPOCH, Duration.ZERO, Language.of(tag), messages));
      case Loading.Refused(var problems) -> throw new AssertionError(problems);
    };
  }

  private static List<String> shown(String tag, String... labels) {
    List<View.Option> options =
        Arrays.stream(labels)
            .map(label ->
                new View.Option(
                    label, new Words(label.toLowerCase(java.util.Locale.ROOT), label, Map.of())))
            .toList();
    return Options.of(options, reader(tag)).stream().map(Page.Option::handle).toList();
  }

  @Test
  void an_alphabetical_list_is_alphabetical_in_the_readers_language() {
    String[] labels = {"Equipment", "Food", "Rent", "Salaries", "Travel"};
    assertThat(shown("en", labels)).containsExactly(labels);
    assertThat(shown("de", labels))
        .containsExactly("Travel", "Salaries", "Equipment", "Rent", "Food");
  }

  @Test
  void any_other_order_is_the_authors() {
    assertThat(shown("de", "Food", "Equipment", "Rent", "Salaries", "Travel"))
        .containsExactly("Food", "Equipment", "Rent", "Salaries", "Travel");
    assertThat(shown("de", "Equipment", "Food", "Rent", "Salaries"))
        .containsExactly("Equipment", "Food", "Rent", "Salaries");
    View.Option printed = new View.Option("1", new Words("", "A", Map.of()));
    assertThat(Options.of(java.util.Collections.nCopies(5, printed), reader("de"))).hasSize(5);
  }
}
