package org.hitc.session.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Which program a SQLite file belongs to, and which version of its tables: {@code application_id}
 * and {@code user_version}. An older version is brought up by the steps that follow it; a newer one
 * is refused, so that going back never reads what it cannot understand.
 */
final class SqliteSchema {
  /** "hitc". */
  static final int APPLICATION = 0x68697463;

  static final int VERSION = 1;

  private SqliteSchema() {}

  /** Makes the tables in an empty file, or checks that the file is ours; one transaction. */
  static void prepare(Connection connection, Path file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(SqliteStore.BEGIN);
      int version = number(statement, "PRAGMA user_version");
      int application = number(statement, "PRAGMA application_id");
      boolean empty = number(statement, "SELECT count(*) FROM sqlite_schema") == 0;
      if (empty && version == 0 && application == 0) {
        for (String sql : EntryTable.SCHEMA) {
          statement.execute(sql);
        }
        statement.execute("PRAGMA application_id = " + APPLICATION);
        statement.execute("PRAGMA user_version = " + VERSION);
      } else if (application != APPLICATION) {
        throw new StoreException(file + " is not a store of this program");
      } else if (version != VERSION) {
        throw new StoreException(
            "%s has version %d, this program knows version %d".formatted(file, version, VERSION));
      }
      statement.execute("COMMIT");
    }
  }

  private static int number(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      if (!row.next()) {
        throw new SQLException("no answer to " + sql);
      }
      return row.getInt(1);
    }
  }
}
