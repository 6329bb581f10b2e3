package org.hitc.workflow.engine;

import java.util.List;
import org.hitc.channel.Refusal;

/** What is to be done. */
public sealed interface Outcome {
  /**
   * Run these programs in order, as {@code a && b && c}: stop at the first exit that is not one of
   * its {@link Invocation#successExit}. Then come back with {@code pending} and the results.
   */
  record Run(List<Invocation> chain, Pending pending) implements Outcome {
    public Run {
      chain = List.copyOf(chain);
    }
  }

  /**
   * A new page.
   *
   * @param changed what the job behind it has changed; {@code NO} when there was none
   */
  record Show(Snapshot page, Changed changed) implements Outcome {}

  /**
   * The submitted form again, with what is wrong in its {@link View.Form#problems}; its offers are
   * those of the page that was submitted.
   */
  record Invalid(Snapshot page) implements Outcome {}

  /**
   * Nothing is done. For what an honest browser does not do; to be audited.
   *
   * @param detail for the log: names, never what was typed
   * @param changed what a job has changed that cannot go on; otherwise {@code NO}
   */
  record Refuse(Refusal why, String detail, Changed changed) implements Outcome {}
}
