package org.hitc.i18n;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** All words in one language. Immutable, for any number of threads. */
public final class Catalogue {
  /** BCP 47: no linguistic content. */
  private static final String NO_LANGUAGE = "zxx";

  /**
   * Where words are looked for.
   *
   * @param language the language of what is found there
   * @param formatters of the values in it
   */
  record Step(Bundle bundle, String language, LocaleFormatters formatters) {}

  private final Language language;
  private final Formats formats;
  private final Language source;
  private final Map<Language, List<Step>> steps;
  private final Complaints complaints;
  private final boolean isolating;
  private final BinaryOperator<String> elsewhere;

  /**
   * The words in a language.
   *
   * @param source the language of last resort
   * @param steps where to look for each language, in this order
   */
  Catalogue(
      Language language,
      Formats formats,
      Language source,
      Map<Language, List<Step>> steps,
      Complaints complaints) {
    this(language, formats, source, steps, complaints, false, (_, text) -> text);
  }

  private Catalogue(
      Language language,
      Formats formats,
      Language source,
      Map<Language, List<Step>> steps,
      Complaints complaints,
      boolean isolating,
      BinaryOperator<String> elsewhere) {
    this.language = language;
    this.formats = formats;
    this.source = source;
    this.steps = steps;
    this.complaints = complaints;
    this.isolating = isolating;
    this.elsewhere = elsewhere;
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
   * language. Never fails and is never blank: an unknown key shows as {@code [key]}, an argument
   * that is missing or of another kind as {@code {name}}, and it is logged.
   *
   * @param arguments by name: {@code String}, {@code Integer}, {@code Long}, {@code BigInteger},
   *     {@code BigDecimal}, {@code Instant}, {@code LocalDate}, {@code LocalTime}, {@code
   *     LocalDateTime}
   */
  public Rendered text(String key, Map<String, ?> arguments) {
    return find(key, source, arguments)
        .orElseGet(() -> {
          complaints.missing(language.tag(), key);
          return new Rendered("[" + key + "]", NO_LANGUAGE);
        });
  }

  /**
   * The words of a message whose source text stands elsewhere, such as a label in a workflow: what
   * the files say, else the source text as it is.
   *
   * @param sourceText what to show when no file has the key; literally, not a pattern
   * @param sourceLanguage the language that it is in
   * @param arguments as for {@link #text(String, Map)}, for what the files say
   */
  public Rendered textOr(
      String key, String sourceText, Language sourceLanguage, Map<String, ?> arguments) {
    return find(key, sourceLanguage, arguments)
        .orElseGet(() -> {
          String words = elsewhere.apply(key, sourceText);
          Language spoken = words.equals(sourceText) ? sourceLanguage : language;
          return new Rendered(words, spoken.tag());
        });
  }

  /**
   * The same words, with source texts that stand elsewhere changed ({@link PseudoLocale}).
   *
   * @param texts makes of a key and its text another text
   */
  Catalogue changing(BinaryOperator<String> texts) {
    return new Catalogue(language, formats, source, steps, complaints, isolating, texts);
  }

  /**
   * The same words with every inserted value that could run another way than they do between FIRST
   * STRONG ISOLATE and POP DIRECTIONAL ISOLATE (UAX 9). In words from left to right a value of
   * Latin letters and digits stays as it is.
   */
  public Catalogue isolating() {
    return new Catalogue(language, formats, source, steps, complaints, true, elsewhere);
  }

  private Optional<Rendered> find(String key, Language lastly, Map<String, ?> arguments) {
    return find(key, steps.getOrDefault(language, List.of()), arguments)
        .or(() -> find(key, steps.getOrDefault(lastly, List.of()), arguments));
  }

  private Optional<Rendered> find(String key, List<Step> places, Map<String, ?> arguments) {
    for (Step step : places) {
      Message message = step.bundle().messages().get(key);
      if (message != null && message.words().isPresent()) {
        return Optional.of(new Rendered(message.words().get(), step.language()));
      }
      if (message != null) {
        Rendering rendering =
            new Rendering(step.formatters(), formats.zone(), arguments, isolating);
        String words = rendering.render(message);
        rendering.unusable().forEach(name -> complaints.unusable(step.language(), key, name));
        return Optional.of(new Rendered(words, step.language()));
      }
    }
    return Optional.empty();
  }
}
