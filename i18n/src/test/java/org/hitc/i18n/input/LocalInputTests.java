package org.hitc.i18n.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hitc.i18n.input.Reading.Reason.*;

import com.ibm.icu.text.DateFormat;
import com.ibm.icu.text.NumberFormat;
import com.ibm.icu.text.SimpleDateFormat;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.SplittableRandom;
import org.hitc.i18n.Formats;
import org.hitc.i18n.Language;
import org.hitc.i18n.input.Reading.Reason;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("What people type")
class LocalInputTests {

  private static LocalInput in(String tag) {
    return LocalInput.in(Language.of(tag));
  }

  private static void number(String tag, String typed, String value) {
    assertThat(in(tag).number(typed))
        .as("%s <%s>", tag, typed)
        .isEqualTo(new Reading.Value<>(new BigDecimal(value)));
  }

  private static void refused(String tag, String typed, Reason reason) {
    assertThat(in(tag).number(typed))
        .as("%s <%s>", tag, typed)
        .isEqualTo(new Reading.Refused<>(reason));
  }

  private static void date(String tag, String typed, String value) {
    assertThat(in(tag).date(typed))
        .as("%s <%s>", tag, typed)
        .isEqualTo(new Reading.Value<>(LocalDate.parse(value)));
  }

  private static void noDate(String tag, String typed, Reason reason) {
    assertThat(in(tag).date(typed))
        .as("%s <%s>", tag, typed)
        .isEqualTo(new Reading.Refused<>(reason));
  }

  private static List<Language> everyLanguageOfIcu() {
    List<Language> all = new ArrayList<>();
    for (ULocale locale : ULocale.getAvailableLocales()) {
      if (locale.getVariant().isEmpty()) {
        all.add(Language.of(ULocale.createCanonical(locale).toLanguageTag()));
      }
    }
    return all;
  }

  @Nested
  @DisplayName("as a number")
  class Numbers {
    @Test
    void is_read_with_the_signs_of_the_language() {
      number("en", "1,234.56", "1234.56");
      number("de", "1.234,56", "1234.56");
      number("fr", "1\u202f234,56", "1234.56");
      number("de-CH", "1\u2019234.56", "1234.56");
      number("de-CH", "1'234.56", "1234.56");
      number("hi", "12,34,567.8", "1234567.8");
      number("ar-EG", "\u061c-١٬٢٣٤٫٥", "-1234.5");
      number("fa", "\u200e\u2212۱٬۲۳۴٫۵", "-1234.5");
      number("es", "1.234", "1234");
    }

    @Test
    void may_have_blanks_of_every_kind_no_marks_other_minus_signs_and_ascii_digits() {
      for (String blank : List.of(" ", "\u00a0", "\u202f", "\u2009", "\u3000")) {
        number("fr", blank + "1" + blank + "234,5" + blank, "1234.5");
        number("sv", "-1" + blank + "234", "-1234");
      }
      for (String minus : List.of("-", "\u2212", "\u2010", "\u2013", "\uff0d")) {
        number("ar-EG", minus + "1234.5", "-1234.5");
        number("en", minus + "5", "-5");
      }
      number("ar-EG", "1,234.5", "1234.5");
      number("ar-EG", "1٬234٫5", "1234.5");
      number("ja", "１２３４．５", "1234.5");
      number("en", "007", "7");
    }

    @Test
    void is_refused_where_a_separator_could_mean_something_else() {
      refused("de", "1234.56", SEPARATOR);
      refused("de", "1.23", SEPARATOR);
      refused("en", "1,23", SEPARATOR);
      refused("en", "0,123", SEPARATOR);
      refused("en", "1,2345", SEPARATOR);
      refused("en", "1234,567", SEPARATOR);
      refused("en", "1,234 567", SEPARATOR);
      refused("en", "1.2.3", SEPARATOR);
      refused("en", "1.234,5", SEPARATOR);
      refused("hi", "1,234,56", SEPARATOR);
      refused("fr", "1.5", SEPARATOR);
    }

    @Test
    void is_nothing_but_digits_and_separators() {
      for (String typed :
          List.of(
              "1e3", "1E+3", "∞", "NaN", "0x10", "5%", "$5", "5 €", "EUR 5", "(5)", "5-", "--5",
              "+5", "- 5", ".5", "5.", "1..2", "½", "²", "五", "1_000", "١2", "٣", "1\n2",
              "\u0000")) {
        refused("en", typed, NO_NUMBER);
      }
      refused("en", "", EMPTY);
      refused("en", " \u00a0\u200f", EMPTY);
      refused("en", "1".repeat(65), TOO_LONG);
      refused("en", "1".repeat(31), TOO_LARGE);
      number("en", "9".repeat(30), "9".repeat(30));
      refused("en", "0." + "1".repeat(21), TOO_LARGE);
    }

    @Test
    void that_is_an_amount_has_so_many_decimals() {
      assertThat(in("de").amount("1.234,5", 2))
          .isEqualTo(new Reading.Value<>(new BigDecimal("1234.50")));
      assertThat(in("de").amount("1,500", 2))
          .isEqualTo(new Reading.Value<>(new BigDecimal("1.50")));
      assertThat(in("de").amount("1,505", 2)).isEqualTo(new Reading.Refused<>(DECIMALS));
      assertThat(in("ja").amount("1500", 0)).isEqualTo(new Reading.Value<>(new BigDecimal("1500")));
      assertThat(in("de").amount("1.5", 2)).isEqualTo(new Reading.Refused<>(SEPARATOR));
    }
  }

  @Nested
  @DisplayName("as a date")
  class Dates {
    @Test
    void is_read_in_the_order_of_the_language_or_from_year_to_day() {
      date("en", "11/23/2026", "2026-11-23");
      date("en-GB", "23/11/2026", "2026-11-23");
      date("de", "3.1.2026", "2026-01-03");
      date("cs", "23. 11. 2026", "2026-11-23");
      date("bg", "23.11.2026 г.", "2026-11-23");
      date("bg", "23.11.2026", "2026-11-23");
      date("ja", "2026/11/23", "2026-11-23");
      date("ar-EG", "٢٣\u200f/١١\u200f/٢٠٢٦", "2026-11-23");
      date("ar-EG", "23/11/2026", "2026-11-23");
      for (Language language : everyLanguageOfIcu()) {
        date(language.tag(), "2026-11-23", "2026-11-23");
      }
    }

    @Test
    void is_refused_when_it_is_not_exactly_that() {
      noDate("en", "11/23/26", YEAR);
      noDate("en", "23/11/2026", NO_SUCH_DAY);
      noDate("en", "2/30/2026", NO_SUCH_DAY);
      noDate("de", "11/12/2026", NO_DATE);
      noDate("de", "1.2.2026 12:00", NO_DATE);
      noDate("de", "1.2.", NO_DATE);
      noDate("de", "1. Februar 2026", NO_DATE);
      noDate("de", "1.2.02026", YEAR);
      noDate("de", "1.2.0000", YEAR);
      noDate("de", "001.2.2026", NO_DATE);
      noDate("de", "٢٣.11.2026", NO_DATE);
      noDate("de", "", EMPTY);
    }

    @Test
    void is_refused_when_its_year_is_likely_to_be_of_another_calendar() {
      noDate("th", "23/11/2569", CALENDAR);
      noDate("fa", "1405/9/2", CALENDAR);
      noDate("ar-SA", "2/9/1448", CALENDAR);
      date("th", "23/11/2026", "2026-11-23");
      date("de", "1.5.1600", "1600-05-01");
      date("th", "31/12/9999", "9999-12-31");
    }
  }

  @Nested
  @DisplayName("comes back as it was, in every language of ICU,")
  class RoundTrips {
    private final List<BigDecimal> numbers = new ArrayList<>();

    {
      for (String number :
          List.of(
              "0",
              "1",
              "-1",
              "0.5",
              "-0.25",
              "12",
              "999",
              "1000",
              "1234",
              "-1234.5",
              "12345",
              "123456.75",
              "1234567",
              "-12345678.125",
              "999999999999",
              "123456789012345.67")) {
        numbers.add(new BigDecimal(number));
      }
      SplittableRandom random = new SplittableRandom(79);
      for (int i = 0; i < 40; i++) {
        numbers.add(
            BigDecimal.valueOf(
                random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L), random.nextInt(4)));
      }
    }

    @Test
    void from_a_number_as_we_show_it_and_as_icu_does() {
      int read = 0;
      for (Language language : everyLanguageOfIcu()) {
        LocalInput input = LocalInput.in(language);
        Formats formats = Formats.of(language, ZoneOffset.UTC);
        NumberFormat icu = NumberFormat.getInstance(ULocale.forLanguageTag(language.tag()));
        for (BigDecimal number : numbers) {
          for (String shown : List.of(formats.decimal(number), icu.format(number))) {
            assertThat(input.number(shown).map(BigDecimal::stripTrailingZeros))
                .as("%s <%s>", language, shown)
                .isEqualTo(new Reading.Value<>(number.stripTrailingZeros()));
            read++;
          }
        }
      }
      assertThat(read).isGreaterThan(80_000);
    }

    @Test
    void from_a_number_as_it_stands_in_an_entry() {
      List<BigDecimal> entries = new ArrayList<>(numbers);
      for (String number :
          List.of(
              "1.234", "-1.000", "0.005", "12.345", "999.999", "1E+3", "0.00", "9".repeat(30))) {
        entries.add(new BigDecimal(number));
      }
      int read = 0;
      for (Language language : everyLanguageOfIcu()) {
        LocalInput input = LocalInput.in(language);
        for (BigDecimal number : entries) {
          String shown = input.show(number);
          assertThat(input.number(shown).map(BigDecimal::toPlainString))
              .as("%s <%s>", language, shown)
              .isEqualTo(new Reading.Value<>(number.toPlainString()));
          read++;
        }
      }
      assertThat(read).isGreaterThan(50_000);
    }

    @Test
    void from_a_short_date_with_its_year_in_full() {
      int read = 0;
      for (Language language : everyLanguageOfIcu()) {
        LocalInput input = LocalInput.in(language);
        ULocale locale =
            ULocale.forLanguageTag(language.tag()).setKeywordValue("calendar", "gregorian");
        SimpleDateFormat icu =
            (SimpleDateFormat) DateFormat.getDateInstance(DateFormat.SHORT, locale);
        boolean full = !icu.toPattern().contains("yy");
        icu.setTimeZone(TimeZone.GMT_ZONE);
        for (LocalDate day = LocalDate.of(1901, 1, 1);
            day.getYear() < 2099;
            day = day.plusDays(401)) {
          Reading<LocalDate> same = new Reading.Value<>(day);
          String shown = icu.format(Date.from(day.atStartOfDay(ZoneOffset.UTC).toInstant()));
          assertThat(input.date(input.show(day)))
              .as("%s <%s>", language, input.show(day))
              .isEqualTo(same);
          if (!full) {
            // Two digits of a year say too little; Hawaiian also counts months in Roman numerals.
            assertThat(input.date(shown))
                .as("%s <%s>", language, shown)
                .isInstanceOf(Reading.Refused.class);
          } else {
            assertThat(input.date(shown)).as("%s <%s>", language, shown).isEqualTo(same);
            assertThat(input.show(day)).isEqualTo(shown);
          }
          read++;
        }
      }
      assertThat(read).isGreaterThan(100_000);
    }
  }

  @Test
  void stands_in_an_entry_without_groups() {
    assertThat(in("en").show(new BigDecimal("1234.50"))).isEqualTo("1234.50");
    assertThat(in("de").show(new BigDecimal("-1234.50"))).isEqualTo("-1234,50");
    assertThat(in("hi").show(new BigDecimal("1234567"))).isEqualTo("1234567");
    assertThat(in("ar-EG").show(new BigDecimal("-1234.5"))).isEqualTo("-١٢٣٤٫٥");
  }

  @Test
  void is_read_in_every_language_that_there_is_and_no_other() {
    LocalInputs inputs = new LocalInputs();
    for (Language language : everyLanguageOfIcu()) {
      assertThat(inputs.in(language.tag())).containsSame(inputs.in(language));
    }
    assertThat(inputs.in("en-XA")).isPresent();
    for (String tag : List.of("", "xx", "DE", "de_DE", "de-u-ca-buddhist", "../de")) {
      assertThat(inputs.in(tag)).as(tag).isEmpty();
    }
  }

  @Test
  void never_makes_it_throw_whatever_it_is() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("LocalInputTests: -Dseed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    String alphabet = "0123456789.,'-/ \u00a0\u200f\u061c٠٩۰۹e%g.\ud800\u202e٫٬年";
    List<LocalInput> inputs =
        List.of(in("en"), in("de"), in("fr"), in("hi"), in("ar-EG"), in("ja"), in("th"));
    for (int i = 0; i < 100_000; i++) {
      StringBuilder typed = new StringBuilder();
      int length = random.nextInt(20);
      for (int c = 0; c < length; c++) {
        typed.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      LocalInput input = inputs.get(i % inputs.size());
      if (input.number(typed.toString()) instanceof Reading.Value<BigDecimal>(BigDecimal value)) {
        assertThat(value.abs()).isLessThan(BigDecimal.ONE.scaleByPowerOfTen(30));
      }
      if (input.date(typed.toString()) instanceof Reading.Value<LocalDate>(LocalDate value)) {
        assertThat(value.getYear()).isBetween(1, 9999);
      }
    }
  }
}
