package org.hitc.i18n.input;

import com.ibm.icu.text.DateFormat;
import com.ibm.icu.text.SimpleDateFormat;
import com.ibm.icu.util.Calendar;
import com.ibm.icu.util.ULocale;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hitc.i18n.input.Reading.Reason;

/**
 * How a language writes a day in figures, by CLDR's short pattern in the Gregorian calendar with
 * the year in full. Immutable.
 */
final class DateForm {
  private static final Pattern ISO = Pattern.compile("([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})");
  private static final Pattern FIGURES = Pattern.compile("[0-9]+");
  private static final Pattern FIELDS = Pattern.compile("([dMy])\\1*");
  private static final int NO_YEAR_ANY_MORE = 1000;
  private static final int FIRST_YEAR = 1700;
  private static final int LAST_YEAR = 2300;

  /** From here on no calendar has come; programs write 9999-12-31 for a day that never is. */
  private static final int NO_YEAR_YET = 9000;

  private final int zero;
  private final List<String> literals;
  private final List<String> fields;
  private final boolean otherCalendars;

  /**
   * A form.
   *
   * @param literals what stands before, between and behind the fields
   * @param fields each repeated as often as it has figures at least
   */
  private DateForm(int zero, List<String> literals, List<String> fields, boolean otherCalendars) {
    this.zero = zero;
    this.literals = List.copyOf(literals);
    this.fields = List.copyOf(fields);
    this.otherCalendars = otherCalendars;
  }

  static DateForm of(ULocale locale, int zero) {
    ULocale gregorian = locale.setKeywordValue("calendar", "gregorian");
    String pattern =
        ((SimpleDateFormat) DateFormat.getDateInstance(DateFormat.SHORT, gregorian)).toPattern();
    List<String> literals = new ArrayList<>();
    List<String> fields = new ArrayList<>();
    Matcher field = FIELDS.matcher(pattern);
    int from = 0;
    while (field.find()) {
      literals.add(literal(pattern, from, field.start()));
      fields.add(field.group(1).equals("y") ? "yyyy" : field.group());
      from = field.end();
    }
    literals.add(literal(pattern, from, pattern.length()));
    if (fields.size() != 3) {
      throw new IllegalStateException(locale + " has no day, month and year in " + pattern);
    }
    return new DateForm(zero, literals, fields, hasOtherCalendars(locale));
  }

  private static String literal(String pattern, int from, int to) {
    return pattern.substring(from, to).replace("'", "");
  }

  private static boolean hasOtherCalendars(ULocale locale) {
    for (String calendar : Calendar.getKeywordValuesForLocale("calendar", locale, true)) {
      if (!calendar.equals("gregorian")) {
        return true;
      }
    }
    return false;
  }

  /** A day in this form, of the years 1 to 9999. */
  String show(LocalDate date) {
    StringBuilder out = new StringBuilder(literals.getFirst());
    for (int i = 0; i < fields.size(); i++) {
      String field = fields.get(i);
      int value =
          switch (field.charAt(0)) {
            case 'd' -> date.getDayOfMonth();
            case 'M' -> date.getMonthValue();
            default -> date.getYear();
          };
      String figures = Integer.toString(value);
      "0"
          .repeat(Math.max(0, field.length() - figures.length()))
          .concat(figures)
          .chars()
          .forEach(c -> out.appendCodePoint(zero + c - '0'));
      out.append(literals.get(i + 1));
    }
    return out.toString();
  }

  /** Reads a text of {@link TypedCharacters#plain}. */
  Reading<LocalDate> read(String plain) {
    Optional<String> ascii = TypedCharacters.ascii(plain, zero);
    if (ascii.isEmpty()) {
      return new Reading.Refused<>(Reason.NO_DATE);
    }
    Matcher iso = ISO.matcher(ascii.get());
    return iso.matches()
        ? day(Map.of('y', iso.group(1), 'M', iso.group(2), 'd', iso.group(3)))
        : local(ascii.get());
  }

  private Reading<LocalDate> local(String text) {
    Map<Character, String> figures = new TreeMap<>();
    Matcher run = FIGURES.matcher(text);
    int from = 0;
    for (int i = 0; i < fields.size(); i++) {
      if (!run.find() || !separates(text.substring(from, run.start()), i)) {
        return new Reading.Refused<>(Reason.NO_DATE);
      }
      figures.put(fields.get(i).charAt(0), run.group());
      from = run.end();
    }
    return separates(text.substring(from), fields.size())
        ? day(figures)
        : new Reading.Refused<>(Reason.NO_DATE);
  }

  /** Blanks say nothing where something else separates; what stands at the ends may be left out. */
  private boolean separates(String typed, int place) {
    String expected = literals.get(place);
    String bare = withoutBlanks(TypedCharacters.plain(expected));
    String given = withoutBlanks(typed);
    if (place == 0 || place == fields.size()) {
      return given.isEmpty() || given.equals(bare);
    }
    return given.equals(bare) && (!bare.isEmpty() || !typed.isEmpty());
  }

  private static String withoutBlanks(String text) {
    return text.replace(" ", "");
  }

  private Reading<LocalDate> day(Map<Character, String> figures) {
    String year = figures.getOrDefault('y', "");
    String month = figures.getOrDefault('M', "");
    String day = figures.getOrDefault('d', "");
    if (month.length() > 2 || day.length() > 2) {
      return new Reading.Refused<>(Reason.NO_DATE);
    }
    if (year.length() != 4 || year.equals("0000")) {
      return new Reading.Refused<>(Reason.YEAR);
    }
    int number = Integer.parseInt(year);
    if (otherCalendars && isLikelyOfAnother(number)) {
      return new Reading.Refused<>(Reason.CALENDAR);
    }
    try {
      return new Reading.Value<>(
          LocalDate.of(number, Integer.parseInt(month), Integer.parseInt(day)));
    } catch (DateTimeException _) {
      return new Reading.Refused<>(Reason.NO_SUCH_DAY);
    }
  }

  /** No calendar in use is before its year 1000 and written with four digits. */
  private static boolean isLikelyOfAnother(int year) {
    return (year >= NO_YEAR_ANY_MORE && year < FIRST_YEAR)
        || (year > LAST_YEAR && year < NO_YEAR_YET);
  }
}
