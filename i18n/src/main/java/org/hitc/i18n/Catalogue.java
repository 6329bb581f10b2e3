package org.hitc.i18n;

import java.util.Map;

/** All words in one language. Immutable, for any number of threads. */
public final class Catalogue {
  private final Language language;
  private final Formats formats;

  Catalogue(Language language, Formats formats) {
    this.language = language;
    this.formats = formats;
  }

  /** The language asked for; single texts may come in another ({@link Rendered#language}). */
  public Language language() {
    return language;
  }

  /** Numbers and times in this language. */
  public Formats formats() {
    return formats;
  }

  /** The words of a message without arguments. */
  public Rendered text(String key) {
    return text(key, Map.of());
  }

  /**
   * The words of a message: in this language, else in a parent locale's, else in the source
   * language. Never fails and is never blank: an unknown key or a missing argument shows as {@code
   * [key]} or {@code {name}} and is logged.
   *
   * @param arguments by name: {@code String}, integers, {@code BigDecimal}, {@code Instant}, {@code
   *     LocalDate}, {@code LocalTime}, {@code LocalDateTime}
   */
  public Rendered text(String key, Map<String, ?> arguments) {
    return new Rendered("[" + key + "]", language.tag());
  }

  /**
   * The words of a message whose source text stands elsewhere, such as a label in a workflow: what
   * the files say, else the source text as it is.
   *
   * @param source what to show when no file has the key; literally, not a pattern
   * @param sourceLanguage the language that {@code source} is in
   */
  public Rendered textOr(
      String key, String source, Language sourceLanguage, Map<String, ?> arguments) {
    return new Rendered(source, sourceLanguage.tag());
  }

  /**
   * The same words with every inserted value between FIRST STRONG ISOLATE and POP DIRECTIONAL
   * ISOLATE (UAX 9), for plain text whose values may run the other way. Where HTML is made, {@code
   * <bdi>} does this better.
   */
  public Catalogue isolating() {
    return this;
  }
}
