package org.hitc.workflow.yaml;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hitc.workflow.model.Limits;
import org.hitc.workflow.model.RunAs;

/**
 * The programs that definitions may name.
 *
 * @param registered by name; empty when nothing is known of them: then every name is taken
 */
public record KnownPrograms(Optional<Map<String, Registration>> registered) {
  public KnownPrograms {
    registered = registered.map(Map::copyOf);
  }

  /**
   * What is known of one program.
   *
   * @param limits that a definition can only lower
   * @param runAs as whom it may run; none: nothing is known of it
   */
  public record Registration(Limits limits, Set<RunAs> runAs) {
    /** Nothing is known. */
    static final Registration UNKNOWN = new Registration(Limits.NONE, Set.of());

    public Registration {
      runAs = Set.copyOf(runAs);
    }
  }

  /** Nothing is known of them. */
  public static KnownPrograms unknown() {
    return new KnownPrograms(Optional.empty());
  }

  /** These. */
  public static KnownPrograms of(Map<String, Registration> registered) {
    return new KnownPrograms(Optional.of(registered));
  }

  /** These, whatever they are registered with. */
  public static KnownPrograms named(Set<String> names) {
    return of(
        names.stream().collect(Collectors.toMap(Function.identity(), _ -> Registration.UNKNOWN)));
  }

  boolean has(String name) {
    return registered.isEmpty() || registered.get().containsKey(name);
  }

  Set<String> names() {
    return registered.map(Map::keySet).orElse(Set.of());
  }

  Limits limits(String name) {
    return registration(name).limits();
  }

  Set<RunAs> runAs(String name) {
    return registration(name).runAs();
  }

  private Registration registration(String name) {
    return registered
        .map(r -> r.getOrDefault(name, Registration.UNKNOWN))
        .orElse(Registration.UNKNOWN);
  }
}
