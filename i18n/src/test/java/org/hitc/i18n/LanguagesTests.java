package org.hitc.i18n;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The languages on offer")
class LanguagesTests {
  private final Languages offered =
      Languages.of(List.of("en", "de", "fr", "ar", "pt-BR", "zh-Hant"));

  private String chosen(String acceptLanguage) {
    return offered.choose(Optional.empty(), acceptLanguage).tag();
  }

  @Nested
  @DisplayName("are a closed set")
  class Set {
    @Test
    void with_the_default_first() {
      assertThat(offered.byDefault().tag()).isEqualTo("en");
      assertThat(offered.all()).hasSize(6).first().isEqualTo(offered.byDefault());
    }

    @Test
    void that_is_not_empty_and_names_none_twice() {
      assertThatThrownBy(() -> Languages.of(List.of())).hasMessageContaining("no language");
      assertThatThrownBy(() -> Languages.of(List.of("de", "de"))).hasMessageContaining("twice");
      assertThatThrownBy(() -> Languages.of(List.of("de", "xx"))).hasMessageContaining("xx");
    }

    @Test
    void found_by_exact_tag_only() {
      assertThat(offered.withTag("pt-BR")).isPresent();
      assertThat(offered.withTag("pt-br")).isEmpty();
      assertThat(offered.withTag("pt")).isEmpty();
    }
  }

  @Nested
  @DisplayName("for a reader are chosen by")
  class Choice {
    @Test
    void what_the_reader_chose_before() {
      assertThat(offered.choose(Optional.of("fr"), "de").tag()).isEqualTo("fr");
    }

    @Test
    void the_browser_when_the_earlier_choice_is_not_offered_any_more() {
      assertThat(offered.choose(Optional.of("sv"), "de").tag()).isEqualTo("de");
      assertThat(offered.choose(Optional.of(""), "de").tag()).isEqualTo("de");
      assertThat(offered.choose(Optional.of("../../etc/passwd"), "de").tag()).isEqualTo("de");
    }

    @Test
    void the_first_language_of_the_browser_that_is_near_enough() {
      Map<String, String> expected =
          Map.ofEntries(
              Map.entry("de", "de"),
              Map.entry("de-AT", "de"),
              Map.entry("gsw", "de"),
              Map.entry("sv,fr;q=0.5,en;q=0.1", "fr"),
              Map.entry("en;q=0.1,fr;q=0.9", "fr"),
              Map.entry("fr;q=0,de;q=0.1", "de"),
              Map.entry("pt", "pt-BR"),
              Map.entry("pt-PT", "pt-BR"),
              Map.entry("zh-TW", "zh-Hant"),
              Map.entry("zh-HK", "zh-Hant"),
              Map.entry("AR-eg", "ar"),
              Map.entry("sv", "en"),
              Map.entry("zh-CN", "en"),
              Map.entry("*", "en"),
              Map.entry("???, de;q=0.5, fr;q=2", "de"),
              Map.entry("@x=/e, fr", "fr"),
              Map.entry("", "en"),
              Map.entry("  ", "en"));
      expected.forEach((header, tag) -> assertThat(chosen(header)).as(header).isEqualTo(tag));
    }
  }

  @Nested
  @DisplayName("answer hostile input with the default or an offered language")
  class Hostile {
    private static final List<String> HEADERS =
        List.of(
            ",",
            ";",
            ";q=",
            ",,,,",
            "de;q=2",
            "de;q=-1",
            "de;q=1e9",
            "de;q=NaN",
            "q=1",
            "\0",
            "de\r\nSet-Cookie: a=b",
            "../../de",
            "de\u202e",
            "\ud800",
            "-",
            "--",
            "de-",
            "de-----",
            "x-",
            "i-",
            "*;q=*",
            "de;level=1",
            "de-x-" + "a-".repeat(200),
            "en-u-" + "nu-".repeat(100),
            "a".repeat(511),
            "\t\t\t\t",
            "日本語",
            "%00");

    @Test
    void without_an_exception() {
      for (String header : HEADERS) {
        assertThat(offered.all()).as(header).contains(offered.choose(Optional.of(header), header));
      }
    }

    @Test
    void at_random() {
      long seed = Long.getLong("seed", System.nanoTime());
      System.out.println("LanguagesTests: -Dseed=" + seed);
      SplittableRandom random = new SplittableRandom(seed);
      String alphabet = "deENarzhxiu-_,;=q.0159* \t\0\r\n\u00e9\ud83d\ude00@%/";
      for (int i = 0; i < 20_000; i++) {
        StringBuilder header = new StringBuilder();
        int length = random.nextInt(60);
        for (int c = 0; c < length; c++) {
          header.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        assertThat(offered.all()).contains(offered.choose(Optional.empty(), header.toString()));
      }
    }

    @Test
    void of_any_length_in_no_time() {
      List<String> units = List.of("de,", "a", ",", " ", "a-", "de;q=0.1, ", ";", "*,");
      for (String unit : units) {
        String header = unit.repeat(1_000_000 / unit.length());
        Assertions.assertTimeout(
            Duration.ofMillis(500), () -> offered.choose(Optional.of(header), header), unit);
      }
    }

    @Test
    void but_still_read_the_beginning_of_a_long_list() {
      assertThat(chosen("fr, " + "sv;q=0.1, ".repeat(1_000))).isEqualTo("fr");
    }
  }
}
