package org.hitc.listener.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.hitc.channel.codec.RequestCodec;
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
    Users users = new Users();
    Path file = temporary.resolve("listener.yaml");
    Files.writeString(
        file,
        """
        instance: test
        root: /srv/hitc
        web_side: 64001
        sys_side: 64002
        group: 64003
        state: /var/lib/hitc
        programs: /etc/hitc/programs.yaml
        workflows: /etc/hitc/workflows
        users: /var/lib/hitc/users
        """
            + more);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    return ListenerConfig.load(file, SafePath.ownedByRootOr(users.self()), users);
  }
}
