package org.hitc.i18n;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** ICU's own MessageFormat says what a message means; ours only says it faster and safely. */
@DisplayName("A message says what ICU says")
class MessageDifferentialTests {
  private static final int MESSAGES = 20_000;
  private static final List<String> LOCALES =
      List.of(
          "en", "de", "de-CH", "fr", "es", "ar", "ar-EG", "he", "fa", "ja", "pl", "cs", "cy", "lt",
          "hi", "th", "sv", "pt-PT", "zh-Hant", "en-IN", "nb", "ru", "ga", "sl", "mr", "my");

  private static final TimeZone BEFORE = TimeZone.getDefault();

  @BeforeAll
  static void icuHasNoOtherWayToTellNestedFormatsTheirZone() {
    TimeZone.setDefault(TimeZone.GMT_ZONE);
  }

  @AfterAll
  static void putTheZoneBack() {
    TimeZone.setDefault(BEFORE);
  }

  @Test
  void for_random_messages_random_values_and_locales_of_every_plural_system() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("MessageDifferentialTests: -Dseed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    RandomMessages messages = new RandomMessages(random);
    Map<String, LocaleFormatters> formatters = new HashMap<>();
    for (int i = 0; i < MESSAGES; i++) {
      String pattern = messages.pattern();
      ULocale locale = ULocale.forLanguageTag(LOCALES.get(random.nextInt(LOCALES.size())));
      Message message = MessageParser.parse(pattern);
      MessageFormat icu = new MessageFormat(pattern, locale);
      for (int round = 0; round < 3; round++) {
        Map<String, Object> values = messages.values();
        LocaleFormatters ours =
            formatters.computeIfAbsent(locale.toString(), l -> new LocaleFormatters(locale));
        String said = new Rendering(ours, ZoneOffset.UTC, values, false).render(message);
        assertThat(said.replace('\u2212', '-'))
            .as("seed %d, %s, pattern <%s>, values %s", seed, locale, pattern, values)
            .isEqualTo(oracle(icu, values).replace('\u2212', '-'));
      }
    }
  }

  private static String oracle(MessageFormat icu, Map<String, Object> values) {
    Map<String, Object> given = new HashMap<>(values);
    given.replaceAll(
        (_, v) -> v instanceof LocalDateTime l ? Date.from(l.toInstant(ZoneOffset.UTC)) : v);
    return icu.format(given);
  }
}
