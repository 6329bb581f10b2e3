package org.hitc.i18n;

import com.ibm.icu.number.FormattedNumber;
import com.ibm.icu.number.LocalizedNumberFormatter;
import com.ibm.icu.text.Collator;
import com.ibm.icu.text.DateFormat;
import com.ibm.icu.text.ListFormatter;
import com.ibm.icu.text.PluralRules;
import com.ibm.icu.util.ULocale;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * ICU's formatters of one locale, each made when it is first needed: loading them is what costs. No
 * mutable one is ever shared: number formatters and plural rules are immutable, date formats are
 * kept to be cloned.
 */
final class LocaleFormatters {
  private final ULocale locale;
  private final Map<NumberStyle, LocalizedNumberFormatter> numbers = new ConcurrentHashMap<>();
  private final Map<DateStyle, DateFormat> dates = new ConcurrentHashMap<>();
  private final Map<PluralRules.PluralType, PluralRules> rules = new ConcurrentHashMap<>();

  LocaleFormatters(ULocale locale) {
    this.locale = locale;
  }

  /** True when words in this language run from right to left. */
  boolean rightToLeft() {
    return locale.isRightToLeft();
  }

  FormattedNumber number(NumberStyle style, Number value) {
    return numbers.computeIfAbsent(style, s -> s.formatter(locale)).format(value);
  }

  String date(DateStyle style, LocalDateTime local) {
    DateFormat kept = dates.computeIfAbsent(style, s -> s.formatter(locale));
    DateFormat mine = kept.clone();
    return mine.format(Date.from(local.toInstant(ZoneOffset.UTC)));
  }

  /**
   * The plural category of a number. It depends on how the number is shown: 1 is "one", 1.0
   * "other"; but not with a skeleton, where ICU's MessageFormat looks at the bare number.
   */
  String category(PluralRules.PluralType type, NumberStyle shownAs, BigDecimal number) {
    PluralRules categories = rules(type);
    return shownAs instanceof NumberStyle.Skeleton
        ? categories.select(number.doubleValue())
        : categories.select(number(shownAs, number));
  }

  /** The plural category of a number as it is shown. */
  String category(PluralRules.PluralType type, FormattedNumber shown) {
    return rules(type).select(shown);
  }

  private PluralRules rules(PluralRules.PluralType type) {
    return rules.computeIfAbsent(type, t -> PluralRules.forLocale(locale, t));
  }

  /** The order of words in dictionaries; frozen, and so for any number of threads. */
  Comparator<String> order() {
    Collator collator = Collator.getInstance(locale).freeze();
    return collator::compare;
  }

  String list(Collection<String> items) {
    return ListFormatter.getInstance(locale, ListFormatter.Type.AND, ListFormatter.Width.WIDE)
        .format(items);
  }
}
