package org.hitc.i18n.input;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hitc.i18n.Language;
import org.hitc.i18n.PseudoLocale;

/**
 * The {@link LocalInput} of each language, made when it is first needed. For any number of threads.
 */
public final class LocalInputs {
  private final Map<String, LocalInput> made = new ConcurrentHashMap<>();

  /** As this language writes. */
  public LocalInput in(Language language) {
    return made.computeIfAbsent(language.tag(), _ -> LocalInput.in(language));
  }

  /** As the language with this BCP 47 tag writes; nothing when there is none. */
  public Optional<LocalInput> in(String tag) {
    return Optional.ofNullable(made.get(tag)).or(() -> language(tag).map(this::in));
  }

  /** Only of languages that there are, so that nobody fills the memory with others. */
  private static Optional<Language> language(String tag) {
    for (PseudoLocale pseudo : PseudoLocale.values()) {
      if (pseudo.language().tag().equals(tag)) {
        return Optional.of(pseudo.language());
      }
    }
    try {
      return Optional.of(Language.of(tag));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
