package org.hitc.i18n.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.i18n.Characters;
import org.hitc.i18n.Entry;
import org.hitc.i18n.Language;
import org.hitc.i18n.Languages;
import org.hitc.i18n.Message;
import org.hitc.i18n.MessageFile;
import org.hitc.i18n.MessageSyntaxException;
import org.hitc.i18n.Metadata;
import org.hitc.i18n.Problem;
import org.hitc.i18n.Proof;
import org.hitc.i18n.check.BundleCheck;
import org.hitc.i18n.check.BundleFile;
import org.hitc.i18n.check.Samples;
import org.hitc.i18n.input.LocalInput;
import org.hitc.i18n.input.Reading;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The Big List of Naughty Strings (blns.LICENSE), as everything that a text can be here. */
@DisplayName("Each of the naughty strings")
class NaughtyStringsTests {
  private static final List<Language> LANGUAGES =
      List.of(Language.of("en"), Language.of("ar"), Language.of("ja"), Language.of("pl"));

  private final List<String> strings = strings();

  private static List<String> strings() {
    try (var stream = NaughtyStringsTests.class.getResourceAsStream("../blns.json")) {
      assertThat(stream).isNotNull();
      String json = new String(stream.readAllBytes(), UTF_8);
      assertThat(JsonReader.read(json)).isInstanceOf(Json.Array.class);
      List<String> strings = new ArrayList<>();
      for (Json item : ((Json.Array) JsonReader.read(json)).items()) {
        strings.add(((Json.Text) item).value());
      }
      assertThat(strings).hasSize(515);
      return strings;
    } catch (java.io.IOException | NotReadableException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void as_a_value_is_shown_unchanged() throws Exception {
    Message message = Message.parse("<{t}>");
    Message chosen = Message.parse("{t, select, x {X} other {<{t}>}}");
    for (Language language : LANGUAGES) {
      Proof proof = Proof.in(language);
      for (String string : strings) {
        assertThat(proof.show(message, Map.of("t", string)).words()).isEqualTo("<" + string + ">");
        assertThat(proof.show(chosen, Map.of("t", string)).words()).isEqualTo("<" + string + ">");
      }
    }
  }

  @Test
  void as_a_pattern_is_a_message_or_is_refused_and_nothing_else() {
    Map<String, Object> values = Map.of("t", "x", "n", 3);
    int messages = 0;
    for (String string : strings) {
      for (String pattern :
          List.of(
              string, string + "{t}", "{" + string + "}", "{n, plural, other {" + string + "}}")) {
        try {
          Message message = Message.parse(pattern);
          LANGUAGES.forEach(l -> Proof.in(l).show(message, values));
          messages++;
        } catch (MessageSyntaxException e) {
          assertThat(e.words()).isNotBlank();
        }
      }
    }
    assertThat(messages).isBetween(1_000, 2_000);
  }

  @Test
  void as_a_label_of_a_workflow_is_shown_unchanged() throws Exception {
    for (String string : strings) {
      Entry entry = Entry.literal("k", string, 1, Metadata.NONE);
      assertThat(
              Proof.in(LANGUAGES.getFirst()).show(Message.parse(entry.value()), Map.of()).words())
          .isEqualTo(string);
    }
  }

  @Test
  void in_a_message_file_comes_back_unchanged_or_is_refused_and_can_be_checked() {
    for (String string : strings) {
      List<Problem> problems = new ArrayList<>();
      byte[] file = ("k = " + MessageFile.escape(string) + "\n").getBytes(UTF_8);
      List<Entry> entries = MessageFile.read("f", file, problems);
      assertThat(entries.size() + problems.size()).as(string).isGreaterThanOrEqualTo(1);
      if (problems.isEmpty()) {
        assertThat(entries.getFirst().value()).isEqualTo(string);
      }
      BundleFile source =
          BundleFile.of(
              "s", Language.of("en"), List.of(Entry.literal("k", string, 1, Metadata.NONE)));
      BundleCheck.check(
          source, List.of(BundleFile.read("f", Language.of("de"), file)), Samples.NONE);
    }
  }

  @Test
  void in_a_file_for_other_tools_comes_back_unchanged_or_is_refused() {
    int whole = 0;
    for (String string : strings) {
      if (string.isBlank()) {
        continue;
      }
      Exchange exchange =
          new Exchange(
              "en",
              "de",
              List.of(
                  new Unit(
                      "k",
                      string,
                      Optional.of(string),
                      Unit.State.TRANSLATED,
                      Optional.empty(),
                      List.of())));
      boolean right = string.codePoints().noneMatch(c -> c != '\n' && Characters.forbidden(c));
      for (Format format : Format.values()) {
        Received received = format.read(format.write(exchange).getBytes(UTF_8));
        if (right) {
          assertThat(received)
              .as("%s <%s>", format, string)
              .isEqualTo(new Received.Whole(exchange));
          whole++;
        } else {
          assertThat(received).as("%s <%s>", format, string).isInstanceOf(Received.Refused.class);
        }
      }
    }
    assertThat(whole).isGreaterThan(1_500);
  }

  @Test
  void as_a_number_or_a_date_is_refused_or_means_what_it_says() {
    for (Language language : LANGUAGES) {
      LocalInput input = LocalInput.in(language);
      for (String string : strings) {
        if (input.number(string) instanceof Reading.Value<BigDecimal>(BigDecimal value)) {
          assertThat(string.codePoints().filter(Character::isDigit).count())
              .as(string)
              .isGreaterThanOrEqualTo(value.precision());
        }
        input.date(string);
      }
    }
  }

  @Test
  void as_a_wish_for_a_language_gives_one_that_is_offered() {
    Languages offered = Languages.of(List.of("en", "de", "ar"));
    for (String string : strings) {
      assertThat(offered.all()).contains(offered.choose(Optional.of(string), string));
    }
  }
}
