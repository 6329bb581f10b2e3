package org.hitc.session.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalInt;

/**
 * Which version the tables have. {@link Migration} brings an older one up to date; whoever opens a
 * store only looks, so that what is always running never changes a table.
 */
final class Schema {
  /** The last of the files in {@code migration}. */
  static final int VERSION = 2;

  /** Flyway's own table, which tells what was made when. */
  static final String HISTORY = "flyway_schema_history";

  /** What to do, for the end of a message. */
  static final String HOW_TO_MIGRATE = "to make it so: hitc store migrate --config FILE";

  private static final String VERSION_OF =
      "SELECT coalesce(max(CAST(version AS INTEGER)), 0) FROM " + HISTORY + " WHERE success";

  private Schema() {}

  /**
   * Checks that the tables are of this program's version.
   *
   * @param name of the store, for people
   * @throws StoreException when they are not, or there are none
   */
  static void requireCurrent(Connection connection, Dialect dialect, String name)
      throws SQLException {
    int found = version(connection, dialect).orElse(0);
    if (found > VERSION) {
      throw newer(name, found);
    }
    if (found < VERSION) {
      throw new StoreException(
          "the store %s %s, this program needs version %d; %s"
              .formatted(
                  name,
                  found == 0 ? "has no version yet" : "has version " + found,
                  VERSION,
                  HOW_TO_MIGRATE));
    }
  }

  static StoreException newer(String name, int version) {
    return new StoreException(
        "the store %s has version %d, this program knows version %d; use a newer program"
            .formatted(name, version, VERSION));
  }

  /** The version; nothing when no migration was ever made. */
  static OptionalInt version(Connection connection, Dialect dialect) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (number(statement, dialect.hasHistory()) == 0) {
        return OptionalInt.empty();
      }
      return OptionalInt.of(number(statement, VERSION_OF));
    }
  }

  static int number(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      if (!row.next()) {
        throw new SQLException("no answer to " + sql);
      }
      return row.getInt(1);
    }
  }
}
