package org.hitc.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hitc.it.Product;
import org.hitc.session.store.PostgresSettings;
import org.hitc.session.store.PostgresStore;
import org.hitc.session.store.SqliteStore;
import org.hitc.session.store.testing.PostgresServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("hitc store")
final class StoreCommandTest {
  /** Nobody's number. */
  private static final int SYS_SIDE = 64_711;

  @TempDir private Path folder;
  private Path state;

  private record Said(int exit, String words) {}

  @BeforeEach
  void makeState() throws IOException {
    // The listener's user reads the configuration, too.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    state = Files.createDirectory(folder.resolve("state"));
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
    give(state);
  }

  @Test
  void makes_the_embedded_store_as_a_file_of_the_listeners_user() throws Exception {
    Said first = hitc("migrate", configured(""));
    assertThat(first).isEqualTo(new Said(0, "The store is made, with version 2.\n"));
    Path file = state.resolve("store.db");
    assertThat(Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS))
        .isEqualTo(sysSide());
    try (var files = Files.list(state)) {
      assertThat(files).containsExactlyInAnyOrder(file, state.resolve("listener.lock"));
    }
    assertThat(hitc("migrate", configured("")).words()).contains("version 2 already");
    SqliteStore.open(file).close();
  }

  @Test
  void makes_the_store_on_a_server_with_a_role_of_its_own() throws Exception {
    Optional<String> missing = PostgresServer.missing();
    missing.ifPresent(why -> System.out.println("skipped: " + why));
    assumeTrue(missing.isEmpty(), missing.orElse(""));
    try (PostgresServer server = PostgresServer.start()) {
      server.execute("DROP TABLE entry, flyway_schema_history");
      PostgresSettings settings = server.settings();
      Path password = secret("password", settings.passwordFile());
      give(password);
      Path authority = secret("ca.pem", server.authority());
      Files.setPosixFilePermissions(authority, PosixFilePermissions.fromString("rw-r--r--"));
      Path config =
          configured(
              """
              node: west
              store:
                postgresql:
                  host: localhost
                  port: %d
                  database: hitc
                  user: hitc
                  password_file: %s
                  ca: %s
              """
                  .formatted(settings.port(), password, authority));
      Said without = hitc("migrate", config);
      assertThat(without.exit()).isEqualTo(1);
      assertThat(without.words()).contains("permission denied");
      Path keeper = secret("keeper", settings.passwordFile());
      assertThat(hitc("migrate", config, "--user", "keeper", "--password-file", keeper.toString()))
          .isEqualTo(new Said(0, "The store is made, with version 2.\n"));
      PostgresStore.open(server.verified("localhost", Optional.of(server.authority()))).close();
      Said nothing = hitc("settle", config, "--node", "east", "--yes-it-is-stopped");
      assertThat(nothing).isEqualTo(new Said(0, "0 jobs are settled; no node has running jobs.\n"));
    }
  }

  @Test
  void settles_no_node_that_might_run() throws Exception {
    Said unsure = hitc("settle", configured(""), "--node", "east");
    assertThat(unsure.exit()).isEqualTo(1);
    assertThat(unsure.words()).contains("--yes-it-is-stopped");
    Said own = hitc("settle", configured(""), "--node", "main", "--yes-it-is-stopped");
    assertThat(own.exit()).isEqualTo(1);
    assertThat(own.words()).contains("when it starts");
  }

  private static int sysSide() throws IOException {
    return Product.isReal()
        ? SYS_SIDE
        : (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  private static void give(Path file) throws IOException {
    if (Product.isReal()) {
      Files.setAttribute(file, "unix:uid", SYS_SIDE);
      Files.setAttribute(file, "unix:gid", SYS_SIDE);
    }
  }

  private Path secret(String name, Path from) throws IOException {
    Path file = Files.copy(from, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private Path configured(String more) throws IOException {
    Path file = folder.resolve("listener.yaml");
    Files.writeString(
        file,
        """
        instance: store-test
        root: %1$s/chroot
        web_side: 64710
        sys_side: %2$d
        group: 64712
        state: %3$s
        programs: %1$s/programs.yaml
        workflows: %1$s/workflows
        users: %3$s/users
        """
                .formatted(folder, sysSide(), state)
            + more);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    return file;
  }

  private static Said hitc(String command, Path config, String... more)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("store", command, "--config", config.toString()));
    if (!Product.isReal()) {
      words.add("--try-out");
    }
    words.addAll(List.of(more));
    Process process = new ProcessBuilder(Product.command(words)).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), said);
  }
}
