package org.hitc.i18n;

import com.ibm.icu.util.LocaleMatcher;
import com.ibm.icu.util.LocalePriorityList;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The languages on offer: a closed set, in the order of the language menu, default first. */
public final class Languages {
  /** Browsers send about 100 characters; what stands behind this many is not looked at. */
  private static final int LONGEST_HEADER = 512;

  /**
   * A language range and its weight (RFC 9110, 12.4.2; RFC 4647, 2.1). Only these reach ICU: its
   * own reading of the header takes locale keywords too, and trips an assertion over some.
   */
  private static final Pattern RANGE =
      Pattern.compile(
          "[ \\t]*([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,8})[ \\t]*"
              + "(?:;[ \\t]*[qQ]=(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)[ \\t]*)?");

  private final List<Language> offered;
  private final LocaleMatcher matcher;

  private Languages(List<Language> offered) {
    this.offered = List.copyOf(offered);
    List<ULocale> locales = offered.stream().map(Language::locale).toList();
    this.matcher =
        LocaleMatcher.builder()
            .setSupportedULocales(locales)
            .setDefaultULocale(locales.getFirst())
            .build();
  }

  /**
   * Offers these languages; the first is the default.
   *
   * @throws IllegalArgumentException if there is none, one stands twice, or {@link Language#of}
   *     does not know one
   */
  public static Languages of(List<String> tags) {
    if (tags.isEmpty()) {
      throw new IllegalArgumentException("no language is offered");
    }
    if (new HashSet<>(tags).size() < tags.size()) {
      throw new IllegalArgumentException("a language is offered twice: " + tags);
    }
    return new Languages(tags.stream().map(Language::of).toList());
  }

  /** The same, and those of {@link PseudoLocale} behind them; for those who work on texts. */
  public Languages withPseudoLocales() {
    List<Language> all = new ArrayList<>(offered);
    for (PseudoLocale pseudo : PseudoLocale.values()) {
      all.add(pseudo.language());
    }
    return new Languages(all);
  }

  /** All of them, in the order of the menu. */
  public List<Language> all() {
    return offered;
  }

  /** The one to use when nothing is known of the reader. */
  public Language byDefault() {
    return offered.getFirst();
  }

  /** The offered language with exactly this tag. */
  public Optional<Language> withTag(String tag) {
    return offered.stream().filter(l -> l.tag().equals(tag)).findFirst();
  }

  /**
   * The language for a reader: what they chose before, if it is still offered; else the best match
   * for what the browser prefers, by CLDR's language matching data; else the default. Neither input
   * needs to be checked before.
   *
   * @param stored tag that the reader chose before, such as a cookie's value
   * @param acceptLanguage value of {@code Accept-Language} (RFC 9110, 12.5.4), or an empty string
   */
  public Language choose(Optional<String> stored, String acceptLanguage) {
    return stored.flatMap(this::withTag).orElseGet(() -> bestMatch(acceptLanguage));
  }

  private Language bestMatch(String acceptLanguage) {
    try {
      LocalePriorityList.Builder wanted = LocalePriorityList.add();
      for (String element : head(acceptLanguage).split(",", -1)) {
        Matcher range = RANGE.matcher(element);
        if (range.matches()) {
          double weight = range.group(2) == null ? 1 : Double.parseDouble(range.group(2));
          wanted.add(ULocale.forLanguageTag(range.group(1)), weight);
        }
      }
      int index = matcher.getBestMatchResult(wanted.build()).getSupportedIndex();
      return index < 0 ? byDefault() : offered.get(index);
    } catch (RuntimeException _) {
      // ICU does not say what it throws at tags that look right and are not; nothing can be told
      // from it but that this reader's wish is not known.
      return byDefault();
    }
  }

  private static String head(String acceptLanguage) {
    return acceptLanguage.substring(0, Math.min(LONGEST_HEADER, acceptLanguage.length()));
  }
}
