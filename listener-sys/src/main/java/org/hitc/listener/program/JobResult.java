package org.hitc.listener.program;

import java.util.List;

/**
 * What became of a job: one result for each program up to the first that did not succeed.
 *
 * @param results at least one
 */
public record JobResult(List<ProgramResult> results) {
  public JobResult {
    results = List.copyOf(results);
    if (results.isEmpty()) {
      throw new IllegalArgumentException("a job has at least one result");
    }
  }

  /** The program that decided. */
  public ProgramResult last() {
    return results.getLast();
  }

  /** True when every program of the chain succeeded. */
  public boolean succeeded() {
    return last().succeeded();
  }
}
