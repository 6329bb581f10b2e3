package org.hitc.session.token;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoField;

/**
 * Times in whole seconds of UTC as {@code 2026-03-01T08:00:00Z}, years 0000 to 9999. What {@link
 * Instant#parse} and {@link Instant#toString} do for these, in a tenth of their time: a token has
 * four.
 */
final class Seconds {
  private static final String FORM = "dddd-dd-ddTdd:dd:ddZ";
  private static final int PER_DAY = 86_400;

  private Seconds() {}

  static StringBuilder append(StringBuilder out, Instant time) {
    long second = time.getEpochSecond();
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(second, PER_DAY));
    int rest = Math.floorMod(second, PER_DAY);
    two(out, day.getYear() / 100);
    two(out, day.getYear() % 100);
    two(out.append('-'), day.getMonthValue());
    two(out.append('-'), day.getDayOfMonth());
    two(out.append('T'), rest / 3_600);
    two(out.append(':'), rest / 60 % 60);
    two(out.append(':'), rest % 60);
    return out.append('Z');
  }

  /**
   * The other way.
   *
   * @throws IllegalArgumentException when the text has not this form
   * @throws java.time.DateTimeException when there is no such day or time
   */
  static Instant parse(String text) {
    if (text.length() != FORM.length()) {
      throw new IllegalArgumentException("not a time in whole seconds");
    }
    for (int i = 0; i < FORM.length(); i++) {
      char c = text.charAt(i);
      if (FORM.charAt(i) == 'd' ? c < '0' || c > '9' : c != FORM.charAt(i)) {
        throw new IllegalArgumentException("not a time in whole seconds");
      }
    }
    int hour = ChronoField.HOUR_OF_DAY.checkValidIntValue(number(text, 11));
    int minute = ChronoField.MINUTE_OF_HOUR.checkValidIntValue(number(text, 14));
    int second = ChronoField.SECOND_OF_MINUTE.checkValidIntValue(number(text, 17));
    long day =
        LocalDate.of(100 * number(text, 0) + number(text, 2), number(text, 5), number(text, 8))
            .toEpochDay();
    return Instant.ofEpochSecond(day * PER_DAY + hour * 3_600L + minute * 60L + second);
  }

  private static int number(String text, int at) {
    return 10 * (text.charAt(at) - '0') + text.charAt(at + 1) - '0';
  }

  private static void two(StringBuilder out, int number) {
    out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
