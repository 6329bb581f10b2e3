package org.hitc.i18n;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.DecimalFormat;
import com.ibm.icu.text.NumberFormat;
import com.ibm.icu.util.ULocale;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.text.ParsePosition;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Formats")
class FormatsTests {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant NOW = Instant.parse("2026-11-23T13:02:59Z");

  private static Formats in(String tag) {
    return Formats.of(Language.of(tag), BERLIN);
  }

  @Nested
  @DisplayName("of numbers")
  class Numbers {
    @Test
    void show_exactly_the_decimals_that_the_number_has() {
      Formats en = in("en");
      assertThat(en.decimal(new BigDecimal("3210.50"))).isEqualTo("3,210.50");
      assertThat(en.decimal(new BigDecimal("3210.5"))).isEqualTo("3,210.5");
      assertThat(en.decimal(new BigDecimal("0.00"))).isEqualTo("0.00");
      assertThat(en.decimal(new BigDecimal("3210"))).isEqualTo("3,210");
      assertThat(en.decimal(new BigDecimal("3.21E+3"))).isEqualTo("3,210");
      assertThat(en.decimal(new BigDecimal("0.123456789012"))).isEqualTo("0.123456789012");
    }

    @Test
    void show_every_digit_of_large_ones() {
      assertThat(in("en").integer(Long.MIN_VALUE)).isEqualTo("−9,223,372,036,854,775,808");
      assertThat(in("en").integer(BigInteger.TEN.pow(21)))
          .isEqualTo("1,000,000,000,000,000,000,000");
      assertThat(in("en").decimal(new BigDecimal("12345678901234567890.12")))
          .isEqualTo("12,345,678,901,234,567,890.12");
    }

    @Test
    void show_a_negative_one_with_a_minus_sign_and_not_with_a_hyphen() {
      Map<String, String> expected =
          Map.of(
              "en", "−3,210.75",
              "de", "−3.210,75",
              "fr", "−3\u202f210,75",
              "sv", "−3\u00a0210,75",
              "de-CH", "−3'210.75",
              "he", "\u200e−3,210.75",
              "ar-EG", "\u061c−٣٬٢١٠٫٧٥",
              "hi", "−3,210.75");
      expected.forEach((tag, shown) ->
          assertThat(in(tag).decimal(new BigDecimal("-3210.75"))).as(tag).isEqualTo(shown));
    }

    @Test
    void can_be_read_back_in_every_locale() {
      for (ULocale locale : ULocale.getAvailableLocales()) {
        Formats formats = new Formats(new LocaleFormatters(locale), BERLIN);
        DecimalFormat reader = (DecimalFormat) NumberFormat.getInstance(locale);
        reader.setParseBigDecimal(true);
        for (String value : List.of("0", "1", "-1", "1234.50", "-98765432.10", "0.007")) {
          BigDecimal number = new BigDecimal(value);
          String shown = formats.decimal(number);
          ParsePosition at = new ParsePosition(0);
          Number read = reader.parse(shown, at);
          assertThat(at.getIndex()).as("%s: %s", locale, shown).isEqualTo(shown.length());
          assertThat(new BigDecimal(read.toString()))
              .as("%s: %s", locale, shown)
              .isEqualByComparingTo(number);
          assertThat(shown).as("%s", locale).doesNotContain("-");
          assertThat(shown.contains("−"))
              .as("%s: %s", locale, shown)
              .isEqualTo(number.signum() < 0);
        }
      }
    }
  }

  @Nested
  @DisplayName("of times")
  class Times {
    @Test
    void show_the_time_of_day_where_the_service_is() {
      assertThat(in("de").time(NOW)).isEqualTo("14:02");
      assertThat(in("en").time(NOW)).isEqualTo("2:02\u202fPM");
      assertThat(in("en-GB").time(NOW)).isEqualTo("14:02");
      assertThat(in("de").time(Instant.parse("2026-07-23T13:02:59Z")))
          .as("summer")
          .isEqualTo("15:02");
    }

    @Test
    void show_the_date_with_the_month_in_words() {
      assertThat(in("en-GB").date(LocalDate.of(2026, 11, 23))).isEqualTo("23 November 2026");
      assertThat(in("de").date(Instant.parse("2026-11-23T23:30:00Z")))
          .isEqualTo("24. November 2026");
      assertThat(in("ja").date(LocalDate.of(2026, 11, 23))).isEqualTo("2026年11月23日");
      assertThat(in("de").date(LocalDate.of(1500, 3, 1)))
          .as("before 1582")
          .isEqualTo("1. März 1500");
    }

    @Test
    void show_both() {
      assertThat(in("de").dateTime(NOW)).contains("23. November 2026").endsWith("14:02");
    }
  }

  @Nested
  @DisplayName("of lists")
  class Lists {
    @Test
    void end_in_and() {
      assertThat(in("en").list(List.of())).isEmpty();
      assertThat(in("en").list(List.of("a"))).isEqualTo("a");
      assertThat(in("de").list(List.of("a", "b", "c"))).isEqualTo("a, b und c");
      assertThat(in("en").list(List.of("{0}", "{1}"))).isEqualTo("{0} and {1}");
    }
  }
}
