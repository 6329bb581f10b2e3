package org.hitc.i18n;

import com.ibm.icu.text.DisplayContext;
import com.ibm.icu.text.LocaleDisplayNames;
import com.ibm.icu.util.IllformedLocaleException;
import com.ibm.icu.util.ULocale;
import java.util.Arrays;
import java.util.Objects;

/**
 * A language that CLDR knows, under its canonical BCP 47 tag: {@code de}, {@code pt-BR}, {@code
 * zh-Hant}. Equal when the tags are.
 */
public final class Language {
  private static final int LONGEST_TAG = 16;

  private final ULocale locale;
  private final String tag;
  private final Direction direction;
  private final String ownName;

  private Language(ULocale locale) {
    this(locale, nameOf(locale));
  }

  private Language(ULocale locale, String ownName) {
    this.locale = locale;
    this.tag = locale.toLanguageTag();
    this.direction = locale.isRightToLeft() ? Direction.RTL : Direction.LTR;
    this.ownName = ownName;
  }

  private static String nameOf(ULocale locale) {
    return LocaleDisplayNames.getInstance(
            locale, DisplayContext.DIALECT_NAMES, DisplayContext.CAPITALIZATION_FOR_UI_LIST_OR_MENU)
        .localeDisplayName(locale);
  }

  /**
   * The language with this tag: language, script and region only, spelt as BCP 47 spells it.
   *
   * @throws IllegalArgumentException if the tag is not canonical, or CLDR has no data for it
   */
  public static Language of(String tag) {
    return new Language(known(tag));
  }

  /** A language that is none of CLDR's ({@link PseudoLocale}). */
  static Language unchecked(ULocale locale, String name) {
    return new Language(locale, name);
  }

  private static ULocale known(String tag) {
    if (tag.length() > LONGEST_TAG) {
      throw new IllegalArgumentException("a language tag is at most 16 characters long");
    }
    ULocale locale;
    try {
      locale = new ULocale.Builder().setLanguageTag(tag).build();
    } catch (IllformedLocaleException e) {
      throw new IllegalArgumentException("\"" + tag + "\" is not a BCP 47 language tag", e);
    }
    ULocale canonical = ULocale.createCanonical(locale);
    if (!canonical.toLanguageTag().equals(tag)) {
      throw new IllegalArgumentException(
          "\"" + tag + "\" is spelt \"" + canonical.toLanguageTag() + "\" in BCP 47");
    }
    if (!locale.getVariant().isEmpty() || !locale.getExtensionKeys().isEmpty() || !inCldr(locale)) {
      throw new IllegalArgumentException("\"" + tag + "\" is not a language that CLDR knows");
    }
    return locale;
  }

  private static boolean inCldr(ULocale locale) {
    ULocale full = ULocale.addLikelySubtags(locale);
    return Arrays.stream(ULocale.getAvailableLocales())
        .anyMatch(l -> l.equals(locale) || l.equals(full));
  }

  /** BCP 47 tag, fit for the {@code lang} attribute of HTML and for a file name. */
  public String tag() {
    return tag;
  }

  /** Which way it is written, by the script that CLDR says it is written in. */
  public Direction direction() {
    return direction;
  }

  /** Its name in itself, as in a list: {@code Deutsch}, {@code Svenska}, {@code العربية}. */
  public String ownName() {
    return ownName;
  }

  ULocale locale() {
    return locale;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Language l && l.tag.equals(tag);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(tag);
  }

  @Override
  public String toString() {
    return tag;
  }
}
