package org.hitc.session.store;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Removes what is past its time in steps of {@link Store#MAX_LIST}, with a pause between them in
 * which others write.
 */
public final class Expiry {
  private static final long PAUSE_MILLIS = 10;

  private Expiry() {}

  /**
   * Removes until there is nothing more to remove or the time is over; one step in any case.
   *
   * @return how many entries were removed
   * @throws StoreException when the store cannot answer; what was removed before stays so
   */
  public static int remove(Store store, Instant now, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    int all = 0;
    while (true) {
      int step = store.removeExpired(now, Store.MAX_LIST);
      all += step;
      if (step < Store.MAX_LIST || System.nanoTime() >= deadline) {
        return all;
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }
}
