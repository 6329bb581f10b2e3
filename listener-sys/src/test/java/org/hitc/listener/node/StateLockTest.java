package org.hitc.listener.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.hitc.listener.audit.AuditLog;
import org.hitc.listener.audit.OpenJobs;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The lock of a state folder")
final class StateLockTest {
  @TempDir private Path state;

  /** What another process gets: util-linux's command takes the same kind of lock. */
  private static boolean anotherProcessGets(Path file) throws Exception {
    return new ProcessBuilder("/usr/bin/flock", "--nonblock", file.toString(), "true")
            .inheritIO()
            .start()
            .waitFor()
        == 0;
  }

  @Test
  void is_had_by_one_process_until_it_lets_go() throws Exception {
    Path file = state.resolve(StateLock.FILE);
    try (StateLock _ = StateLock.take(state)) {
      assertThat(anotherProcessGets(file)).isFalse();
      assertThat(StateLock.tryTake(state)).isEmpty();
      assertThatThrownBy(() -> StateLock.take(state))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("stop it first");
    }
    assertThat(anotherProcessGets(file)).isTrue();
    assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0100600);
  }

  @Test
  void is_kept_when_somebody_reads_its_file() throws Exception {
    Path file = state.resolve(StateLock.FILE);
    try (StateLock _ = StateLock.take(state)) {
      assertThat(Files.readAllBytes(file)).isEmpty();
      assertThat(anotherProcessGets(file)).isFalse();
    }
  }

  @Test
  void has_its_like_on_the_audit_log_which_is_kept_while_the_log_is_read() throws Exception {
    Path file = state.resolve("audit.log");
    try (AuditLog _ = AuditLog.open(file, InstantSource.system())) {
      assertThat(OpenJobs.in(file)).isEmpty();
      assertThat(anotherProcessGets(file)).isFalse();
      assertThatThrownBy(() -> AuditLog.open(file, InstantSource.system()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use already");
    }
    assertThat(anotherProcessGets(file)).isTrue();
  }
}
