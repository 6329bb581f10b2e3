package org.hitc.workflow.engine;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;

/**
 * Numbers and days as programs get them and links carry them, in every language: {@code -1234.50}
 * and {@code 2026-11-23}.
 */
public final class CanonicalForm {
  private static final com.google.re2j.Pattern NUMBER =
      com.google.re2j.Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,20})?");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private CanonicalForm() {}

  /** The number that the text says, the whole text or nothing. */
  public static Optional<BigDecimal> number(String text) {
    return text.length() <= InputReader.MAX_LENGTH && NUMBER.matches(text)
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  /** The day that the text says, of the years 1 to 9999, the whole text or nothing. */
  public static Optional<LocalDate> date(String text) {
    try {
      return text.length() == 10
          ? Optional.of(LocalDate.parse(text, DAY)).filter(day -> day.getYear() > 0)
          : Optional.empty();
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
