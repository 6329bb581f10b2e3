package org.hitc.workflow.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a workflow goes on. Targets are names of steps, never of programs: an answer selects among
 * what the file says.
 */
public sealed interface Next {
  /** Names of the steps it can lead to. */
  default List<String> steps() {
    return switch (this) {
      case To(String step) -> List.of(step);
      case ByExit(var targets, var other) ->
          Stream.concat(targets.values().stream(), other.stream()).distinct().toList();
      case ByAnswer(_, var targets) -> targets.values().stream().distinct().toList();
    };
  }

  /** Always there. */
  record To(String step) implements Next {}

  /**
   * By the exit status of the run.
   *
   * @param targets steps by exit status
   * @param other the step for any other status; absent: success leads to the step below, and any
   *     other status stops the way
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
   * @param targets steps by answer; any other answer leads to the step below
   */
  record ByAnswer(String field, Map<String, String> targets) implements Next {
    public ByAnswer {
      targets = Map.copyOf(targets);
    }
  }
}
