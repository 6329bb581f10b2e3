package org.hitc.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.hitc.session.file.PrivateFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A migration")
class MigrationTest {
  /** As version 1 made its tables; these lines never change. */
  private static final List<String> VERSION_1 =
      List.of(
          """
          CREATE TABLE entry (
            kind SMALLINT NOT NULL,
            id VARCHAR(128) NOT NULL,
            version BIGINT NOT NULL,
            owner VARCHAR(128) NOT NULL,
            expires BIGINT NOT NULL,
            body BYTEA NOT NULL,
            PRIMARY KEY (kind, id))\
          """,
          "CREATE INDEX entry_by_owner ON entry (kind, owner, expires)",
          "CREATE INDEX entry_by_expiry ON entry (expires)",
          "PRAGMA application_id = 1751741539",
          "PRAGMA user_version = 1");

  private static final int ENTRIES = 1_000;

  @TempDir Path folder;

  @Test
  void makes_a_store_that_only_its_user_may_touch_and_again_changes_nothing() throws IOException {
    assertThat(Migration.sqlite(file(), "main")).isEqualTo(new Migration(0, 2));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(Migration.sqlite(file(), "main")).isEqualTo(new Migration(2, 2));
    SqliteStore.open(file()).close();
  }

  @Test
  void takes_over_a_store_of_version_1_without_loss() throws Exception {
    makeVersion1();
    assertThatThrownBy(() -> SqliteStore.open(file()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("hitc store migrate");
    assertThat(Migration.sqlite(file(), "east")).isEqualTo(new Migration(1, 2));
    try (Store store = SqliteStore.open(file())) {
      for (int i = 0; i < ENTRIES; i++) {
        Entry entry = store.read(new Key(Kind.SESSION, "s" + i)).orElseThrow();
        assertThat(entry.version()).isEqualTo(i + 1);
        assertThat(entry.owner()).isEqualTo("anna");
        assertThat(entry.expires().toEpochMilli()).isEqualTo(5_000_000_000L + i);
        assertThat(entry.body()).isEqualTo(new byte[] {(byte) i, 0, 1});
      }
      // The mark of a job that ran belongs to the node that was the only one.
      assertThat(store.read(new Key(Kind.JOB, "running.7K3P-2M")).orElseThrow().owner())
          .isEqualTo("*east");
    }
    execute("PRAGMA user_version = 1");
    assertThat(Migration.sqlite(file(), "east"))
        .as("interrupted before it told older programs")
        .isEqualTo(new Migration(2, 2));
  }

  @Test
  void refuses_what_a_newer_program_made_and_leaves_it_alone() throws Exception {
    Migration.sqlite(file(), "main");
    execute("UPDATE flyway_schema_history SET version = '3' WHERE version = '2'");
    byte[] before = Files.readAllBytes(file());
    assertThatThrownBy(() -> Migration.sqlite(file(), "main"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("use a newer program");
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }

  @Test
  void refuses_the_file_of_another_program_and_leaves_it_alone() throws Exception {
    PrivateFile.create(file(), new byte[0]);
    execute("CREATE TABLE entry (id INTEGER)");
    assertThatThrownBy(() -> Migration.sqlite(file(), "main"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("not a store of this program");
    execute("INSERT INTO entry VALUES (1)");
  }

  @Test
  void refuses_a_file_that_others_may_touch() throws Exception {
    makeVersion1();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw----"));
    assertThatThrownBy(() -> Migration.sqlite(file(), "main"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("chmod 600");
  }

  private void makeVersion1() throws Exception {
    PrivateFile.create(file(), new byte[0]);
    for (String sql : VERSION_1) {
      execute(sql);
    }
    try (Connection connection = connect();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)")) {
      connection.setAutoCommit(false);
      for (int i = 0; i < ENTRIES; i++) {
        insert(insert, 1, "s" + i, i + 1, "anna", 5_000_000_000L + i, new byte[] {(byte) i, 0, 1});
      }
      insert(insert, 5, "running.7K3P-2M", 1, "*", Entry.NEVER.toEpochMilli(), new byte[0]);
      connection.commit();
    }
  }

  private static void insert(
      PreparedStatement insert,
      int kind,
      String id,
      long version,
      String owner,
      long expires,
      byte[] body)
      throws SQLException {
    insert.setInt(1, kind);
    insert.setString(2, id);
    insert.setLong(3, version);
    insert.setString(4, owner);
    insert.setLong(5, expires);
    insert.setBytes(6, body);
    insert.executeUpdate();
  }

  private Path file() {
    return folder.resolve("store.db");
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file());
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
