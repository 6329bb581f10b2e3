package org.hitc.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hitc.session.file.PrivateFile;
import org.hitc.session.store.testing.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The store on a PostgreSQL server")
class PostgresStoreTest extends StoreContract {
  private static final Key KEY = new Key(Kind.JOB, "1");
  private static Optional<PostgresServer> server = Optional.empty();

  @BeforeAll
  static void start() {
    Optional<String> missing = PostgresServer.missing();
    missing.ifPresent(why -> System.out.println("skipped: " + why));
    assumeTrue(missing.isEmpty(), missing.orElse(""));
    server = Optional.of(PostgresServer.start());
  }

  @AfterAll
  static void stop() {
    server.ifPresent(PostgresServer::close);
  }

  @BeforeEach
  void empty() {
    server().execute("TRUNCATE entry");
  }

  private static PostgresServer server() {
    return server.orElseThrow();
  }

  @Override
  Store open() {
    return PostgresStore.open(server().settings());
  }

  @Override
  void execute(String sql) {
    server().execute(sql);
  }

  private static Change change(Key key) {
    return Change.create(key, "", Entry.NEVER, new byte[1]);
  }

  @Nested
  class A_server_that_is_away {
    @Test
    void is_refused_in_bounded_time_and_the_store_goes_on_when_it_is_back() {
      try (Store store = open()) {
        assertThat(store.write(change(KEY))).isTrue();
        server().kill();
        try {
          for (int i = 0; i < 3; i++) {
            refusedWithin(Duration.ofSeconds(4), () -> store.read(KEY));
          }
          refusedWithin(Duration.ofSeconds(4), () -> store.write(change(key("2"))));
          refusedWithin(Duration.ofSeconds(6), PostgresStoreTest.this::open);
        } finally {
          server().begin();
        }
        assertAnswersWithin(Duration.ofSeconds(10), store);
        assertThat(store.read(KEY)).isPresent();
        assertThat(store.write(change(key("3")))).isTrue();
      }
    }

    @Test
    void that_does_not_answer_is_refused_in_bounded_time() throws Exception {
      try (Store store = open()) {
        assertThat(store.write(change(KEY))).isTrue();
        server().pause();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
          List<Future<String>> all = new ArrayList<>();
          for (int i = 0; i < 300; i++) {
            all.add(
                threads.submit(() -> refusedWithin(Duration.ofSeconds(14), () -> store.read(KEY))));
          }
          for (Future<String> one : all) {
            one.get();
          }
          // By now it is known not to answer.
          refusedWithin(Duration.ofSeconds(4), () -> store.read(KEY));
        } finally {
          server().goOn();
        }
        assertAnswersWithin(Duration.ofSeconds(10), store);
        assertThat(store.read(KEY)).isPresent();
      }
    }

    private static String refusedWithin(Duration most, Runnable asking) {
      long before = System.nanoTime();
      StoreException refused = catchThrowableOfType(StoreException.class, asking::run);
      assertThat(refused).isNotNull();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(most);
      return String.valueOf(refused.getMessage());
    }

    private static void assertAnswersWithin(Duration most, Store store) {
      long deadline = System.nanoTime() + most.toNanos();
      while (true) {
        try {
          store.read(KEY);
          return;
        } catch (StoreException e) {
          assertThat(System.nanoTime()).as("still: %s", e.getMessage()).isLessThan(deadline);
        }
      }
    }
  }

  @Test
  void a_burst_of_writers_waits_for_its_turn_and_none_is_refused() throws Exception {
    try (Store store = open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        String id = "burst" + i;
        all.add(threads.submit(() -> store.write(change(key(id)))));
      }
      for (Future<Boolean> one : all) {
        assertThat(one.get()).isTrue();
      }
    }
  }

  @Nested
  class Tls_with_verification {
    @Test
    void takes_a_certificate_for_this_host_of_this_authority() {
      PostgresSettings settings = server().verified("localhost", Optional.of(server().authority()));
      try (Store store = PostgresStore.open(settings)) {
        assertThat(store.write(change(KEY))).isTrue();
      }
    }

    @Test
    void refuses_a_certificate_for_another_host() {
      assertThatThrownBy(() ->
              PostgresStore.open(server().verified("127.0.0.1", Optional.of(server().authority()))))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("127.0.0.1");
    }

    @Test
    void refuses_an_authority_that_java_does_not_know() {
      assertThatThrownBy(() -> PostgresStore.open(server().verified("localhost", Optional.empty())))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("SSL error");
    }

    @Test
    void can_be_left_out_on_this_machine_only() {
      PostgresSettings near = server().settings();
      assertThatThrownBy(() ->
              new PostgresSettings(
                  "db.example.org", 5432, "hitc", "hitc", near.passwordFile(), new Tls.Off()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  class Opening {
    @TempDir Path folder;

    @Test
    void refuses_a_wrong_password_without_telling_it() throws IOException {
      Path file = folder.resolve("wrong");
      PrivateFile.create(file, "sesame-open\n".getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> PostgresStore.open(server().settings().as("hitc", file)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("password authentication failed")
          .hasMessageNotContaining("sesame");
    }

    @Test
    void refuses_a_password_that_others_may_read() throws IOException {
      Path file = folder.resolve("open");
      PrivateFile.create(file, "x".getBytes(StandardCharsets.UTF_8));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      assertThatThrownBy(() -> PostgresStore.open(server().settings().as("hitc", file)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("chmod 600");
    }

    @Test
    void refuses_a_database_without_a_store_and_says_what_to_do() {
      server().execute("ALTER TABLE flyway_schema_history RENAME TO elsewhere");
      try {
        assertThatThrownBy(PostgresStoreTest.this::open)
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("hitc store migrate");
      } finally {
        server().execute("ALTER TABLE elsewhere RENAME TO flyway_schema_history");
      }
    }
  }

  @Test
  void the_listeners_role_may_read_and_change_rows_and_nothing_else() {
    server()
        .execute(
            """
            DO $$ BEGIN
              IF has_table_privilege('hitc', 'entry', 'TRUNCATE')
                  OR has_table_privilege('hitc', 'flyway_schema_history', 'UPDATE')
                  OR has_schema_privilege('hitc', 'public', 'CREATE') THEN
                RAISE 'too much is granted';
              END IF;
            END $$\
            """);
  }

  @Test
  void two_who_remove_at_once_do_not_wait_for_each_other() throws Exception {
    server()
        .execute(
            "INSERT INTO entry SELECT 4, 'p' || n, 1, 'v', n, '\\x00'"
                + " FROM generate_series(1, 20000) AS n");
    try (Store one = open();
        Store other = open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> all = new ArrayList<>();
      for (Store store : List.of(one, other)) {
        all.add(
            threads.submit(() -> {
              int sum = 0;
              for (int i = 0; i < 10; i++) {
                sum += store.removeExpired(Instant.EPOCH.plusMillis(20_000), Store.MAX_LIST);
              }
              return sum;
            }));
      }
      assertThat(all.get(0).get() + all.get(1).get()).isEqualTo(20_000);
    }
  }

  private static Key key(String id) {
    return new Key(Kind.JOB, id);
  }
}
