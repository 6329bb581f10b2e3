package org.hitc.listener.program;

import java.util.List;
import java.util.Optional;

/**
 * One execution of a chain of programs.
 *
 * @param reference such as {@code 7K3P-2M}; no two live jobs have the same
 * @param user for whom ({@code HITC_USER})
 * @param language BCP 47 tag of the user ({@code HITC_LANGUAGE})
 * @param grant what the launcher gave for the user's sign-in; without it nothing runs as another
 *     user
 * @param steps the chain, at least one program
 */
public record Job(
    String reference, String user, String language, Optional<String> grant, List<Step> steps) {
  public Job {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a job runs at least one program");
    }
  }

  /** Without the grant. */
  @Override
  public String toString() {
    return "Job[" + reference + ", " + user + ", " + steps + "]";
  }
}
