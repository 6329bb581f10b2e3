package org.hitc.session.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The one table, over one connection that one thread uses at a time. The statements are the common
 * part of SQLite's and PostgreSQL's SQL; in what they differ stands in {@link Dialect}, the table
 * itself in the files of {@code migration}.
 */
final class EntryTable implements AutoCloseable {
  private static final String SELECT = "SELECT kind, id, version, owner, expires, body FROM entry ";
  private static final String LIST =
      SELECT + "WHERE kind = ? AND owner = ? ORDER BY expires DESC, id LIMIT ?";
  private static final String SCAN = SELECT + "WHERE kind = ? AND id > ? ORDER BY id LIMIT ?";
  private static final String CREATE =
      "INSERT INTO entry (kind, id, version, owner, expires, body) VALUES (?, ?, 1, ?, ?, ?)"
          + " ON CONFLICT (kind, id) DO NOTHING";
  private static final String REPLACE =
      "UPDATE entry SET version = version + 1, expires = ?, body = ?"
          + " WHERE kind = ? AND id = ? AND version = ?";
  private static final String DELETE =
      "DELETE FROM entry WHERE kind = ? AND id = ? AND version = ?";
  private final Connection connection;
  private final Dialect dialect;
  private final Deadline deadline;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final Map<Integer, Kind> kinds = new HashMap<>();

  /**
   * A table over a connection.
   *
   * @param dialect of the engine at its other end
   * @param deadline of all that is done with this object
   */
  EntryTable(Connection connection, Dialect dialect, Deadline deadline) {
    this.connection = connection;
    this.dialect = dialect;
    this.deadline = deadline;
    for (Kind kind : Kind.values()) {
      kinds.put(kind.number(), kind);
    }
  }

  Map<Key, Entry> read(Collection<Key> keys) throws SQLException {
    String any = String.join(" OR ", keys.stream().map(_ -> "(kind = ? AND id = ?)").toList());
    PreparedStatement select = statement(SELECT + "WHERE " + any);
    int at = 1;
    for (Key key : keys) {
      select.setInt(at++, key.kind().number());
      select.setString(at++, key.id());
    }
    Map<Key, Entry> found = new HashMap<>();
    for (Entry entry : entries(select)) {
      found.put(entry.key(), entry);
    }
    return found;
  }

  List<Entry> list(Kind kind, String owner, int limit) throws SQLException {
    PreparedStatement select = statement(LIST);
    select.setInt(1, kind.number());
    select.setString(2, owner);
    select.setInt(3, limit);
    return entries(select);
  }

  List<Entry> scan(Kind kind, String after, int limit) throws SQLException {
    PreparedStatement select = statement(SCAN);
    select.setInt(1, kind.number());
    select.setString(2, after);
    select.setInt(3, limit);
    return entries(select);
  }

  /** Makes all changes or none, inside a transaction in which others have made theirs. */
  boolean applyAmongOthers(List<Change> changes) throws SQLException {
    if (changes.size() == 1) {
      return apply(changes.getFirst());
    }
    execute("SAVEPOINT before_changes");
    boolean all = apply(changes);
    if (!all) {
      execute("ROLLBACK TO SAVEPOINT before_changes");
    }
    execute("RELEASE SAVEPOINT before_changes");
    return all;
  }

  /**
   * Makes the changes up to the first that does not hold.
   *
   * @return false when one did not hold; whoever began the transaction then has to undo the others
   */
  boolean apply(List<Change> changes) throws SQLException {
    for (Change change : changes) {
      if (!apply(change)) {
        return false;
      }
    }
    return true;
  }

  /** Makes all changes or none, in a transaction of their own. */
  boolean applyAlone(List<Change> changes) throws SQLException {
    // The driver sends the beginning together with the first statement.
    connection.setAutoCommit(false);
    boolean all = apply(changes);
    if (all) {
      connection.commit();
    } else {
      connection.rollback();
    }
    connection.setAutoCommit(true);
    return all;
  }

  int removeExpired(Instant now, int limit) throws SQLException {
    PreparedStatement delete = statement(dialect.removeExpired());
    delete.setLong(1, now.toEpochMilli());
    delete.setInt(2, limit);
    return delete.executeUpdate();
  }

  /** Begins the transaction of the one who writes. */
  void begin() throws SQLException {
    execute(dialect.begin());
  }

  void commit() throws SQLException {
    execute("COMMIT");
  }

  void rollback() throws SQLException {
    execute("ROLLBACK");
  }

  /** To be called after a failure: SQLite's driver cannot use the failed statement again. */
  void forgetStatements() throws SQLException {
    for (PreparedStatement statement : statements.values()) {
      statement.close();
    }
    statements.clear();
  }

  @Override
  public void close() throws SQLException {
    forgetStatements();
    connection.close();
  }

  private boolean apply(Change change) throws SQLException {
    PreparedStatement update =
        switch (change) {
          case Change.Create create -> {
            PreparedStatement insert = statement(CREATE);
            insert.setInt(1, create.key().kind().number());
            insert.setString(2, create.key().id());
            insert.setString(3, create.owner());
            insert.setLong(4, create.expires().toEpochMilli());
            insert.setBytes(5, create.body());
            yield insert;
          }
          case Change.Replace replace -> {
            PreparedStatement set = statement(REPLACE);
            set.setLong(1, replace.expires().toEpochMilli());
            set.setBytes(2, replace.body());
            set.setInt(3, replace.key().kind().number());
            set.setString(4, replace.key().id());
            set.setLong(5, replace.expected());
            yield set;
          }
          case Change.Delete gone -> {
            PreparedStatement delete = statement(DELETE);
            delete.setInt(1, gone.key().kind().number());
            delete.setString(2, gone.key().id());
            delete.setLong(3, gone.expected());
            yield delete;
          }
        };
    return update.executeUpdate() == 1;
  }

  private List<Entry> entries(PreparedStatement select) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        Kind kind = kinds.get(rows.getInt(1));
        if (kind == null) {
          throw new SQLException("an entry of unknown kind " + rows.getInt(1));
        }
        entries.add(
            new Entry(
                new Key(kind, rows.getString(2)),
                rows.getLong(3),
                rows.getString(4),
                Instant.ofEpochMilli(rows.getLong(5)),
                rows.getBytes(6)));
      }
    }
    return entries;
  }

  private void execute(String sql) throws SQLException {
    statement(sql).execute();
  }

  private PreparedStatement statement(String sql) throws SQLException {
    deadline.check();
    PreparedStatement known = statements.get(sql);
    if (known == null) {
      known = connection.prepareStatement(sql);
      statements.put(sql, known);
    }
    return known;
  }
}
