package org.hitc.session.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;
import org.hitc.session.store.testing.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;

/** A writer dies in each of 15 rounds, and in every fifth the whole server dies before it. */
@DisplayName("The store on a server, when its writers and the server are killed with SIGKILL,")
class KilledWriterOnPostgresTest extends KilledWriterContract {
  private static final int EVERY = 5;
  private static Optional<PostgresServer> server = Optional.empty();

  KilledWriterOnPostgresTest() {
    super(15, 1);
  }

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

  @Override
  Store open() {
    server.orElseThrow().begin();
    return PostgresStore.open(server.orElseThrow().settings());
  }

  @Override
  List<String> place() {
    PostgresSettings settings = server.orElseThrow().settings();
    return List.of(Integer.toString(settings.port()), settings.passwordFile().toString());
  }

  @Override
  boolean alsoBeforeTheKill(int round) {
    boolean all = round % EVERY == EVERY - 1;
    if (all) {
      server.orElseThrow().kill();
    }
    return all;
  }
}
