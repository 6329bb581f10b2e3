package org.hitc.i18n.input;

import java.util.Optional;
import java.util.function.Function;

/** What became of a typed text. */
public sealed interface Reading<T> {

  /** It says this, and can say nothing else. */
  record Value<T>(T value) implements Reading<T> {}

  /** It is not taken. */
  record Refused<T>(Reason reason) implements Reading<T> {}

  /** Why a text is not taken. */
  enum Reason {
    /** Nothing but blanks. */
    EMPTY,
    /** More than {@link LocalInput#MAX_LENGTH} characters. */
    TOO_LONG,
    /** No number: other characters, an exponent, a currency sign, digits of two scripts. */
    NO_NUMBER,
    /**
     * A separator where this language has none: 1234.56 where the point groups thousands, or 1,23
     * where the comma does.
     */
    SEPARATOR,
    /** More than 30 digits before the decimal sign, or more than 20 behind it. */
    TOO_LARGE,
    /** More decimals than an amount of this kind has. */
    DECIMALS,
    /** Not day, month and year as this language writes them, and not year-month-day. */
    NO_DATE,
    /** A year of fewer or more than four digits. */
    YEAR,
    /** A year that is likely to be meant in another calendar that is in use here. */
    CALENDAR,
    /** Right in form, but there is no such day. */
    NO_SUCH_DAY
  }

  /** What it says; nothing when it is not taken, whatever the reason. */
  default Optional<T> taken() {
    return this instanceof Value<T>(T value) ? Optional.of(value) : Optional.empty();
  }

  /** The same with the value changed. */
  default <R> Reading<R> map(Function<T, R> change) {
    return switch (this) {
      case Value<T>(T value) -> new Value<>(change.apply(value));
      case Refused<T>(Reason reason) -> new Refused<>(reason);
    };
  }
}
