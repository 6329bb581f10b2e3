package org.hitc.i18n;

import com.ibm.icu.text.DateFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;

/**
 * Numbers, times and lists as a reader of one language expects them. Immutable, for any number of
 * threads. Negative numbers carry a minus sign (U+2212), never a hyphen, where CLDR puts it.
 */
public final class Formats {
  private static final DateStyle TIME = new DateStyle.OfTime(DateFormat.SHORT);
  private static final DateStyle DATE = new DateStyle.OfDate(DateFormat.LONG);
  private static final DateStyle BOTH = new DateStyle.OfBoth(DateFormat.LONG, DateFormat.SHORT);

  private final LocaleFormatters formatters;
  private final ZoneId zone;

  Formats(LocaleFormatters formatters, ZoneId zone) {
    this.formatters = formatters;
    this.zone = zone;
  }

  /** As readers of this language expect them, in this time zone. */
  public static Formats of(Language language, ZoneId zone) {
    return new Formats(new LocaleFormatters(language.locale()), zone);
  }

  /** A whole number: {@code 1,234}. */
  public String integer(long value) {
    return formatters.number(new NumberStyle.Decimals(0), value).toString();
  }

  /** A whole number of any size. */
  public String integer(BigInteger value) {
    return formatters.number(new NumberStyle.Decimals(0), value).toString();
  }

  /**
   * A number with exactly the decimals it has: 3210.50 of scale 2 is {@code 3,210.50}, whatever the
   * locale's habit. Nothing is rounded.
   */
  public String decimal(BigDecimal value) {
    return formatters
        .number(new NumberStyle.Decimals(Math.max(0, value.scale())), value)
        .toString();
  }

  /** Time of day to the minute: {@code 14:35}, {@code 2:35 PM}. */
  public String time(Instant instant) {
    return formatters.date(TIME, local(instant));
  }

  /** Date with the month in words: {@code 23 November 2026}. */
  public String date(LocalDate date) {
    return formatters.date(DATE, date.atStartOfDay());
  }

  /** Date of an instant, in the time zone of this. */
  public String date(Instant instant) {
    return formatters.date(DATE, local(instant));
  }

  /** Date and time of day to the minute. */
  public String dateTime(Instant instant) {
    return formatters.date(BOTH, local(instant));
  }

  /** A list that ends in "and". */
  public String list(List<String> items) {
    return formatters.list(items);
  }

  /** The order in which readers of this language look for words; safe for any number of threads. */
  public Comparator<String> order() {
    return formatters.order();
  }

  ZoneId zone() {
    return zone;
  }

  private LocalDateTime local(Instant instant) {
    return LocalDateTime.ofInstant(instant, zone);
  }
}
