package org.hitc.i18n.check;

import java.util.Map;
import org.hitc.i18n.Entry;
import org.hitc.i18n.Kind;
import org.hitc.i18n.Language;
import org.hitc.i18n.Message;

/** A message in the source language. */
record Original(Language language, Entry entry, Message message) {

  /** The values that a translation may use, and what they are. */
  Map<String, Kind> given() {
    return entry.metadata().arguments().orElse(message.arguments());
  }
}
