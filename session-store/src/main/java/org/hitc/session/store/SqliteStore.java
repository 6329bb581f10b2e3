package org.hitc.session.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.hitc.session.file.PrivateFile;
import org.sqlite.SQLiteConfig;

/**
 * The embedded store: one SQLite file with its write-ahead log, durable at each answer ({@code
 * synchronous=FULL}, one fsync a group of writes).
 *
 * <p>Other processes of the same user may have the same file open; they wait for each other up to
 * five seconds. With {@code -Dorg.sqlite.lib.path} the driver takes its native library from there
 * instead of unpacking it.
 */
public final class SqliteStore implements Store {
  private static final int BUSY_MILLIS = 5000;
  private static final int READERS = 2;

  /** Takes the lock at once: a transaction that began by reading might not be let to write. */
  static final String BEGIN = "BEGIN IMMEDIATE";

  private final Writer writer;
  private final Readers readers;

  private SqliteStore(Writer writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
  }

  /**
   * Opens the store, making it with mode 0600 when there is none.
   *
   * @throws StoreException when the file is not safe (see {@link PrivateFile#check}), not ours, of
   *     a newer version of the program, or cannot be opened
   */
  public static SqliteStore open(Path file) {
    if (file.toString().indexOf('?') >= 0) {
      throw new StoreException(file + ": the driver would take what follows ? for settings");
    }
    List<Connection> opened = new ArrayList<>();
    try {
      makeOrCheck(file);
      Connection writing = connect(file);
      opened.add(writing);
      SqliteSchema.prepare(writing, file);
      List<EntryTable> reading = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        Connection connection = connect(file);
        opened.add(connection);
        reading.add(new EntryTable(connection, BEGIN));
      }
      return new SqliteStore(new Writer(new EntryTable(writing, BEGIN)), new Readers(reading));
    } catch (SQLException | IOException e) {
      StoreException failure =
          new StoreException("the store " + file + " cannot be opened: " + e.getMessage(), e);
      closeAll(opened, failure);
      throw failure;
    } catch (StoreException e) {
      closeAll(opened, e);
      throw e;
    }
  }

  @Override
  public Map<Key, Entry> read(Collection<Key> keys) {
    requireBetween(keys.size(), MAX_BATCH, "keys");
    List<Key> wanted = List.copyOf(keys);
    return readers.run(table -> table.read(wanted));
  }

  @Override
  public boolean write(List<Change> changes) {
    requireBetween(changes.size(), MAX_BATCH, "changes");
    if (changes.stream().map(Change::key).distinct().count() != changes.size()) {
      throw new IllegalArgumentException("two changes of one entry");
    }
    List<Change> wanted = List.copyOf(changes);
    return writer.run(table -> table.apply(wanted));
  }

  @Override
  public List<Entry> list(Kind kind, String owner, int limit) {
    requireBetween(limit, MAX_LIST, "limit");
    return readers.run(table -> table.list(kind, owner, limit));
  }

  @Override
  public List<Entry> scan(Kind kind, String after, int limit) {
    requireBetween(limit, MAX_LIST, "limit");
    return readers.run(table -> table.scan(kind, after, limit));
  }

  @Override
  public int removeExpired(Instant now, int limit) {
    requireBetween(limit, MAX_LIST, "limit");
    return writer.run(table -> table.removeExpired(now, limit));
  }

  @Override
  public void close() {
    try {
      readers.close();
    } finally {
      writer.close();
    }
  }

  private static void makeOrCheck(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      try {
        PrivateFile.create(file, new byte[0]);
      } catch (FileAlreadyExistsException _) {
        // Another process of ours was faster; the check below says whether it was one of ours.
      }
    }
    PrivateFile.check(file);
  }

  private static Connection connect(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    try (Statement statement = connection.createStatement()) {
      try (ResultSet mode = statement.executeQuery("PRAGMA journal_mode = WAL")) {
        if (!mode.next() || !mode.getString(1).equals("wal")) {
          throw new SQLException("this file system cannot hold a write-ahead log");
        }
      }
      statement.execute("PRAGMA trusted_schema = OFF");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static void closeAll(List<Connection> opened, StoreException failure) {
    for (Connection connection : opened) {
      try {
        connection.close();
      } catch (SQLException e) {
        failure.addSuppressed(e);
      }
    }
  }

  private static void requireBetween(int number, int most, String what) {
    if (number < 1 || number > most) {
      throw new IllegalArgumentException(what + ": 1 to " + most);
    }
  }
}
