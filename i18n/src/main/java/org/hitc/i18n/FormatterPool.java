package org.hitc.i18n;

import com.ibm.icu.util.ULocale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The formatters of each locale in use, made once for all snapshots. */
final class FormatterPool {
  private final Map<ULocale, LocaleFormatters> byLocale = new ConcurrentHashMap<>();

  LocaleFormatters of(ULocale locale) {
    return byLocale.computeIfAbsent(locale, LocaleFormatters::new);
  }
}
