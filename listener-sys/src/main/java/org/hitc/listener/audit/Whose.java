package org.hitc.listener.audit;

import java.util.Optional;

/**
 * Whose checkpoints are meant, where one journal has those of several nodes.
 *
 * @param instance empty: of any
 * @param node empty: of any; then all must be of one
 */
public record Whose(Optional<String> instance, Optional<String> node) {

  /** Whoever wrote the first one. */
  public static Whose anybody() {
    return new Whose(Optional.empty(), Optional.empty());
  }

  boolean covers(Checkpoint checkpoint) {
    return instance.filter(name -> !name.equals(checkpoint.instance())).isEmpty()
        && node.filter(name -> !name.equals(checkpoint.node())).isEmpty();
  }
}
