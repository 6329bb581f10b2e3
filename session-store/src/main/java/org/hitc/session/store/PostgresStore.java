package org.hitc.session.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store of several nodes: one table on a PostgreSQL server, durable at each answer ({@code
 * synchronous_commit=on}).
 *
 * <p>Each write is a transaction of its own on a pooled connection. Changes are made in the order
 * of their keys, so that rows are locked in the same order everywhere. What the server undid to
 * resolve a deadlock is tried again ({@code READ COMMITTED} is enough: a change of a row that
 * somebody else has changed meanwhile does not find its version); after any other failure nobody
 * knows whether a write was made, and its connection is not used again. When the server comes back,
 * so does the store. No statement and no further try begins later than {@value Waiting#SECONDS} s
 * after the call.
 */
public final class PostgresStore implements Store {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresStore.class);

  private static final int CONNECTIONS = 8;
  private static final int KEPT_IDLE = 2;

  /** Work that may wait for a connection; what comes beyond it is refused at once. */
  private static final int MAX_WAITING = 4_096;

  private static final long CONNECTION_MILLIS = 2_500;
  private static final long VALIDATION_MILLIS = 1_000;
  private static final int TRIES = 5;
  private static final int LONGEST_PAUSE_MILLIS = 50;

  /** serialization_failure and deadlock_detected: the server has undone everything. */
  private static final Set<String> UNDONE = Set.of("40001", "40P01");

  private static final Comparator<Change> BY_KEY =
      Comparator.comparingInt((Change c) -> c.key().kind().number())
          .thenComparing(c -> c.key().id());

  private final HikariDataSource pool;
  private final Semaphore places = new Semaphore(CONNECTIONS + MAX_WAITING, true);
  private volatile boolean closed;

  private PostgresStore(HikariDataSource pool) {
    this.pool = pool;
  }

  /**
   * Opens a store that {@code hitc store migrate} has made or brought up to date.
   *
   * @throws StoreException when the server cannot be reached or does not keep what it says it
   *     keeps, when it holds no store, or one of another version of the program
   */
  public static PostgresStore open(PostgresSettings settings) {
    try {
      HikariConfig config = new HikariConfig();
      config.setDataSource(PostgresConnections.of(settings));
      config.setPoolName("store");
      config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
      config.setMaximumPoolSize(CONNECTIONS);
      config.setMinimumIdle(KEPT_IDLE);
      config.setConnectionTimeout(CONNECTION_MILLIS);
      config.setValidationTimeout(VALIDATION_MILLIS);
      // The first connection is asked for below, where what is wrong with it can be told.
      config.setInitializationFailTimeout(-1);
      PostgresStore store = new PostgresStore(new HikariDataSource(config));
      try {
        store.check(settings);
        return store;
      } catch (StoreException | SQLException e) {
        store.pool.close();
        throw e;
      }
    } catch (SQLException | IOException e) {
      throw new StoreException(
          "the store %s cannot be opened: %s".formatted(settings.name(), reason(e)), e);
    }
  }

  @Override
  public Map<Key, Entry> read(Collection<Key> keys) {
    List<Key> wanted = Bounds.keys(keys);
    return run(table -> table.read(wanted));
  }

  @Override
  public boolean write(List<Change> changes) {
    List<Change> ordered = Bounds.changes(changes).stream().sorted(BY_KEY).toList();
    return run(
        ordered.size() == 1
            ? (Work<Boolean>) table -> table.apply(ordered)
            : table -> table.applyAlone(ordered));
  }

  @Override
  public List<Entry> list(Kind kind, String owner, int limit) {
    Bounds.requireLimit(limit);
    return run(table -> table.list(kind, owner, limit));
  }

  @Override
  public List<Entry> scan(Kind kind, String after, int limit) {
    Bounds.requireLimit(limit);
    return run(table -> table.scan(kind, after, limit));
  }

  @Override
  public int removeExpired(Instant now, int limit) {
    Bounds.requireLimit(limit);
    return run(table -> table.removeExpired(now, limit));
  }

  @Override
  public void close() {
    closed = true;
    try {
      if (!places.tryAcquire(CONNECTIONS + MAX_WAITING, Waiting.SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the store is closed while it still works");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      pool.close();
    }
  }

  /** What no later error would tell: a server that would forget what it has acknowledged. */
  private void check(PostgresSettings settings) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      require(statement, "fsync", "on", settings);
      require(statement, "synchronous_commit", "on", settings);
      require(statement, "server_encoding", "UTF8", settings);
      Schema.requireCurrent(connection, Dialect.POSTGRESQL, settings.name());
    }
  }

  private static void require(
      Statement statement, String setting, String wanted, PostgresSettings settings)
      throws SQLException {
    try (ResultSet row = statement.executeQuery("SHOW " + setting)) {
      if (!row.next() || !row.getString(1).equals(wanted)) {
        throw new StoreException(
            "the server of %s must have %s = %s".formatted(settings.name(), setting, wanted));
      }
    }
  }

  private <T> T run(Work<T> work) {
    if (closed) {
      throw new StoreException("the store is closed");
    }
    if (!places.tryAcquire()) {
      throw new StoreException("more than " + MAX_WAITING + " wait for the store");
    }
    try {
      return untilNotUndone(work);
    } catch (SQLException e) {
      throw new StoreException("the store failed: " + reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while waiting for the store", e);
    } finally {
      places.release();
    }
  }

  private <T> T untilNotUndone(Work<T> work) throws SQLException, InterruptedException {
    Deadline deadline = Deadline.in(Duration.ofSeconds(Waiting.SECONDS));
    for (int tries = 1; ; tries++) {
      deadline.check();
      try {
        return once(work, deadline);
      } catch (SQLException e) {
        if (tries == TRIES || !UNDONE.contains(String.valueOf(e.getSQLState()))) {
          throw e;
        }
      }
      TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS));
    }
  }

  private <T> T once(Work<T> work, Deadline deadline) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      try {
        return work.on(new EntryTable(connection, Dialect.POSTGRESQL, deadline));
      } catch (SQLException | RuntimeException e) {
        pool.evictConnection(connection);
        throw e;
      }
    }
  }

  /** The driver's or the pool's words, and below them the server's; never a password. */
  private static String reason(Exception e) {
    Throwable cause = e.getCause();
    return cause == null
            || String.valueOf(e.getMessage()).contains(String.valueOf(cause.getMessage()))
        ? String.valueOf(e.getMessage())
        : e.getMessage() + ": " + cause.getMessage();
  }
}
