package org.hitc.gateway.http;

import java.util.concurrent.Semaphore;

/** So many bytes of memory for something that many requests do at the same time. */
final class Budget {

  private final Semaphore left;

  Budget(int bytes) {
    this.left = new Semaphore(bytes);
  }

  /** Takes a share that can grow and is given back once. */
  Share open() {
    return new Share();
  }

  /** Bytes that nobody has. */
  int left() {
    return left.availablePermits();
  }

  /** What one request has of the budget. Not for use by several threads at once. */
  final class Share implements AutoCloseable {
    private int taken;

    /** Takes more; false when there is not so much left. Never waits. */
    boolean take(int bytes) {
      boolean got = left.tryAcquire(bytes);
      taken += got ? bytes : 0;
      return got;
    }

    @Override
    public void close() {
      left.release(taken);
      taken = 0;
    }
  }
}
