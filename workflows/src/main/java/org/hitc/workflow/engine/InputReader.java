package org.hitc.workflow.engine;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;

/** Reads what people type, strictly: the whole text or nothing. */
public interface InputReader {
  /** Longest text that is looked at, in characters. */
  int MAX_LENGTH = 64;

  /** The number that the text says. */
  Optional<BigDecimal> number(String text);

  /** The day that the text says. */
  Optional<LocalDate> date(String text);

  /** Reads {@code -1234.50} and {@code 2026-11-23}, in any language. */
  static InputReader canonical() {
    return new Canonical();
  }

  /** The forms that programs get. */
  final class Canonical implements InputReader {
    private static final com.google.re2j.Pattern NUMBER =
        com.google.re2j.Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,20})?");
    private static final DateTimeFormatter DAY =
        DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private Canonical() {}

    @Override
    public Optional<BigDecimal> number(String text) {
      return text.length() <= MAX_LENGTH && NUMBER.matches(text)
          ? Optional.of(new BigDecimal(text))
          : Optional.empty();
    }

    @Override
    public Optional<LocalDate> date(String text) {
      try {
        return text.length() == 10 ? Optional.of(LocalDate.parse(text, DAY)) : Optional.empty();
      } catch (DateTimeException _) {
        return Optional.empty();
      }
    }
  }
}
