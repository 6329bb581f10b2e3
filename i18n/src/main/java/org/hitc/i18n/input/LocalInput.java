package org.hitc.i18n.input;

import com.ibm.icu.util.ULocale;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;
import org.hitc.i18n.Language;
import org.hitc.i18n.input.Reading.Reason;

/**
 * Reads numbers, amounts and days as one language writes them, the whole text or nothing. Blanks of
 * every kind, direction marks, kinds of minus signs and apostrophes, and ASCII digits in place of
 * the language's own make no difference. Immutable, for any number of threads; keep one for each
 * language.
 *
 * <p>ICU's own parsers are not used: lenient ones read {@code 1234.56} as 123456 where a point
 * groups thousands, strict ones refuse what other keyboards type.
 */
public final class LocalInput {
  /** Longest text that is looked at, in characters. */
  public static final int MAX_LENGTH = 64;

  private final NumberForm numbers;
  private final DateForm dates;

  private LocalInput(NumberForm numbers, DateForm dates) {
    this.numbers = numbers;
    this.dates = dates;
  }

  /** As this language writes. */
  public static LocalInput in(Language language) {
    ULocale locale = ULocale.forLanguageTag(language.tag());
    NumberForm numbers = NumberForm.of(locale);
    return new LocalInput(numbers, DateForm.of(locale, numbers.zero()));
  }

  /**
   * A whole or decimal number: {@code -1,234.5}. Thousands are grouped as the language does it, by
   * its sign or by blanks, or not at all. No exponent, no percent or currency sign, no digit left
   * out before or behind the decimal sign.
   */
  public Reading<BigDecimal> number(String typed) {
    return read(typed, numbers::read);
  }

  /**
   * A number with at most so many decimals, which gets exactly so many.
   *
   * @param decimals of the smallest unit: 2 for cents
   */
  public Reading<BigDecimal> amount(String typed, int decimals) {
    return switch (number(typed)) {
      case Reading.Refused<BigDecimal> refused -> refused;
      case Reading.Value<BigDecimal>(BigDecimal value) ->
          value.stripTrailingZeros().scale() > decimals
              ? new Reading.Refused<>(Reason.DECIMALS)
              : new Reading.Value<>(value.setScale(decimals));
    };
  }

  /**
   * A day of the Gregorian calendar in figures: day, month and year in the language's order with
   * its separators, or year-month-day with hyphens. The year has four digits.
   */
  public Reading<LocalDate> date(String typed) {
    return read(typed, dates::read);
  }

  /**
   * A number in the form that {@link #number} reads, for hints and entries: in the language's
   * digits, with its decimal sign, exactly the decimals it has, and no groups. Of at most 30 digits
   * before the decimal sign and 20 behind it.
   */
  public String show(BigDecimal number) {
    return numbers.show(number);
  }

  /** A day, of the years 1 to 9999, in the form that {@link #date} reads; for hints and entries. */
  public String show(LocalDate date) {
    return dates.show(date);
  }

  private static <T> Reading<T> read(String typed, Function<String, Reading<T>> form) {
    return refusal(typed)
        .<Reading<T>>map(Reading.Refused::new)
        .orElseGet(() -> form.apply(TypedCharacters.plain(typed)));
  }

  private static Optional<Reason> refusal(String typed) {
    if (typed.length() > MAX_LENGTH) {
      return Optional.of(Reason.TOO_LONG);
    }
    return TypedCharacters.plain(typed).isEmpty() ? Optional.of(Reason.EMPTY) : Optional.empty();
  }
}
