package org.hitc.i18n;

import com.ibm.icu.util.ULocale;
import com.ibm.icu.util.UResourceBundle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From which locale a locale inherits (UTS 35, Part 1, Locale Inheritance): what CLDR's {@code
 * parentLocales} says, else itself less its last part, except that a script which its language is
 * not usually written in inherits nothing. So pt-AO inherits from pt-PT, en-DE from en-150, zh-TW
 * from zh-Hant and no further. {@link ULocale#getFallback} knows none of this.
 */
final class Parents {
  private static final String CLDR = "com/ibm/icu/impl/data/icudata";

  private final Map<ULocale, ULocale> explicit;

  private Parents(Map<ULocale, ULocale> explicit) {
    this.explicit = Map.copyOf(explicit);
  }

  /** As the CLDR of ICU4J has them. */
  static Parents ofCldr() {
    Map<ULocale, ULocale> explicit = new HashMap<>();
    UResourceBundle table =
        UResourceBundle.getBundleInstance(CLDR, "supplementalData").get("parentLocales");
    for (int i = 0; i < table.getSize(); i++) {
      UResourceBundle row = table.get(i);
      String[] children =
          row.getType() == UResourceBundle.STRING
              ? new String[] {row.getString()}
              : row.getStringArray();
      for (String child : children) {
        explicit.put(new ULocale(child), new ULocale(row.getKey()));
      }
    }
    return new Parents(explicit);
  }

  /** The locale and what it inherits from, nearest first, without the root. */
  List<ULocale> chain(ULocale locale) {
    List<ULocale> chain = new ArrayList<>();
    for (Optional<ULocale> at = Optional.of(locale);
        at.isPresent();
        at = at.flatMap(this::parent)) {
      chain.add(at.get());
    }
    return List.copyOf(chain);
  }

  private Optional<ULocale> parent(ULocale locale) {
    ULocale stated = explicit.get(locale);
    if (stated != null) {
      return Optional.of(stated);
    }
    String language = locale.getLanguage();
    String script = locale.getScript();
    String usual = ULocale.addLikelySubtags(new ULocale(language)).getScript();
    if (locale.getCountry().isEmpty()) {
      return script.equals(usual) ? Optional.of(new ULocale(language)) : Optional.empty();
    }
    if (!script.isEmpty()) {
      return Optional.of(new ULocale(language + "_" + script));
    }
    String written = ULocale.addLikelySubtags(locale).getScript();
    return Optional.of(
        written.equals(usual)
            ? new ULocale(language)
            : new ULocale(language, written, locale.getCountry()));
  }
}
