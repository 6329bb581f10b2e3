package org.hitc.session.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Makes the tables of a store and brings older ones up to date, by Flyway and the files in {@code
 * migration}, which serve both engines. For the {@code hitc} command: the listener only compares
 * versions ({@link Schema}) and does not have Flyway.
 *
 * @param before the version that was found; 0: there was nothing
 * @param after the version it has now
 */
public record Migration(int before, int after) {
  /** Connections that were just closed are seen for a moment. */
  private static final Duration ENDING = Duration.ofSeconds(2);

  private static final Duration LOOK = Duration.ofMillis(50);
  private static final String FILES = "classpath:org/hitc/session/store/migration";

  /**
   * Makes the file of an embedded store when there is none, and brings it up to date.
   *
   * @param node name of the node that this store has served until now
   * @throws StoreException when it is not ours, newer than this program, or cannot be changed; then
   *     it is as it was
   */
  public static Migration sqlite(Path file, String node) {
    try {
      SqliteFile.makeOrCheck(file);
      try (Connection connection = SqliteFile.connect(file)) {
        SqliteFile.claim(connection, file);
        int told = SqliteFile.userVersion(connection);
        int before = Schema.version(connection, Dialect.SQLITE).orElse(told);
        requireNotNewer(file.toString(), Math.max(before, told));
        int after = migrate(SqliteFile.source(file), Dialect.SQLITE, before, node);
        SqliteFile.setUserVersion(connection, after);
        return new Migration(before, after);
      }
    } catch (SQLException | IOException | FlywayException e) {
      throw failed(file.toString(), e);
    }
  }

  /**
   * The same on a server, while no listener is signed in there.
   *
   * @param settings with a role that may make tables in the schema {@code public}
   * @param listener the role of the listeners: is allowed to read and change rows, and nothing else
   */
  public static Migration postgres(PostgresSettings settings, String listener, String node) {
    try {
      DataSource source = PostgresConnections.forMigration(settings);
      int before;
      try (Connection connection = source.getConnection()) {
        before = Schema.version(connection, Dialect.POSTGRESQL).orElse(0);
        requireNotNewer(settings.name(), before);
        requireNoListener(connection, settings.name(), listener);
      }
      int after = migrate(source, Dialect.POSTGRESQL, before, node);
      if (!listener.equals(settings.user())) {
        try (Connection connection = source.getConnection()) {
          grant(connection, "SELECT, INSERT, UPDATE, DELETE ON entry", listener);
          grant(connection, "SELECT ON " + Schema.HISTORY, listener);
        }
      }
      return new Migration(before, after);
    } catch (SQLException | IOException | FlywayException e) {
      throw failed(settings.name(), e);
    }
  }

  /** Every role may see who is signed in; what they do is not asked for. */
  private static void requireNoListener(Connection connection, String name, String listener)
      throws SQLException {
    long deadline = System.nanoTime() + ENDING.toNanos();
    while (others(connection, listener) > 0) {
      if (System.nanoTime() - deadline >= 0) {
        throw new StoreException(
            "role %s is signed in at %s: stop the listeners of all nodes first"
                .formatted(listener, name));
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private static int others(Connection connection, String listener) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT count(*) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND usename = ? AND pid <> pg_backend_pid()")) {
      select.setString(1, listener);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("no answer to count(*)");
        }
        return row.getInt(1);
      }
    }
  }

  private static void requireNotNewer(String name, int version) {
    if (version > Schema.VERSION) {
      throw Schema.newer(name, version);
    }
  }

  private static int migrate(DataSource source, Dialect dialect, int before, String node)
      throws SQLException {
    Flyway.configure(Migration.class.getClassLoader())
        .dataSource(source)
        .locations(FILES)
        .table(Schema.HISTORY)
        .placeholders(Map.of("bytewise", dialect.bytewise(), "node", node))
        // What has tables and no history was made by a program from before there was one.
        .baselineOnMigrate(before > 0)
        .baselineVersion(Integer.toString(Math.max(before, 1)))
        .loggers("slf4j")
        .load()
        .migrate();
    try (Connection connection = source.getConnection()) {
      return Schema.version(connection, dialect).orElseThrow();
    }
  }

  private static void grant(Connection connection, String what, String role) throws SQLException {
    String sql;
    try (PreparedStatement quoting =
        connection.prepareStatement("SELECT format('GRANT %s TO %I', ?::text, ?::text)")) {
      quoting.setString(1, what);
      quoting.setString(2, role);
      try (ResultSet row = quoting.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("no answer to format()");
        }
        sql = row.getString(1);
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static StoreException failed(String name, Exception why) {
    return new StoreException(
        "the store " + name + " cannot be brought up to date: " + why.getMessage(), why);
  }
}
