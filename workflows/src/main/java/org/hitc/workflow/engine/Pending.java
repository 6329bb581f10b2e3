package org.hitc.workflow.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.Refusal;

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
 * @param begin where the job began
 * @param ran the runs that the chains of the job before this one have run
 */
public record Pending(
    String hash,
    String step,
    Known known,
    Secrets secrets,
    List<Call> calls,
    Changed changed,
    Map<String, List<String>> prefill,
    Optional<Snapshot> from,
    Begin begin,
    List<String> ran)
    implements Position {

  /**
   * One program of the chain.
   *
   * @param field the field it prints choices for
   * @param success exit statuses with which the chain goes on
   * @param writes it may change something
   * @param unchanged exit statuses by which it says that it has not
   */
  public record Call(
      String step,
      String program,
      Role role,
      Optional<String> field,
      List<Integer> success,
      boolean writes,
      List<Integer> unchanged) {
    public Call {
      success = List.copyOf(success);
      unchanged = List.copyOf(unchanged);
    }
  }

  /**
   * Where a job began: the way is tried again from there, never from the step at which it stopped,
   * because what stopped it may stand before that step.
   *
   * @param step name of the first step of the way
   * @param known what was known there
   */
  public record Begin(String step, Known known) {}

  public Pending {
    calls = List.copyOf(calls);
    prefill = Map.copyOf(prefill);
    ran = List.copyOf(ran);
  }

  /**
   * The page that says that the job does not go on, and no program is to blame.
   *
   * @param changed what the job has changed
   * @param writes it was on a way that leads to a change
   */
  public Snapshot stopped(Refusal why, String detail, Changed changed, boolean writes) {
    return stopped(
        new View.Stopped(why, "", Optional.empty(), changed, writes, Optional.empty(), detail));
  }

  Snapshot stopped(View.Stopped view) {
    return new Snapshot(hash, begin.step(), begin.known(), List.of(), view);
  }
}
