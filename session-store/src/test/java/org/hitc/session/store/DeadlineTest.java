package org.hitc.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The deadline of a call")
final class DeadlineTest {
  @TempDir private Path folder;

  private static Change change(int id) {
    return Change.create(new Key(Kind.JOB, "j" + id), "", Entry.NEVER, new byte[0]);
  }

  @Test
  void is_looked_at_before_each_statement_and_what_was_begun_is_undone() throws Exception {
    Path file = folder.resolve("store.db");
    Migration.sqlite(file, "main");
    AtomicInteger left = new AtomicInteger(2);
    Deadline afterTwo =
        () -> {
          if (left.getAndDecrement() == 0) {
            throw new SQLTimeoutException("over");
          }
        };
    try (Connection connection = SqliteFile.connect(file)) {
      EntryTable table = new EntryTable(connection, Dialect.SQLITE, afterTwo);
      assertThatThrownBy(() -> table.applyAlone(List.of(change(1), change(2), change(3))))
          .isInstanceOf(SQLTimeoutException.class);
      connection.rollback();
    }
    try (SqliteStore store = SqliteStore.open(file)) {
      assertThat(store.read(change(1).key())).isEmpty();
    }
  }

  @Test
  void is_over_after_its_time_and_not_before() throws Exception {
    Deadline.in(Duration.ofHours(1)).check();
    assertThatThrownBy(() -> Deadline.in(Duration.ZERO).check())
        .isInstanceOf(SQLTimeoutException.class)
        .hasMessageContaining("not done within 0 ms");
  }
}
