package org.hitc.listener.job;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Refusal;
import org.hitc.workflow.engine.Changed;

/**
 * What the store keeps of a job: as it was accepted, and later, in one transaction with the page
 * that it made, how it ended; never changed after that.
 *
 * @param workflow name of the workflow
 * @param step name of the step whose page it makes
 * @param parameters what it was asked for, in words for people
 * @param writes true when it may change something
 * @param started when it was accepted
 * @param ended when it ended; empty while it runs
 * @param outcome how its last program ended: {@code exit 1}, {@code signal 11} or the code of a
 *     refusal; empty while it runs
 * @param changed whether it has changed something; {@code NO} while it runs
 * @param page the page it made
 */
public record JobRecord(
    String workflow,
    String step,
    List<String> parameters,
    boolean writes,
    Instant started,
    Optional<Instant> ended,
    State state,
    String outcome,
    Changed changed,
    Optional<PageAddress> page) {

  /** Where a job stands. */
  public enum State {
    /** Waits or runs; found at a start of the listener, nobody knows how it ended. */
    RUNNING,
    /** It did what it was to do. */
    DONE,
    /** It did not. */
    FAILED,
    /** Its user cancelled it. */
    CANCELLED,
    /** It may have changed something, and nobody knows how it ended. Is never run again. */
    UNKNOWN
  }

  public JobRecord {
    parameters = List.copyOf(parameters);
  }

  static JobRecord begun(Jobs.Order order, Instant now) {
    return new JobRecord(
        order.workflow(),
        order.step(),
        order.parameters(),
        order.writes(),
        now,
        Optional.empty(),
        State.RUNNING,
        "",
        Changed.NO,
        Optional.empty());
  }

  JobRecord ended(Instant when, State how, String words, Changed what, Optional<PageAddress> made) {
    return new JobRecord(
        workflow, step, parameters, writes, started, Optional.of(when), how, words, what, made);
  }

  /**
   * Ended without a page that could be kept: failed, or unknown when it may have changed something.
   */
  JobRecord broken(Instant when, Refusal why, Changed what) {
    State how = what == Changed.NO ? State.FAILED : State.UNKNOWN;
    return ended(when, how, why.code(), what, Optional.empty());
  }

  /** As it is when the listener died while it ran. */
  JobRecord lost(Instant when) {
    return broken(when, Refusal.JOB_LOST, writes ? Changed.MAYBE : Changed.NO);
  }

  /** The same where its page is not. */
  JobRecord withoutPage() {
    return new JobRecord(
        workflow,
        step,
        parameters,
        writes,
        started,
        ended,
        state,
        outcome,
        changed,
        Optional.empty());
  }

  /** For the audit: {@code done}, {@code failed exit 1}, {@code cancelled}, {@code unknown}. */
  String words() {
    return switch (state) {
      case RUNNING -> "running";
      case DONE -> "done";
      case FAILED -> "failed " + outcome;
      case CANCELLED -> "cancelled";
      case UNKNOWN -> "unknown";
    };
  }
}
