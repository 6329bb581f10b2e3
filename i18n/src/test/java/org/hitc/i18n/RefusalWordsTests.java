package org.hitc.i18n;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.hitc.channel.Refusal;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The bundles that module channel ships, held against its list of refusals. */
@DisplayName("In every language that ships")
class RefusalWordsTests {
  private static final List<String> SHIPPED = List.of("en", "de");
  private static final List<String> ALSO =
      List.of("problem.nothing_changed", "problem.may_have_changed", "problem.has_changed");

  private final List<Problem> problems = new ArrayList<>();
  private final Languages languages = Languages.of(SHIPPED);

  private Map<String, Entry> entries(String tag) throws Exception {
    String name = "messages/messages_" + tag + ".properties";
    try (var bytes = Refusal.class.getResourceAsStream(name)) {
      assertThat(bytes).as(name).isNotNull();
      Map<String, Entry> entries = new HashMap<>();
      MessageFile.read(name, bytes.readAllBytes(), problems).forEach(e -> entries.put(e.key(), e));
      return entries;
    }
  }

  private static boolean isAboutTypedText(Refusal refusal) {
    return refusal.name().startsWith("ARG_");
  }

  private static List<String> keys(Refusal refusal) {
    String key = refusal.messageKey();
    return isAboutTypedText(refusal) ? List.of(key) : List.of(key, key + ".help");
  }

  @ParameterizedTest
  @EnumSource
  void each_refusal_says_what_happened_and_what_to_do(Refusal refusal) throws Exception {
    for (String tag : SHIPPED) {
      assertThat(entries(tag).keySet()).as(tag).containsAll(keys(refusal));
    }
  }

  @Test
  void there_is_nothing_else_in_the_files() throws Exception {
    TreeSet<String> expected = new TreeSet<>(ALSO);
    for (Refusal refusal : Refusal.values()) {
      expected.addAll(keys(refusal));
    }
    for (String tag : SHIPPED) {
      assertThat(new TreeSet<>(entries(tag).keySet())).as(tag).isEqualTo(expected);
    }
  }

  @Test
  void the_files_have_no_problems_and_use_exactly_the_declared_arguments() {
    assertThat(load()).isInstanceOf(Loading.Loaded.class);
  }

  private Loading load() {
    return Messages.load(
        languages, Language.of("en"), ZoneOffset.UTC, List.of(new Layer.Product(Refusal.class)));
  }

  @Test
  void every_message_has_a_description_and_declares_its_arguments_in_the_source() throws Exception {
    for (Entry entry : entries("en").values()) {
      assertThat(entry.metadata().description()).as(entry.key()).isNotBlank();
      Message message = MessageParser.parse(entry.value());
      assertThat(entry.metadata().arguments().orElse(Map.of()).keySet())
          .as(entry.key())
          .isEqualTo(message.arguments().keySet());
    }
  }

  @Test
  void every_translation_uses_all_arguments_of_its_source() throws Exception {
    Map<String, Entry> source = entries("en");
    for (String tag : SHIPPED) {
      for (Entry entry : entries(tag).values()) {
        Entry original = source.getOrDefault(entry.key(), entry);
        assertThat(MessageParser.parse(entry.value()).arguments().keySet())
            .as("%s %s", tag, entry.key())
            .isEqualTo(MessageParser.parse(original.value()).arguments().keySet());
      }
    }
  }

  @Test
  void what_was_typed_wrong_is_named_by_its_field() throws Exception {
    for (Refusal refusal : Refusal.values()) {
      if (isAboutTypedText(refusal)
          || refusal == Refusal.WF_CHOICE
          || refusal == Refusal.WF_COUNT) {
        assertThat(argumentsOf(refusal)).as("%s", refusal).containsKey("field");
      }
    }
  }

  private Map<String, Kind> argumentsOf(Refusal refusal) throws Exception {
    for (Entry entry : entries("en").values()) {
      if (entry.key().equals(refusal.messageKey())) {
        return MessageParser.parse(entry.value()).arguments();
      }
    }
    return Map.of();
  }

  @Test
  void a_heading_has_no_full_stop_and_what_to_do_is_a_sentence() throws Exception {
    for (String tag : SHIPPED) {
      for (Entry entry : entries(tag).values()) {
        boolean sentence = entry.key().endsWith(".help") || ALSO.contains(entry.key());
        assertThat(entry.value().endsWith(".")).as("%s %s", tag, entry.key()).isEqualTo(sentence);
        assertThat(entry.value()).doesNotContain("  ").isEqualTo(entry.value().strip());
      }
    }
  }

  @Test
  void they_read_as_they_should() {
    Catalogue en = catalogue("en");
    Catalogue de = catalogue("de");
    assertThat(en.text("refusal.arg_len", Map.of("field", "Account", "max", 1)).value())
        .isEqualTo("Account must not be longer than 1 character");
    assertThat(de.text("refusal.arg_len", Map.of("field", "Konto", "max", 1000)).value())
        .isEqualTo("Konto darf nicht länger als 1.000 Zeichen sein");
    assertThat(
            en.text("refusal.arg_range", Map.of("field", "Year", "bound", "min", "min", 1900))
                .value())
        .isEqualTo("Year must be at least 1,900");
    assertThat(en.text("refusal.wf_count", Map.of("field", "Objects", "min", 0, "max", 3)).value())
        .isEqualTo("Objects: choose no more than 3 answers");
    assertThat(de.text("problem.nothing_changed").value()).isEqualTo("Es wurde nichts geändert.");
  }

  private Catalogue catalogue(String tag) {
    return switch (load()) {
      case Loading.Loaded(Messages messages) -> messages.in(Language.of(tag));
      case Loading.Refused(List<Problem> wrong) -> throw new AssertionError(wrong);
    };
  }
}
