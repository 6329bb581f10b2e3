package org.hitc.listener;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hitc.listener.grant.Revocations;
import org.hitc.listener.job.Jobs;
import org.hitc.listener.job.Printouts;
import org.hitc.listener.visit.Uploads;
import org.hitc.session.store.Expiry;
import org.hitc.session.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be done from time to time: removes what is past its time, in small steps, so that
 * nobody waits for it, and settles what the store could not take. A task that fails is tried again
 * when its time comes, and keeps no other from being done.
 */
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration AT_MOST = Duration.ofSeconds(5);
  private static final int FILES = 1000;

  private final List<Task> tasks;
  private final InstantSource clock;
  private final Duration round;
  private final CountDownLatch closed = new CountDownLatch(1);

  private Housekeeping(List<Task> tasks, InstantSource clock, Duration round) {
    this.tasks = List.copyOf(tasks);
    this.clock = clock;
    this.round = round;
  }

  /** Something to do. */
  @FunctionalInterface
  interface Work {
    void at(Instant now) throws IOException, InterruptedException;
  }

  /**
   * Work of which there is some in every so many rounds.
   *
   * @param words what does not happen when it fails, such as {@code old printouts are not removed}
   * @param everyRounds 1: in each
   */
  record Task(String words, int everyRounds, Work work) {}

  /**
   * Starts it on a thread of its own.
   *
   * @param keep age at which a printout or an uploaded file is removed
   */
  static Housekeeping start(
      Store store,
      Jobs jobs,
      Printouts printouts,
      Uploads uploads,
      Revocations revocations,
      InstantSource clock,
      Duration keep) {
    int minute = 12;
    return start(
        List.of(
            new Task("how jobs ended is not settled", 1, _ -> settle(jobs)),
            new Task("grants that ended are not revoked", 1, _ -> revocations.settle()),
            new Task(
                "expired entries are not removed",
                minute,
                now -> removed("entries", Expiry.remove(store, now, AT_MOST))),
            new Task(
                "old printouts are not removed",
                minute,
                now ->
                    removed(
                        "printouts", printouts.removeBefore(now.minus(keep), FILES, jobs::runs))),
            new Task(
                "old uploads are not removed",
                minute,
                now -> removed("uploads", uploads.removeBefore(now.minus(keep), FILES))),
            new Task(
                "too many printouts are not removed",
                minute,
                _ -> removed("printouts", printouts.removeBeyond(Printouts.MOST, jobs::runs)))),
        clock,
        Duration.ofSeconds(5));
  }

  /** The same with other tasks and rounds. */
  static Housekeeping start(List<Task> tasks, InstantSource clock, Duration round) {
    Housekeeping housekeeping = new Housekeeping(tasks, clock, round);
    Thread.ofVirtual().name("housekeeping").start(housekeeping::run);
    return housekeeping;
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void run() {
    try {
      for (long rounds = 1; !closed.await(round.toMillis(), TimeUnit.MILLISECONDS); rounds++) {
        for (Task task : tasks) {
          if (rounds % task.everyRounds() == 0) {
            run(task);
          }
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** A folder can fail with unchecked exceptions, too (DirectoryIteratorException). */
  private void run(Task task) throws InterruptedException {
    try {
      task.work().at(clock.instant());
    } catch (IOException | RuntimeException e) {
      LOG.error("{}", task.words(), e);
    }
  }

  private static void settle(Jobs jobs) {
    int unsettled = jobs.settleUnsettled();
    if (unsettled > 0) {
      LOG.error("the outcomes of {} jobs could still not be stored", unsettled);
    }
  }

  private static void removed(String what, int count) {
    if (count > 0) {
      LOG.info("removed {} {} past their time", count, what);
    }
  }
}
