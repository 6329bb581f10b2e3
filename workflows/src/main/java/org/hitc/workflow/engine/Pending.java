package org.hitc.workflow.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A chain of programs is running; its end leads on. It lives as long as the job and is never
 * stored.
 *
 * @param hash of the definition
 * @param step name of the step that the chain leads to: a page, or a run that decides what comes
 *     next
 * @param known what the visit knows
 * @param secrets passwords that the rest of the chain may need
 * @param calls what was asked to run, in order
 * @param changed what the chains before this one have changed
 * @param prefill answers that a link carried, for the form that will be shown
 * @param from the page that was submitted; absent at the beginning
 */
public record Pending(
    String hash,
    String step,
    Known known,
    Secrets secrets,
    List<Call> calls,
    Changed changed,
    Map<String, List<String>> prefill,
    Optional<Snapshot> from)
    implements Position {

  /**
   * One program of the chain.
   *
   * @param field the field it prints choices for
   * @param success exit statuses with which the chain goes on
   * @param writes it may change something
   */
  public record Call(
      String step,
      String program,
      Role role,
      Optional<String> field,
      List<Integer> success,
      boolean writes) {
    public Call {
      success = List.copyOf(success);
    }
  }

  public Pending {
    calls = List.copyOf(calls);
    prefill = Map.copyOf(prefill);
  }
}
