package org.hitc.session.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How a request's (virtual) thread waits for the store's (platform) threads. */
final class Waiting {
  /** Longest wait for an answer; whoever waits longer refuses. */
  static final long SECONDS = 10;

  private Waiting() {}

  static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new StoreException("the store failed: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new StoreException("the store did not answer within " + SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while waiting for the store", e);
    }
  }
}
