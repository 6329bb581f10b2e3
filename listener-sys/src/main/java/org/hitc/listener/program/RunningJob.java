package org.hitc.listener.program;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** A job that was started: to wait for, and to cancel. */
public final class RunningJob {
  private final String reference;
  private final CompletableFuture<JobResult> result = new CompletableFuture<>();

  private final ReentrantLock lock = new ReentrantLock();
  private Optional<Child> child = Optional.empty();
  private Optional<Thread> waiting = Optional.empty();
  private boolean cancelled;

  RunningJob(String reference) {
    this.reference = reference;
  }

  /** Such as {@code 7K3P-2M}. */
  public String reference() {
    return reference;
  }

  /**
   * Completed when the job has ended; exceptionally only when the observer threw or the system
   * failed in a way that no program can cause.
   */
  public CompletableFuture<JobResult> result() {
    return result;
  }

  /** Kills what runs; nothing more of the chain is started. Returns at once. */
  public void cancel() {
    lock.lock();
    try {
      cancelled = true;
      child.ifPresent(Child::kill);
      waiting.ifPresent(Thread::interrupt);
    } finally {
      lock.unlock();
    }
  }

  boolean cancelled() {
    lock.lock();
    try {
      return cancelled;
    } finally {
      lock.unlock();
    }
  }

  void running(Child started) {
    lock.lock();
    try {
      child = Optional.of(started);
      if (cancelled) {
        started.kill();
      }
    } finally {
      lock.unlock();
    }
  }

  void noneRunning() {
    lock.lock();
    try {
      child = Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** False when the job was cancelled, or the turn did not come in time. */
  boolean awaitTurn(Semaphore queue, Duration patience) {
    if (!mayWait()) {
      return false;
    }
    boolean acquired = false;
    try {
      acquired = queue.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      // Only cancel() interrupts, and only here.
    }
    if (stillWanted()) {
      return acquired;
    }
    if (acquired) {
      queue.release();
    }
    return false;
  }

  private boolean mayWait() {
    lock.lock();
    try {
      waiting = cancelled ? Optional.empty() : Optional.of(Thread.currentThread());
      return !cancelled;
    } finally {
      lock.unlock();
    }
  }

  private boolean stillWanted() {
    lock.lock();
    try {
      waiting = Optional.empty();
      // An interrupt that came too late for the wait must not reach what follows.
      Thread.interrupted();
      return !cancelled;
    } finally {
      lock.unlock();
    }
  }
}
