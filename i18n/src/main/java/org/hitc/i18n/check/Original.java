package org.hitc.i18n.check;

import java.util.List;
import java.util.Map;
import org.hitc.i18n.Entry;
import org.hitc.i18n.Kind;
import org.hitc.i18n.Language;
import org.hitc.i18n.Message;
import org.hitc.i18n.Metadata;

/** A message in the source language. */
record Original(Language language, Entry entry, Message message) {

  /** Stands for a message that is known to its program only: it has no values and no tags. */
  static Original unknown(String key, Language language) {
    return new Original(
        language, new Entry(key, "", 0, Metadata.NONE), new Message(List.of(), Map.of()));
  }

  /** The values that a translation may use, and what they are. */
  Map<String, Kind> given() {
    return entry.metadata().arguments().orElse(message.arguments());
  }
}
