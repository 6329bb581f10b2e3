package org.hitc.listener.program;

import java.util.List;

/**
 * One execution of a chain of programs.
 *
 * @param reference such as {@code 7K3P-2M}; no two live jobs have the same
 * @param user for whom ({@code HITC_USER})
 * @param language BCP 47 tag of the user ({@code HITC_LANGUAGE})
 * @param steps the chain, at least one program
 */
public record Job(String reference, String user, String language, List<Step> steps) {
  public Job {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a job runs at least one program");
    }
  }
}
