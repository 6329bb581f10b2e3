package org.hitc.workflow.model;

import java.time.Duration;
import java.util.Optional;

/**
 * Limits that a definition lowers; absent means the program's registration decides. The listener
 * takes the smaller of both.
 *
 * @param timeout how long the program may run
 * @param outputBytes how much it may print
 * @param rows how many rows it may print
 */
public record Limits(
    Optional<Duration> timeout, Optional<Long> outputBytes, Optional<Integer> rows) {

  /** Nothing lowered. */
  public static final Limits NONE =
      new Limits(Optional.empty(), Optional.empty(), Optional.empty());

  public Limits {
    if (timeout.filter(t -> t.isNegative() || t.isZero()).isPresent()
        || outputBytes.filter(b -> b <= 0).isPresent()
        || rows.filter(r -> r <= 0).isPresent()) {
      throw new IllegalArgumentException("a limit is more than nothing");
    }
  }
}
