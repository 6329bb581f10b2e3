package org.hitc.session.store;

import java.util.Collection;
import java.util.List;

/** How much may be asked of a store at once; the same for every engine. */
final class Bounds {
  private Bounds() {}

  static List<Key> keys(Collection<Key> keys) {
    requireBetween(keys.size(), Store.MAX_BATCH, "keys");
    return List.copyOf(keys);
  }

  static List<Change> changes(List<Change> changes) {
    requireBetween(changes.size(), Store.MAX_BATCH, "changes");
    if (changes.stream().map(Change::key).distinct().count() != changes.size()) {
      throw new IllegalArgumentException("two changes of one entry");
    }
    return List.copyOf(changes);
  }

  static void requireLimit(int limit) {
    requireBetween(limit, Store.MAX_LIST, "limit");
  }

  private static void requireBetween(int number, int most, String what) {
    if (number < 1 || number > most) {
      throw new IllegalArgumentException(what + ": 1 to " + most);
    }
  }
}
