package org.hitc.workflow.engine;

import org.hitc.channel.Refusal;

/** How a program ended. */
public sealed interface Ending {
  /** By itself, with this status (0 to 255). */
  record Exited(int status) implements Ending {}

  /** By this signal. */
  record Signalled(int signal) implements Ending {}

  /**
   * The listener ended it or did not start it.
   *
   * @param why one of the {@code JOB_} refusals, or {@code BUSY}
   * @param started it had been started, so it may have done something
   */
  record Stopped(Refusal why, boolean started) implements Ending {}
}
