package org.hitc.listener.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.hitc.channel.os.PosixFiles;
import org.hitc.listener.launcher.LauncherProcess.Started;
import org.hitc.listener.launcher.protocol.Answer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("When the launcher")
final class LauncherDiesTest {
  @TempDir private Path temp;
  private LauncherProcess launcher;

  @BeforeEach
  void make() throws Exception {
    Assumptions.assumeTrue(PosixFiles.getuid() == 0, "only root can be a launcher");
    launcher = new LauncherProcess(Files.createDirectory(temp.resolve("launcher")));
    Path program =
        launcher.program("escaper", "setsid sh -c 'setsid sleep 701 & sleep 702' & sleep 703");
    launcher.policy(
        "entries:\n  escaper:\n    program: %s\n    as: [user]\n    users: { all: true }\n"
            .formatted(program));
  }

  @Test
  @DisplayName("151: is killed, everything it started is killed, too")
  void killed() throws Exception {
    dies(() -> launcher.java().destroyForcibly());
  }

  @Test
  @DisplayName("151: is stopped, so is everything it started, and it is written down")
  void stopped() throws Exception {
    dies(() -> {
      ProcessHandle java = launcher.java();
      java.destroy();
      java.onExit().join();
      assertThat(launcher.log()).contains("\"event\":\"stop\"").contains("\"event\":\"end\"");
      assertThat(launcher.folder().resolve("run/run.sock")).doesNotExist();
    });
  }

  private interface Death {
    void come() throws Exception;
  }

  private void dies(Death how) throws Exception {
    try (LauncherProcess ours = launcher) {
      ours.start();
      try (Started run = launcher.start(launcher.grant("anna"), "", "escaper")) {
        assertThat(run.answer()).isInstanceOf(Answer.Started.class);
        LauncherTest.eventually(() -> LauncherProcess.processes(LauncherProcess.ANNA).size() >= 4);
        how.come();
        LauncherTest.eventually(() -> LauncherProcess.processes(LauncherProcess.ANNA).isEmpty());
      }
    }
  }

  @Test
  @DisplayName("149: is given a policy that others could have written, it does not start")
  void unsafe() throws Exception {
    Files.setPosixFilePermissions(launcher.policy(), PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(launcher.run().waitFor()).isEqualTo(1);
    assertThat(launcher.output()).contains("writable by group or others");
  }
}
