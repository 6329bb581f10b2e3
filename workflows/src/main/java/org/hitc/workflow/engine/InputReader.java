package org.hitc.workflow.engine;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/** Reads what people type into a form, strictly: the whole text or nothing. */
public interface InputReader {
  /** Longest text that is looked at, in characters. */
  int MAX_LENGTH = 64;

  /** What became of a typed day. */
  sealed interface ReadDate {
    /** It says this day. */
    record Day(LocalDate date) implements ReadDate {}

    /** It says none. */
    record NoDay(NoDayReason reason) implements ReadDate {}
  }

  /** Why a text says no day. */
  enum NoDayReason {
    /** It is not written as a day. */
    FORM,
    /** Its year has not four digits, so that it could be one of several. */
    YEAR,
    /** Its year is likely to be counted by another calendar than the Gregorian. */
    CALENDAR,
    /** There is no such day in the calendar. */
    NO_SUCH_DAY
  }

  /** BCP 47 tag of the language whose forms it reads; nothing for {@link CanonicalForm}. */
  Optional<String> language();

  /** The number that the text says. */
  Optional<BigDecimal> number(String text);

  /** The day that the text says, of the years 1 to 9999. */
  ReadDate date(String text);

  /** Reads {@link CanonicalForm}, in any language. */
  static InputReader canonical() {
    return new Canonical();
  }

  /** Reads the forms that programs get. */
  final class Canonical implements InputReader {
    private Canonical() {}

    @Override
    public Optional<String> language() {
      return Optional.empty();
    }

    @Override
    public Optional<BigDecimal> number(String text) {
      return CanonicalForm.number(text);
    }

    @Override
    public ReadDate date(String text) {
      return CanonicalForm.date(text)
          .<ReadDate>map(ReadDate.Day::new)
          .orElseGet(() -> new ReadDate.NoDay(NoDayReason.FORM));
    }
  }
}
