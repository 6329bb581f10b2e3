package org.hitc.workflow.yaml;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hitc.workflow.model.Limits;

/**
 * The programs that definitions may name.
 *
 * @param registered by name, with the limits of their registration; empty when nothing is known of
 *     them: then every name is taken
 */
public record KnownPrograms(Optional<Map<String, Limits>> registered) {
  public KnownPrograms {
    registered = registered.map(Map::copyOf);
  }

  /** Nothing is known of them. */
  public static KnownPrograms unknown() {
    return new KnownPrograms(Optional.empty());
  }

  /** These. */
  public static KnownPrograms of(Map<String, Limits> registered) {
    return new KnownPrograms(Optional.of(registered));
  }

  /** These, whatever their limits are. */
  public static KnownPrograms named(Set<String> names) {
    return of(names.stream().collect(Collectors.toMap(Function.identity(), _ -> Limits.NONE)));
  }

  boolean has(String name) {
    return registered.isEmpty() || registered.get().containsKey(name);
  }

  Set<String> names() {
    return registered.map(Map::keySet).orElse(Set.of());
  }

  Limits limits(String name) {
    return registered.map(r -> r.getOrDefault(name, Limits.NONE)).orElse(Limits.NONE);
  }
}
