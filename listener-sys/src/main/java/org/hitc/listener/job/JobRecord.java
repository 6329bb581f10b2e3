package org.hitc.listener.job;

import java.time.Instant;

/**
 * What the store keeps of a job.
 *
 * @param workflow name of the workflow
 * @param step name of the step whose page it makes
 * @param writes true when it may change something
 * @param started when it was accepted
 * @param outcome {@link #RUNNING} while it runs, then how it ended; never changed after that
 */
public record JobRecord(
    String workflow, String step, boolean writes, Instant started, String outcome) {
  /** Has not ended; found at a start of the listener, it means that nobody knows. */
  public static final String RUNNING = "running";

  /** All its programs said yes. */
  public static final String DONE = "done";

  /** The listener died while it ran. */
  public static final String UNKNOWN = "unknown";

  JobRecord ended(String how) {
    return new JobRecord(workflow, step, writes, started, how);
  }
}
