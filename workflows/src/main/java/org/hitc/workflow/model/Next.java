package org.hitc.workflow.model;

import java.util.Map;
import java.util.Optional;

/**
 * Where a workflow goes on. Targets are names of steps, never of programs: an answer selects among
 * what the file says.
 */
public sealed interface Next {
  /** Always there. */
  record To(String step) implements Next {}

  /**
   * By the exit status of the run.
   *
   * @param targets steps by exit status
   * @param other the step for any other status; absent: the workflow stops
   */
  record ByExit(Map<Integer, String> targets, Optional<String> other) implements Next {
    public ByExit {
      targets = Map.copyOf(targets);
    }
  }

  /**
   * By the answer of a field.
   *
   * @param field the field
   * @param targets steps by answer
   */
  record ByAnswer(String field, Map<String, String> targets) implements Next {
    public ByAnswer {
      targets = Map.copyOf(targets);
    }
  }
}
