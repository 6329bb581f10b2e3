package org.hitc.listener.program;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/** A job that was started: to wait for, and to cancel. */
public final class RunningJob {
  private final String reference;
  private final CompletableFuture<JobResult> result = new CompletableFuture<>();

  private final ReentrantLock lock = new ReentrantLock();
  private Optional<Child> child = Optional.empty();
  private Optional<FairQueue.Turn> waiting = Optional.empty();
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
      waiting.ifPresent(FairQueue.Turn::close);
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

  /** Stands in the line for a program from now on. */
  void waiting(FairQueue.Turn turn) {
    lock.lock();
    try {
      waiting = Optional.of(turn);
      if (cancelled) {
        turn.close();
      }
    } finally {
      lock.unlock();
    }
  }

  void noneWaiting() {
    lock.lock();
    try {
      waiting = Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * How many jobs get their turn before this one, as things are; nothing when it does not wait for
   * a turn.
   */
  public OptionalInt before() {
    lock.lock();
    try {
      return waiting.map(FairQueue.Turn::before).orElse(OptionalInt.empty());
    } finally {
      lock.unlock();
    }
  }
}
