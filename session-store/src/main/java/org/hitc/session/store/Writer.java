package org.hitc.session.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that writes. What waits when it begins goes into one transaction (group commit):
 * one fsync serves many requests, and nobody is told yes before it.
 */
final class Writer implements AutoCloseable {
  private static final int MAX_GROUP = 64;
  private static final int MAX_WAITING = 4096;

  private final EntryTable table;
  private final BlockingQueue<Job<?>> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("store-writer").factory());

  Writer(EntryTable table) {
    this.table = table;
  }

  /** The answer of {@code work}, once it is durable. */
  <T> T run(Work<T> work) {
    Job<T> job = new Job<>(work, new CompletableFuture<>());
    if (!waiting.offer(job)) {
      throw new StoreException("more than " + MAX_WAITING + " writes are waiting");
    }
    try {
      thread.execute(this::commitGroup);
    } catch (RejectedExecutionException e) {
      waiting.remove(job);
      throw new StoreException("the store is closed", e);
    }
    return Waiting.await(job.answer());
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(Waiting.SECONDS, TimeUnit.SECONDS)) {
        throw new StoreException("writes did not finish within " + Waiting.SECONDS + " s");
      }
      table.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while closing the store", e);
    } catch (SQLException e) {
      throw new StoreException("the store could not be closed", e);
    }
  }

  private void commitGroup() {
    List<Job<?>> group = new ArrayList<>();
    waiting.drainTo(group, MAX_GROUP);
    // An earlier run may have taken along the job this run was scheduled for.
    if (group.isEmpty()) {
      return;
    }
    try {
      table.begin();
      List<Runnable> answers = new ArrayList<>();
      for (Job<?> job : group) {
        answers.add(job.apply(table));
      }
      table.commit();
      answers.forEach(Runnable::run);
    } catch (SQLException | RuntimeException e) {
      recover(e);
      group.forEach(job -> job.answer().completeExceptionally(e));
    }
  }

  private void recover(Exception why) {
    try {
      table.forgetStatements();
      table.rollback();
    } catch (SQLException e) {
      why.addSuppressed(e);
    }
  }

  private record Job<T>(Work<T> work, CompletableFuture<T> answer) {
    /** Does the work; what it returns tells the one who waits, after the commit. */
    Runnable apply(EntryTable table) throws SQLException {
      T result = work.on(table);
      return () -> answer.complete(result);
    }
  }
}
