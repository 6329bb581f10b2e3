package org.hitc.i18n.exchange;

import java.util.List;
import java.util.Map;

/** A value of JSON (RFC 8259). Numbers, true, false and null are kept as they are written. */
sealed interface Json {
  record Text(String value) implements Json {}

  record Word(String written) implements Json {}

  record Array(List<Json> items) implements Json {
    public Array {
      items = List.copyOf(items);
    }
  }

  /** In the order of the file; no name stands twice. */
  record Fields(int line, Map<String, Json> byName) implements Json {}
}
