package org.hitc.i18n;

import com.ibm.icu.text.DateFormat;
import com.ibm.icu.util.Calendar;
import com.ibm.icu.util.GregorianCalendar;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** How a date, a time of day or both are written. Nothing here names a time zone. */
public sealed interface DateStyle {

  /** A date; {@code length} is one of {@link DateFormat}'s four. */
  record OfDate(int length) implements DateStyle {}

  /** A time of day; {@code length} is SHORT (minutes) or MEDIUM (seconds). */
  record OfTime(int length) implements DateStyle {}

  /** A date and a time of day. */
  record OfBoth(int dateLength, int timeLength) implements DateStyle {}

  /** By an ICU date skeleton, without the leading {@code ::}. */
  record Skeleton(String fields) implements DateStyle {}

  /** Fields of a skeleton: era to second, no time zones. */
  Pattern FIELDS = Pattern.compile("[GyMdEjHhms]{1,16}");

  Pattern RUN = Pattern.compile("(.)\\1*");

  /** The style that a message names after {@code date}, if a message may use it. */
  static Optional<DateStyle> namedDate(String name) {
    OptionalInt length =
        switch (name) {
          case "short" -> OptionalInt.of(DateFormat.SHORT);
          case "", "medium" -> OptionalInt.of(DateFormat.MEDIUM);
          case "long" -> OptionalInt.of(DateFormat.LONG);
          case "full" -> OptionalInt.of(DateFormat.FULL);
          default -> OptionalInt.empty();
        };
    return length.isPresent() ? Optional.of(new OfDate(length.getAsInt())) : skeleton(name);
  }

  /** The style that a message names after {@code time}; the two longer ones name a time zone. */
  static Optional<DateStyle> namedTime(String name) {
    return switch (name) {
      case "short" -> Optional.of(new OfTime(DateFormat.SHORT));
      case "", "medium" -> Optional.of(new OfTime(DateFormat.MEDIUM));
      default -> skeleton(name);
    };
  }

  /** Whether it shows a date, or a part of one. */
  default boolean showsDate() {
    return switch (this) {
      case OfDate(_), OfBoth(_, _) -> true;
      case OfTime(_) -> false;
      case Skeleton(String fields) -> fields.chars().anyMatch(c -> "GyMdE".indexOf(c) >= 0);
    };
  }

  /** Whether it shows a time of day. */
  default boolean showsTime() {
    return switch (this) {
      case OfTime(_), OfBoth(_, _) -> true;
      case OfDate(_) -> false;
      case Skeleton(String fields) -> fields.chars().anyMatch(c -> "jHhms".indexOf(c) >= 0);
    };
  }

  private static Optional<DateStyle> skeleton(String name) {
    String fields = name.startsWith("::") ? name.substring(2).strip() : "";
    return FIELDS.matcher(fields).matches() && isEachFieldOnce(fields)
        ? Optional.of(new Skeleton(fields))
        : Optional.empty();
  }

  /** ICU throws at {@code dMMMd} and {@code jH}, but only when a formatter is made of it. */
  private static boolean isEachFieldOnce(String fields) {
    List<String> runs = RUN.matcher(fields).results().map(run -> run.group(1)).toList();
    return runs.stream().map(field -> "hH".contains(field) ? "j" : field).distinct().count()
        == runs.size();
  }

  /** A formatter of this style for local times given as UTC; not for two threads at once. */
  default DateFormat formatter(ULocale locale) {
    DateFormat format =
        switch (this) {
          case OfDate(int length) -> DateFormat.getDateInstance(length, locale);
          case OfTime(int length) -> DateFormat.getTimeInstance(length, locale);
          case OfBoth(int date, int time) -> DateFormat.getDateTimeInstance(date, time, locale);
          case Skeleton(String fields) -> DateFormat.getInstanceForSkeleton(fields, locale);
        };
    format.setTimeZone(TimeZone.GMT_ZONE);
    proleptic(format.getCalendar());
    return format;
  }

  /** java.time counts in the Gregorian calendar before 1582 too, ICU in the Julian one. */
  private static void proleptic(Calendar calendar) {
    if (calendar.getClass() == GregorianCalendar.class) {
      ((GregorianCalendar) calendar)
          .setGregorianChange(Date.from(Instant.ofEpochMilli(Long.MIN_VALUE)));
    }
  }
}
