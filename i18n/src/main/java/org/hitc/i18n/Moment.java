package org.hitc.i18n;

import com.ibm.icu.text.DateFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A date, a time of day or both, as the clock on the wall shows it.
 *
 * @param local the missing half is midnight, or 1 January 1970
 */
record Moment(LocalDateTime local, boolean hasDate, boolean hasTime) {
  private static final DateStyle DATE = new DateStyle.OfDate(DateFormat.SHORT);
  private static final DateStyle TIME = new DateStyle.OfTime(DateFormat.SHORT);
  private static final DateStyle BOTH = new DateStyle.OfBoth(DateFormat.SHORT, DateFormat.SHORT);

  /** The value as a moment, if it is one of the years 1 to 9999. */
  static Optional<Moment> of(Object value, ZoneId zone) {
    return switch (value) {
      case Instant instant -> inZone(instant, zone);
      case LocalDateTime local -> bounded(new Moment(local, true, true));
      case LocalDate date -> bounded(new Moment(date.atStartOfDay(), true, false));
      case LocalTime time -> Optional.of(new Moment(time.atDate(LocalDate.EPOCH), false, true));
      default -> Optional.empty();
    };
  }

  private static Optional<Moment> inZone(Instant instant, ZoneId zone) {
    try {
      return bounded(new Moment(LocalDateTime.ofInstant(instant, zone), true, true));
    } catch (DateTimeException _) {
      // Beyond the last year that java.time can name.
      return Optional.empty();
    }
  }

  private static Optional<Moment> bounded(Moment moment) {
    int year = moment.local().getYear();
    return year >= 1 && year <= 9999 ? Optional.of(moment) : Optional.empty();
  }

  /** Whether it has what this style shows. */
  boolean has(DateStyle style) {
    return (hasDate || !style.showsDate()) && (hasTime || !style.showsTime());
  }

  /** The style when the message names none. */
  DateStyle usualStyle() {
    return hasDate ? hasTime ? BOTH : DATE : TIME;
  }
}
