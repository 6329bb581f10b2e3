package org.hitc.session.signin;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The bound on password checks at a time. They run on platform threads of their own: on virtual
 * ones a few would occupy every carrier, and with it all requests, for as long as they take.
 */
final class PasswordChecks {
  /** Checks at a time; each takes 19 MiB and some 30 ms of a core. */
  static final int AT_A_TIME = 2;

  /** Checks that may wait for their turn. */
  static final int MAX_WAITING = 64;

  private static final int WAIT_SECONDS = 5;
  private static final int IDLE_SECONDS = 10;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          AT_A_TIME,
          AT_A_TIME,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MAX_WAITING),
          Thread.ofPlatform().daemon().name("password-check-", 1).factory());

  PasswordChecks() {
    // The threads go when nobody signs in, so there is nothing to close.
    threads.allowCoreThreadTimeOut(true);
  }

  /** Whether this is the password; empty when too many are waiting, or the wait was too long. */
  Optional<Boolean> matches(Argon2Hash hash, String password) {
    return inTurn(() -> hash.matches(password));
  }

  /** What costs as much as a check; empty when too many are waiting, or the wait was too long. */
  <T> Optional<T> inTurn(Callable<T> work) {
    Future<T> answer;
    try {
      answer = threads.submit(work);
    } catch (RejectedExecutionException _) {
      return Optional.empty();
    }
    try {
      return Optional.of(answer.get(WAIT_SECONDS, TimeUnit.SECONDS));
    } catch (TimeoutException _) {
      answer.cancel(false);
      return Optional.empty();
    } catch (InterruptedException _) {
      answer.cancel(false);
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a password could not be checked or hashed", e);
    }
  }
}
