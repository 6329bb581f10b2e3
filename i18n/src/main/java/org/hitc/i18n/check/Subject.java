package org.hitc.i18n.check;

import com.ibm.icu.util.ULocale;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.i18n.Entry;
import org.hitc.i18n.Kind;
import org.hitc.i18n.Language;
import org.hitc.i18n.Message;
import org.hitc.i18n.Proof;

/**
 * The message that is looked at.
 *
 * @param original what it translates; empty when it is a source itself
 * @param samples values for its arguments, one of each kind of case
 * @param guessed whether the samples are not given but made up
 * @param proof shows messages in its language
 */
record Subject(
    Language language,
    Entry entry,
    Message message,
    Optional<Original> original,
    List<Map<String, Object>> samples,
    boolean guessed,
    Proof proof) {

  ULocale locale() {
    return ULocale.forLanguageTag(language.tag());
  }

  /** What the message is about and may be long; that of its source, if it has one. */
  Entry source() {
    return original.map(Original::entry).orElse(entry);
  }

  /** The values that it may use. */
  Map<String, Kind> given() {
    return original
        .map(Original::given)
        .orElseGet(() -> entry.metadata().arguments().orElse(message.arguments()));
  }
}
