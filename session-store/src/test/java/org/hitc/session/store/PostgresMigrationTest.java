package org.hitc.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.hitc.session.store.testing.PostgresServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A migration on a server")
final class PostgresMigrationTest {
  @Test
  void begins_only_when_no_listener_is_signed_in_any_more() {
    Optional<String> missing = PostgresServer.missing();
    assumeTrue(missing.isEmpty(), missing.orElse(""));
    try (PostgresServer server = PostgresServer.start()) {
      PostgresSettings keeper = server.keeper();
      try (Store store = PostgresStore.open(server.settings())) {
        assertThat(store.list(Kind.JOB, "anna", 1)).isEmpty();
        assertThatThrownBy(() -> Migration.postgres(keeper, "hitc", "main"))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("stop the listeners of all nodes first");
      }
      assertThat(Migration.postgres(keeper, "hitc", "main")).isEqualTo(new Migration(2, 2));
    }
  }
}
