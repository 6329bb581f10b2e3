package org.hitc.workflow.engine;

import java.util.List;

/** Whether a job has changed something: what people ask first when one has failed. */
public enum Changed {
  /** No program that writes was started. */
  NO,
  /** One was started and did not end as it should: nobody but a look at the data can tell. */
  MAYBE,
  /** One was started and ended with success. */
  YES;

  /**
   * After these programs of a chain.
   *
   * @param results in the order of the chain; shorter when it stopped
   */
  public static Changed by(List<Invocation> chain, List<ProgramResult> results) {
    Changed changed = NO;
    for (int i = 0; i < results.size(); i++) {
      Invocation invocation = chain.get(i);
      changed =
          changed.and(
              by(
                  invocation.writes(),
                  invocation.successExit(),
                  invocation.unchangedExit(),
                  results.get(i).ending()));
    }
    return changed;
  }

  /** What holds when both have happened, one after the other. */
  public Changed and(Changed later) {
    return this == MAYBE || later == MAYBE ? MAYBE : compareTo(later) > 0 ? this : later;
  }

  static Changed by(boolean writes, List<Integer> success, List<Integer> unchanged, Ending ending) {
    if (!writes) {
      return NO;
    }
    return switch (ending) {
      // First: a status that leads somewhere by next is among those of success, too.
      case Ending.Exited(int status) when unchanged.contains(status) -> NO;
      case Ending.Exited(int status) when success.contains(status) -> YES;
      case Ending.Exited _, Ending.Signalled _ -> MAYBE;
      case Ending.Stopped(_, boolean started) -> started ? MAYBE : NO;
    };
  }
}
