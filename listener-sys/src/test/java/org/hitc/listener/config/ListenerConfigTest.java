package org.hitc.listener.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.hitc.channel.codec.RequestCodec;
import org.hitc.listener.launcher.SafePath;
import org.hitc.session.store.PostgresSettings;
import org.hitc.session.store.Tls;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code listener.yaml}. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class ListenerConfigTest {
  @TempDir private Path temporary;

  @Test
  void has_limits_where_nothing_is_said() throws Exception {
    assertThat(load("").hole())
        .isEqualTo(
            new ListenerConfig.HoleLimits(
                64, 1_024, RequestCodec.MAX_BYTES, Duration.ofSeconds(30)));
  }

  @Test
  void takes_its_limits() throws Exception {
    assertThat(load("limits: { requests: 7, jobs: 8, request: 64KiB, stall: 9s }").hole())
        .isEqualTo(new ListenerConfig.HoleLimits(7, 8, 64 * 1_024, Duration.ofSeconds(9)));
  }

  @Test
  void refuses_a_request_file_that_the_channel_cannot_carry() {
    assertThatThrownBy(() -> load("limits: { request: 2MiB }"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("at most 1MiB");
  }

  @Test
  void refuses_a_session_s_limit_out_of_range_with_its_place_and_not_at_the_start() {
    for (String limits : new String[] {"idle: 4m", "idle: 6h", "absolute: 4h", "absolute: 200h"}) {
      assertThatThrownBy(() -> load("sessions: { " + limits + " }"))
          .as(limits)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("listener.yaml:10:")
          .hasMessageContaining("from ");
    }
  }

  @Test
  void is_the_only_node_with_an_embedded_store_where_nothing_is_said() throws Exception {
    assertThat(load("").node())
        .isEqualTo(new ListenerConfig.Node("main", Path.of("/var/lib/hitc"), Optional.empty()));
  }

  @Test
  void takes_a_node_its_shared_files_and_a_server() throws Exception {
    Path password = secret("rw-------");
    Path authority = temporary.resolve("ca.pem");
    Files.writeString(authority, "a certificate");
    Files.setPosixFilePermissions(authority, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(
            load("""
            node: east-2
            files: /srv/hitc-files
            store:
              postgresql:
                host: db.example.org
                port: 5433
                database: hitc
                user: hitc_app
                password_file: %s
                ca: %s
            """
                    .formatted(password, authority))
                .node())
        .isEqualTo(
            new ListenerConfig.Node(
                "east-2",
                Path.of("/srv/hitc-files"),
                Optional.of(
                    new PostgresSettings(
                        "db.example.org",
                        5433,
                        "hitc",
                        "hitc_app",
                        password,
                        new Tls.Verify(Optional.of(authority))))));
  }

  @Test
  void lets_tls_off_to_this_machine_only() throws Exception {
    Path password = secret("rw-------");
    String server =
        "node: a\nstore: { postgresql: { host: %s, database: hitc, user: hitc, password_file: %s, tls: off } }";
    assertThat(load(server.formatted("localhost", password)).node().server().orElseThrow().tls())
        .isEqualTo(new Tls.Off());
    assertThatThrownBy(() -> load(server.formatted("db.example.org", password)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("TLS_OFF");
  }

  @Test
  void has_a_name_when_it_shares_a_store() throws Exception {
    assertThatThrownBy(() ->
            load(
                "store: { postgresql: { host: localhost, database: hitc, user: hitc, tls: off,"
                    + " password_file: %s } }".formatted(secret("rw-------"))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'node' is missing");
  }

  @Test
  void refuses_what_is_no_node_no_server_and_no_secret() throws Exception {
    Path open = secret("rw-r--r--");
    String server =
        "store: { postgresql: { host: %s, database: %s, user: hitc, password_file: %s } }";
    for (String wrong :
        new String[] {
          "node: East",
          "node: -east",
          "files: shared",
          "store: { sqlite: {} }",
          "store: {}",
          server.formatted("'db/x?sslmode=disable'", "hitc", open),
          server.formatted("db.example.org", "'hitc?user=x'", open),
          server.formatted("db.example.org", "hitc", open),
          server.formatted("db.example.org", "hitc", temporary.resolve("none")),
        }) {
      assertThatThrownBy(() -> load(wrong))
          .as(wrong)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("listener.yaml:10:");
    }
  }

  private Path secret(String mode) throws Exception {
    Path file = temporary.resolve("password-" + mode);
    Files.writeString(file, "secret");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file;
  }

  @Test
  void knows_users_from_a_file_or_from_a_program_and_not_from_both() throws Exception {
    assertThat(load("").signIn())
        .isEqualTo(
            new SignInConfig(
                new SignInConfig.Way.PasswordFile(Path.of("/var/lib/hitc/users")),
                Optional.empty()));
    assertThat(load("sign_in: { roles_file: /etc/hitc/roles }").signIn().rolesFile())
        .hasValue(Path.of("/etc/hitc/roles"));
    assertThat(loadWithout("users", "sign_in: { program: check }").signIn())
        .isEqualTo(new SignInConfig(new SignInConfig.Way.Program("check"), Optional.empty()));
    assertThat(loadWithout("users", "authenticator: /run/hitc/auth").signIn())
        .isEqualTo(
            new SignInConfig(
                new SignInConfig.Way.Authenticator(Path.of("/run/hitc/auth")), Optional.empty()));
    assertThatThrownBy(() -> load("authenticator: /run/hitc/auth"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("SIGN_IN_TWICE");
    assertThatThrownBy(() -> loadWithout("users", "authenticator: /a\nsign_in: { program: check }"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("SIGN_IN_TWICE");
    assertThatThrownBy(() -> load("sign_in: { program: check }"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("SIGN_IN_TWICE");
    assertThatThrownBy(() -> loadWithout("users", ""))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("users");
    assertThatThrownBy(() -> load("sign_in: { roles_file: roles }"))
        .hasMessageContaining("PATH_RELATIVE");
    assertThatThrownBy(() -> load("sign_in: { roles: /x }")).isInstanceOf(ConfigException.class);
  }

  @Test
  void has_its_audit_log_in_the_state_folder_or_where_it_is_told() throws Exception {
    assertThat(load("").audit())
        .isEqualTo(
            new ListenerConfig.AuditFiles(
                Path.of("/var/lib/hitc/audit.log"), Path.of("/var/lib/hitc/audit.checkpoints")));
    assertThat(load("audit: { log: /a/log, checkpoints: /b/seals }").audit())
        .isEqualTo(new ListenerConfig.AuditFiles(Path.of("/a/log"), Path.of("/b/seals")));
    assertThatThrownBy(() -> load("audit: { log: here }"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("not an absolute path");
    assertThatThrownBy(() -> load("audit: { file: /a/log }")).isInstanceOf(ConfigException.class);
  }

  private ListenerConfig load(String more) throws Exception {
    return loadWithout("nothing", more);
  }

  private ListenerConfig loadWithout(String key, String more) throws Exception {
    Users users = new Users();
    Path file = temporary.resolve("listener.yaml");
    Files.writeString(
        file,
        """
        instance: test
        root: /srv/hitc
        web_side: 64001
        sys_side: %d
        group: 64003
        state: /var/lib/hitc
        programs: /etc/hitc/programs.yaml
        workflows: /etc/hitc/workflows
        users: /var/lib/hitc/users
        """
                .formatted(sysSide(users))
                .replaceAll("(?m)^" + key + ": .*\n", "")
            + more);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    return ListenerConfig.load(file, SafePath.ownedByRootOr(users.self()), users);
  }

  /** Whoever runs the tests owns the secret; for root anybody may be the listener's user. */
  private static int sysSide(Users users) {
    return users.self() == 0 ? 64_002 : users.self();
  }
}
