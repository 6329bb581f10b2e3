package org.hitc.workflow.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job is running; its end leads to {@code step}. Holds no password.
 *
 * @param hash of the definition
 * @param step name of the step that will be shown
 * @param answers by name
 * @param calls what was asked to run, in order
 * @param prefill answers that a link carried, for the form that will be shown
 * @param from the page that was submitted; absent at the beginning
 */
public record Pending(
    String hash,
    String step,
    Map<String, Answer> answers,
    List<Call> calls,
    Map<String, List<String>> prefill,
    Optional<Snapshot> from)
    implements Position {

  /**
   * One program of the chain.
   *
   * @param field the field it prints choices for
   */
  public record Call(String step, String program, Role role, Optional<String> field) {}

  public Pending {
    answers = Map.copyOf(answers);
    calls = List.copyOf(calls);
    prefill = Map.copyOf(prefill);
  }
}
