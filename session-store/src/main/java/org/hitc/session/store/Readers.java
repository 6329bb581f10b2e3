package org.hitc.session.store;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that read, each with a connection of its own. They are platform threads because a
 * native call pins the carrier of a virtual one.
 */
final class Readers implements AutoCloseable {
  private static final int MAX_WAITING = 4096;

  private final BlockingQueue<EntryTable> idle;
  private final ThreadPoolExecutor threads;

  Readers(List<EntryTable> tables) {
    idle = new ArrayBlockingQueue<>(tables.size(), false, tables);
    threads =
        new ThreadPoolExecutor(
            tables.size(),
            tables.size(),
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().name("store-reader-", 1).factory());
  }

  /** The answer of {@code work}. */
  <T> T run(Work<T> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      threads.execute(() -> answer(work, answer));
    } catch (RejectedExecutionException e) {
      throw new StoreException("the store is closed, or too many reads are waiting", e);
    }
    return Waiting.await(answer);
  }

  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(Waiting.SECONDS, TimeUnit.SECONDS)) {
        throw new StoreException("reads did not finish within " + Waiting.SECONDS + " s");
      }
      for (EntryTable table : idle) {
        table.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while closing the store", e);
    } catch (SQLException e) {
      throw new StoreException("the store could not be closed", e);
    }
  }

  private static void recover(EntryTable table, Exception why) {
    try {
      table.forgetStatements();
    } catch (SQLException e) {
      why.addSuppressed(e);
    }
  }

  private <T> void answer(Work<T> work, CompletableFuture<T> answer) {
    // There are as many tables as threads.
    EntryTable table = idle.remove();
    try {
      answer.complete(work.on(table));
    } catch (SQLException | RuntimeException e) {
      recover(table, e);
      answer.completeExceptionally(e);
    } finally {
      idle.add(table);
    }
  }
}
