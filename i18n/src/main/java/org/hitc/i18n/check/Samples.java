package org.hitc.i18n.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Values that messages are shown with.
 *
 * @param byKey for a message, sets of its arguments by name, as for {@code Catalogue.text}; where
 *     there is none, values of each argument's kind are made up
 */
public record Samples(Map<String, List<Map<String, Object>>> byKey) {

  /** All values are made up. */
  public static final Samples NONE = new Samples(Map.of());

  public Samples {
    byKey = Map.copyOf(byKey);
  }

  Optional<List<Map<String, Object>>> of(String key) {
    return Optional.ofNullable(byKey.get(key)).filter(sets -> !sets.isEmpty());
  }
}
