package org.hitc.i18n;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibm.icu.util.ULocale;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A language")
class LanguageTests {

  @Test
  void has_its_own_name_and_direction() {
    Map<String, String> names =
        Map.of(
            "en", "English ltr",
            "de", "Deutsch ltr",
            "sv", "Svenska ltr",
            "ar", "العربية rtl",
            "he", "עברית rtl",
            "ja", "日本語 ltr",
            "pt-BR", "Português (Brasil) ltr");
    names.forEach((tag, expected) -> {
      Language language = Language.of(tag);
      assertThat(language.ownName() + " " + language.direction().html()).isEqualTo(expected);
    });
  }

  @Test
  void is_every_locale_of_cldr_by_its_canonical_tag() {
    for (ULocale locale : ULocale.getAvailableLocales()) {
      String tag = ULocale.createCanonical(locale).toLanguageTag();
      if (locale.getVariant().isEmpty() && !locale.getName().equals("root")) {
        Language language = Language.of(tag);
        assertThat(language.tag()).isEqualTo(tag).matches("[A-Za-z0-9-]{2,16}");
        assertThat(language.ownName()).isNotBlank();
      }
    }
  }

  @Test
  void is_also_a_region_whose_script_goes_without_saying() {
    assertThat(Language.of("zh-TW").tag()).isEqualTo("zh-TW");
    assertThat(Language.of("zh-TW"))
        .isEqualTo(Language.of("zh-TW"))
        .isNotEqualTo(Language.of("zh-Hant"));
  }

  @Test
  void is_nothing_else() {
    List<String> others =
        List.of(
            "",
            " ",
            "xx",
            "english",
            "EN",
            "de_DE",
            "de-de",
            "iw",
            "en-",
            "-en",
            "en-US-u-nu-arab",
            "en-x-a",
            "x-a",
            "i-klingon",
            "root",
            "und",
            "de-1996",
            "de-DE-1996",
            "en-Thai",
            "../en",
            "en\0",
            "en\n",
            "é",
            "zh-Hant-Hans",
            "a".repeat(10_000),
            "en-" + "a-".repeat(5_000),
            "*",
            "zxx",
            "de-AQ");
    for (String tag : others) {
      assertThatThrownBy(() -> Language.of(tag))
          .as(tag)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whose_tag_is_misspelt_is_refused_with_the_right_spelling() {
    assertThatThrownBy(() -> Language.of("pt-br")).hasMessageContaining("pt-BR");
    assertThatThrownBy(() -> Language.of("iw")).hasMessageContaining("he");
  }
}
