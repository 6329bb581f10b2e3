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
import javax.sql.DataSource;
import org.hitc.session.file.PrivateFile;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The file of an embedded store: how it is made and opened, and how it says that it is ours ({@code
 * application_id}). Its {@code user_version} is for programs from before there was a history of
 * migrations: they look there and refuse a newer store.
 */
final class SqliteFile {
  private static final int BUSY_MILLIS = 5000;

  /**
   * Of each connection, in KiB, when the store is that large: the inner pages of a million
   * sessions, and the leaves that are looked at most.
   */
  private static final int PAGE_CACHE = 16_384;

  /** "hitc". */
  private static final int APPLICATION = 0x68697463;

  private SqliteFile() {}

  /**
   * Makes the file, empty and with mode 0600, when there is none, and checks it.
   *
   * @throws org.hitc.session.file.PrivateFileException when others may touch it
   */
  static void makeOrCheck(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      try {
        PrivateFile.create(file, new byte[0]);
      } catch (FileAlreadyExistsException _) {
        // Another process of ours was faster; the check below says whether it was one of ours.
      }
    }
    PrivateFile.check(file);
  }

  /** Where connections come from, for a tool that opens its own. */
  static DataSource source(Path file) {
    SQLiteDataSource source = new SQLiteDataSource(config());
    source.setUrl(url(file));
    return source;
  }

  static Connection connect(Path file) throws SQLException {
    Connection connection = config().createConnection(url(file));
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

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setCacheSize(-PAGE_CACHE);
    return config;
  }

  private static String url(Path file) {
    return "jdbc:sqlite:" + file.toAbsolutePath();
  }

  /** Marks an empty file as ours, or checks that it is. */
  static void claim(Connection connection, Path file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean empty = Schema.number(statement, "SELECT count(*) FROM sqlite_schema") == 0;
      if (empty && Schema.number(statement, "PRAGMA application_id") == 0) {
        statement.execute("PRAGMA application_id = " + APPLICATION);
      }
    }
    requireOurs(connection, file);
  }

  /**
   * @throws StoreException when another program made the file
   */
  static void requireOurs(Connection connection, Path file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (Schema.number(statement, "PRAGMA application_id") != APPLICATION) {
        throw new StoreException(file + " is not a store of this program");
      }
    }
  }

  /** The version as programs from before the history see it; 0 when there are no tables. */
  static int userVersion(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return Schema.number(statement, "PRAGMA user_version");
    }
  }

  static void setUserVersion(Connection connection, int version) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = " + version);
    }
  }
}
