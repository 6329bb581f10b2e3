package org.hitc.session.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hitc.channel.Refusal;
import org.hitc.session.file.PrivateFile;
import org.hitc.session.store.testing.FreshStore;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The embedded store")
class SqliteStoreTest extends StoreContract {
  @TempDir Path folder;

  @Override
  Store open() {
    return FreshStore.open(file());
  }

  private Path file() {
    return folder.resolve("store.db");
  }

  @Test
  void keeps_all_its_files_from_others() throws IOException {
    open().write(Change.create(new Key(Kind.JOB, "1"), "", Entry.NEVER, new byte[1]));
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertThat(all).hasSizeGreaterThan(1);
      for (Path one : all) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
            .as(one.toString())
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void refuses_a_file_that_others_may_touch() throws IOException {
    open().close();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void refuses_the_file_of_a_newer_version() throws SQLException {
    open().close();
    execute("UPDATE flyway_schema_history SET version = '3' WHERE version = '2'");
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.STORE))
        .hasMessageContaining("has version 3, this program knows version 2");
  }

  @Test
  void refuses_a_file_that_is_not_there_or_older_and_says_what_to_do() throws SQLException {
    assertThatThrownBy(() -> SqliteStore.open(folder.resolve("none.db")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("hitc store migrate");
    assertThat(folder.resolve("none.db")).doesNotExist();
    open().close();
    execute("DELETE FROM flyway_schema_history WHERE version = '2'");
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("has version 1, this program needs version 2")
        .hasMessageContaining("hitc store migrate");
  }

  @Test
  void refuses_the_file_of_another_program() throws SQLException {
    open().close();
    execute("PRAGMA application_id = 7");
    assertThatThrownBy(this::open).hasMessageContaining("not a store of this program");
  }

  @Test
  void refuses_a_file_that_is_no_database() throws IOException {
    Files.delete(file());
    Path other = folder.resolve("other.db");
    PrivateFile.create(other, "hello, this is text".repeat(100).getBytes(UTF_8));
    assertThatThrownBy(() -> SqliteStore.open(other))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("other.db");
  }

  @Test
  void refuses_a_name_that_the_driver_would_read_settings_from() {
    assertThatThrownBy(() -> SqliteStore.open(folder.resolve("a?synchronous=OFF")))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void answers_an_error_of_the_engine_with_a_refusal_and_goes_on_afterwards() throws SQLException {
    Key key = new Key(Kind.JOB, "1");
    Change change = Change.create(key, "", Entry.NEVER, new byte[1]);
    try (Store store = open()) {
      execute("ALTER TABLE entry RENAME TO elsewhere");
      assertThatThrownBy(() -> store.read(key)).isInstanceOf(StoreException.class);
      assertThatThrownBy(() -> store.write(change)).isInstanceOf(StoreException.class);
      execute("ALTER TABLE elsewhere RENAME TO entry");
      assertThat(store.write(change)).isTrue();
      assertThat(store.read(key)).isPresent();
    }
  }

  @Test
  void refuses_on_a_full_disk_and_keeps_what_it_had_acknowledged() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=512k,mode=700", "tmpfs", disk.toString()),
        "only root can mount a small disk");
    try {
      List<Key> acknowledged = new ArrayList<>();
      try (Store store = FreshStore.open(disk.resolve("store.db"))) {
        assertThatThrownBy(() -> fill(store, acknowledged))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("FULL");
        for (Key key : acknowledged) {
          assertThat(store.read(key)).isPresent();
        }
      }
      assertThat(acknowledged).isNotEmpty();
      try (Store again = FreshStore.open(disk.resolve("store.db"))) {
        for (Key key : acknowledged) {
          assertThat(again.read(key)).isPresent();
        }
      }
    } finally {
      assertThat(run("umount", disk.toString())).isTrue();
    }
  }

  private static void fill(Store store, List<Key> acknowledged) {
    for (int i = 0; i < 1000; i++) {
      Key key = new Key(Kind.PAGE, "p" + i);
      if (store.write(Change.create(key, "", Entry.NEVER, new byte[4000]))) {
        acknowledged.add(key);
      }
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor() == 0;
  }

  @Override
  void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
