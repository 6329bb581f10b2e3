package org.hitc.session.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.hitc.session.file.PrivateFile;

/**
 * The embedded store: one SQLite file with its write-ahead log, durable at each answer ({@code
 * synchronous=FULL}, one fsync a group of writes).
 *
 * <p>Other processes of the same user may have the same file open; they wait for each other up to
 * five seconds. With {@code -Dorg.sqlite.lib.path} the driver takes its native library from there
 * instead of unpacking it.
 */
public final class SqliteStore implements Store {
  private static final int READERS = 2;

  private final Writer writer;
  private final Readers readers;

  private SqliteStore(Writer writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
  }

  /**
   * Opens a store that {@code hitc store migrate} has made or brought up to date.
   *
   * @throws StoreException when there is none, when the file is not safe (see {@link
   *     PrivateFile#check}), not ours, of another version of the program, or cannot be opened
   */
  public static SqliteStore open(Path file) {
    if (file.toString().indexOf('?') >= 0) {
      throw new StoreException(file + ": the driver would take what follows ? for settings");
    }
    List<Connection> opened = new ArrayList<>();
    try {
      requireThere(file);
      PrivateFile.check(file);
      Connection writing = SqliteFile.connect(file);
      opened.add(writing);
      SqliteFile.requireOurs(writing, file);
      Schema.requireCurrent(writing, Dialect.SQLITE, file.toString());
      List<EntryTable> reading = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        Connection connection = SqliteFile.connect(file);
        opened.add(connection);
        reading.add(new EntryTable(connection, Dialect.SQLITE, Deadline.NONE));
      }
      Writer writer = new Writer(new EntryTable(writing, Dialect.SQLITE, Deadline.NONE));
      return new SqliteStore(writer, new Readers(reading));
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
    List<Key> wanted = Bounds.keys(keys);
    return readers.run(table -> table.read(wanted));
  }

  @Override
  public boolean write(List<Change> changes) {
    List<Change> wanted = Bounds.changes(changes);
    return writer.run(table -> table.applyAmongOthers(wanted));
  }

  @Override
  public List<Entry> list(Kind kind, String owner, int limit) {
    Bounds.requireLimit(limit);
    return readers.run(table -> table.list(kind, owner, limit));
  }

  @Override
  public List<Entry> scan(Kind kind, String after, int limit) {
    Bounds.requireLimit(limit);
    return readers.run(table -> table.scan(kind, after, limit));
  }

  @Override
  public int removeExpired(Instant now, int limit) {
    Bounds.requireLimit(limit);
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

  private static void requireThere(Path file) {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new StoreException("there is no store " + file + " yet; " + Schema.HOW_TO_MIGRATE);
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
}
