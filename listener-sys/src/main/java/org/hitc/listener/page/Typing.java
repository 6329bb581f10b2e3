package org.hitc.listener.page;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.hitc.i18n.Language;
import org.hitc.i18n.input.LocalInput;
import org.hitc.i18n.input.LocalInputs;
import org.hitc.i18n.input.Reading;
import org.hitc.workflow.engine.InputReader;

/**
 * How people type numbers and days into forms: each language in its own way. For any number of
 * threads.
 *
 * @param zone in which it is today
 */
public record Typing(LocalInputs inputs, InstantSource clock, ZoneId zone) {

  /** What stands in forms that are shown in this language. */
  public Entries entries(Language language) {
    return new Entries(inputs, language, LocalDate.ofInstant(clock.instant(), zone));
  }

  /** Reads what was typed into a form that was shown in the language with this tag. */
  public Optional<InputReader> reader(String tag) {
    return inputs.in(tag).map(input -> new Local(tag, input));
  }

  /** As one language writes. */
  private record Local(String tag, LocalInput input) implements InputReader {
    @Override
    public Optional<String> language() {
      return Optional.of(tag);
    }

    @Override
    public Optional<BigDecimal> number(String text) {
      return input.number(text).taken();
    }

    @Override
    public ReadDate date(String text) {
      return switch (input.date(text)) {
        case Reading.Value<LocalDate>(LocalDate day) -> new ReadDate.Day(day);
        case Reading.Refused<LocalDate>(Reading.Reason reason) ->
            new ReadDate.NoDay(
                switch (reason) {
                  case YEAR -> NoDayReason.YEAR;
                  case CALENDAR -> NoDayReason.CALENDAR;
                  case NO_SUCH_DAY -> NoDayReason.NO_SUCH_DAY;
                  case EMPTY, TOO_LONG, NO_DATE, NO_NUMBER, SEPARATOR, TOO_LARGE, DECIMALS ->
                      NoDayReason.FORM;
                });
      };
    }
  }
}
