package org.hitc.listener;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hitc.listener.job.Jobs;
import org.hitc.listener.job.Printouts;
import org.hitc.listener.visit.Uploads;
import org.hitc.session.store.Expiry;
import org.hitc.session.store.Store;
import org.hitc.session.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what is past its time: once a minute, in small steps and for a few seconds at most, so
 * that nobody waits for it.
 */
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Duration AT_MOST = Duration.ofSeconds(5);
  private static final int FILES = 1000;

  private final Store store;
  private final Jobs jobs;
  private final Printouts printouts;
  private final Uploads uploads;
  private final InstantSource clock;
  private final Duration keep;
  private final CountDownLatch closed = new CountDownLatch(1);

  private Housekeeping(
      Store store,
      Jobs jobs,
      Printouts printouts,
      Uploads uploads,
      InstantSource clock,
      Duration keep) {
    this.store = store;
    this.jobs = jobs;
    this.printouts = printouts;
    this.uploads = uploads;
    this.clock = clock;
    this.keep = keep;
  }

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
      InstantSource clock,
      Duration keep) {
    Housekeeping housekeeping = new Housekeeping(store, jobs, printouts, uploads, clock, keep);
    Thread.ofVirtual().name("housekeeping").start(housekeeping::run);
    return housekeeping;
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void run() {
    try {
      while (!closed.await(EVERY.toSeconds(), TimeUnit.SECONDS)) {
        clean(clock.instant());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void clean(Instant now) throws InterruptedException {
    try {
      int entries = Expiry.remove(store, now, AT_MOST);
      int files =
          printouts.removeBefore(now.minus(keep), FILES, jobs::runs)
              + uploads.removeBefore(now.minus(keep), FILES)
              + printouts.removeBeyond(Printouts.MOST, jobs::runs);
      if (entries + files > 0) {
        LOG.info("removed {} entries and {} files past their time", entries, files);
      }
      int unsettled = jobs.settleUnsettled();
      if (unsettled > 0) {
        LOG.error("the outcomes of {} jobs could still not be stored", unsettled);
      }
    } catch (StoreException | IOException e) {
      LOG.error("what is past its time could not be removed", e);
    }
  }
}
