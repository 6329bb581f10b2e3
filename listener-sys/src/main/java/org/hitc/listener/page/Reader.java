package org.hitc.listener.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.Text;
import org.hitc.i18n.Catalogue;
import org.hitc.i18n.Language;
import org.hitc.i18n.Rendered;
import org.hitc.workflow.engine.Words;

/**
 * For whom a page is made.
 *
 * @param displayName of the user
 * @param signedInUntil when the session ends if nothing is done
 * @param left how long until then
 * @param words in the user's language: the product's, and those of the workflow at hand
 * @param source the language that definitions are written in
 */
public record Reader(
    String displayName, Instant signedInUntil, Duration left, Catalogue words, Language source) {

  /** The same person, with the words of one workflow. */
  public Reader with(Catalogue others) {
    return new Reader(displayName, signedInUntil, left, others, source);
  }

  /** A message of the product. */
  Text message(String key, Map<String, ?> arguments) {
    return text(words.text(key, arguments));
  }

  /** Words of a definition: their translation, else as they are. */
  Text definition(Words of) {
    return of.key().isEmpty()
        ? Text.of(of.text())
        : text(words.textOr(of.key(), of.text(), source, of.arguments()));
  }

  /** Words that stand elsewhere under a key. */
  Text or(String key, String text) {
    return text(words.textOr(key, text, source, Map.of()));
  }

  private Text text(Rendered rendered) {
    boolean own = rendered.language().equals(words.language().tag());
    return new Text(rendered.value(), own ? Optional.empty() : Optional.of(rendered.language()));
  }
}
