package org.hitc.listener.job;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.hitc.channel.Refusal;
import org.hitc.workflow.engine.Invocation;

/** A job that waits or runs. Safe for threads. */
final class LiveJob {
  /** Most bytes of one {@link #output}. */
  static final int CHUNK = 64 << 10;

  private final Jobs.Order order;
  private final JobRecord begun;
  private final CompletableFuture<JobRecord> ended = new CompletableFuture<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Printout> printouts = new ArrayList<>();
  private Optional<Execution.Share> share = Optional.empty();
  private boolean cancelled;

  LiveJob(Jobs.Order order, Instant now) {
    this.order = order;
    this.begun = JobRecord.begun(order, now);
  }

  Jobs.Order order() {
    return order;
  }

  String reference() {
    return order.reference();
  }

  String user() {
    return order.user();
  }

  String language() {
    return order.language();
  }

  Optional<String> grant() {
    return order.grant();
  }

  /** As it was accepted. */
  JobRecord begun() {
    return begun;
  }

  CompletableFuture<JobRecord> ended() {
    return ended;
  }

  /**
   * Runs a chain and waits for its end; after a cancellation it is not started.
   *
   * @throws IOException when it could not be run, and nobody knows what of it was
   */
  Jobs.Phase run(Executions executions, List<Invocation> chain) throws IOException {
    if (isCancelled()) {
      return new Jobs.Phase(
          List.of(Execution.stopped(chain.getFirst(), Refusal.JOB_CANCELLED, false)), () -> {});
    }
    Execution.Share begins = executions.begin(this, chain);
    lock.lock();
    try {
      share = Optional.of(begins);
    } finally {
      lock.unlock();
    }
    // Never under the lock: an execution takes it while it holds its own.
    if (isCancelled()) {
      begins.cancel();
    }
    try {
      return new Jobs.Phase(begins.result().join(), begins::close);
    } catch (java.util.concurrent.CompletionException e) {
      begins.close();
      throw new IOException("the job could not be run", e.getCause());
    } finally {
      lock.lock();
      try {
        share = Optional.empty();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Ends what runs; no other program of it is started. */
  void cancel() {
    Optional<Execution.Share> runs;
    lock.lock();
    try {
      cancelled = true;
      runs = share;
    } finally {
      lock.unlock();
    }
    runs.ifPresent(Execution.Share::cancel);
  }

  /** A program begins to print for it. */
  void prints(Printout printout) throws IOException {
    lock.lock();
    try {
      printout.name(reference(), printouts.size() + 1);
      printouts.add(printout);
    } finally {
      lock.unlock();
    }
  }

  /** There is more to see of it. */
  void changed() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void end(JobRecord record) {
    ended.complete(record);
    changed();
  }

  OptionalInt before() {
    Optional<Execution.Share> runs;
    lock.lock();
    try {
      runs = share;
    } finally {
      lock.unlock();
    }
    return runs.map(Execution.Share::before).orElse(OptionalInt.empty());
  }

  /** See {@link JobView#output}. */
  JobView.Live output(long from) throws IOException {
    // First the state: what is printed until a job has ended is there when it is said to have.
    boolean over = ended.isDone();
    List<Printout> all = printed();
    long begin = 0;
    for (Printout printout : all) {
      long end = begin + printout.length();
      if (from < end) {
        long at = Math.max(from, begin);
        byte[] bytes = printout.read(at - begin, CHUNK);
        boolean last = at + bytes.length == end && (over || printout != all.getLast());
        return new JobView.Live(at, bytes, Optional.of(printout.charset()), last);
      }
      begin = end;
    }
    return new JobView.Live(begin, new byte[0], Optional.empty(), over);
  }

  /** See {@link JobView#awaitMore}. */
  boolean awaitMore(long offset, Duration patience) throws InterruptedException {
    long nanos = patience.toNanos();
    lock.lock();
    try {
      while (!ended.isDone() && length() <= offset) {
        if (nanos <= 0) {
          return false;
        }
        nanos = changed.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private long length() {
    return printouts.stream().mapToLong(Printout::length).sum();
  }

  private List<Printout> printed() {
    lock.lock();
    try {
      return List.copyOf(printouts);
    } finally {
      lock.unlock();
    }
  }

  private boolean isCancelled() {
    lock.lock();
    try {
      return cancelled;
    } finally {
      lock.unlock();
    }
  }
}
