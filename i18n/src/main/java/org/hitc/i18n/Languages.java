package org.hitc.i18n;

import com.ibm.icu.util.LocaleMatcher;
import com.ibm.icu.util.LocalePriorityList;
import com.ibm.icu.util.ULocale;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** The languages on offer: a closed set, in the order of the language menu, default first. */
public final class Languages {
  /** Browsers send about 100 characters; what stands behind this many is not looked at. */
  private static final int LONGEST_HEADER = 512;

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
    if (acceptLanguage.isBlank()) {
      return byDefault();
    }
    try {
      LocalePriorityList wanted = LocalePriorityList.add(head(acceptLanguage)).build();
      int index = matcher.getBestMatchResult(wanted).getSupportedIndex();
      return index < 0 ? byDefault() : offered.get(index);
    } catch (RuntimeException _) {
      // ICU throws half a dozen different exceptions at malformed lists; none tells more than this.
      return byDefault();
    }
  }

  private static String head(String acceptLanguage) {
    if (acceptLanguage.length() <= LONGEST_HEADER) {
      return acceptLanguage;
    }
    return acceptLanguage.substring(
        0, Math.max(0, acceptLanguage.lastIndexOf(',', LONGEST_HEADER)));
  }
}
