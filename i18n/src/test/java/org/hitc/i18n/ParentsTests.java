package org.hitc.i18n;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.util.ULocale;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A locale inherits")
class ParentsTests {
  private final Parents parents = Parents.ofCldr();

  private String chain(String tag) {
    return String.join(
        " ",
        parents.chain(ULocale.forLanguageTag(tag)).stream().map(ULocale::toLanguageTag).toList());
  }

  @Test
  void what_cldr_says() {
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("de", "de");
    expected.put("de-CH", "de-CH de");
    expected.put("pt-AO", "pt-AO pt-PT pt");
    expected.put("pt-BR", "pt-BR pt");
    expected.put("en-GB", "en-GB en-001 en");
    expected.put("en-DE", "en-DE en-150 en-001 en");
    expected.put("en-US", "en-US en");
    expected.put("es-MX", "es-MX es-419 es");
    expected.put("es-ES", "es-ES es");
    expected.put("zh-CN", "zh-CN zh");
    expected.put("zh-Hans-SG", "zh-Hans-SG zh-Hans zh");
    expected.put("nb", "nb no");
    expected.put("nn-NO", "nn-NO nn no");
    expected.put("hi-Latn", "hi-Latn en-IN en-001 en");
    expected.forEach((tag, chain) -> assertThat(chain(tag)).isEqualTo(chain));
  }

  @Test
  void nothing_written_in_another_script() {
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("zh-Hant", "zh-Hant");
    expected.put("zh-TW", "zh-TW zh-Hant-TW zh-Hant");
    expected.put("zh-MO", "zh-MO zh-Hant-MO zh-Hant-HK zh-Hant");
    expected.put("sr-Latn", "sr-Latn");
    expected.put("sr-ME", "sr-ME sr-Latn-ME sr-Latn");
    expected.put("sr-Cyrl-RS", "sr-Cyrl-RS sr-Cyrl sr");
    expected.put("az-Cyrl-AZ", "az-Cyrl-AZ az-Cyrl");
    expected.put("pa-PK", "pa-PK pa-Arab-PK pa-Arab");
    expected.forEach((tag, chain) -> assertThat(chain(tag)).isEqualTo(chain));
    for (ULocale locale : ULocale.getAvailableLocales()) {
      String script = ULocale.addLikelySubtags(locale).getScript();
      for (ULocale inherited : parents.chain(locale)) {
        assertThat(ULocale.addLikelySubtags(inherited).getScript())
            .as(locale + " from " + inherited)
            .isEqualTo(script);
      }
    }
  }

  @Test
  void from_a_bare_language_or_a_script_of_it_in_the_end() {
    for (ULocale locale : ULocale.getAvailableLocales()) {
      List<ULocale> chain = parents.chain(locale);
      assertThat(chain).hasSizeLessThan(6).doesNotHaveDuplicates();
      assertThat(chain.getLast().getCountry()).isEmpty();
    }
  }
}
