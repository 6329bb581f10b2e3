package org.hitc.workflow.engine;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What happened. */
public sealed interface Event {
  /**
   * A visit begins; only at {@link Position.Beginning}.
   *
   * @param values answers that a link carried, by field of the first form; for a choice its value
   */
  record Start(Map<String, List<String>> values) implements Event {
    public Start {
      values = copy(values);
    }
  }

  /**
   * A form was submitted; only at a {@link Snapshot}.
   *
   * @param values what was typed, by field; for a choice the offer's handle
   */
  record Submit(Map<String, List<String>> values) implements Event {
    public Submit {
      values = copy(values);
    }
  }

  /** The link of a row was followed; only at a {@link Snapshot}. */
  record Follow(String handle) implements Event {}

  /**
   * The job ended; only at a {@link Pending}.
   *
   * @param results in the order of the chain; shorter when the chain stopped
   */
  record JobEnded(List<ProgramResult> results) implements Event {
    public JobEnded {
      results = List.copyOf(results);
    }
  }

  private static Map<String, List<String>> copy(Map<String, List<String>> values) {
    return values.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> List.copyOf(e.getValue())));
  }
}
