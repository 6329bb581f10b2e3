package org.hitc.listener.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.hitc.channel.os.PosixFiles;
import org.hitc.listener.launcher.LauncherProcess.Started;
import org.hitc.listener.launcher.os.Connection;
import org.hitc.listener.launcher.protocol.Answer;
import org.hitc.listener.launcher.protocol.RunRefusal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a policy can say beside the usual, in front of the real launcher. */
@DisplayName("The policy of a running launcher")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit calls start before the tests
final class LauncherPolicyTest {
  private static final int LOG_BYTES = 64 * 1024;

  private LauncherProcess launcher;
  private Path log;

  @BeforeAll
  void start(@TempDir Path temp) throws Exception {
    Assumptions.assumeTrue(PosixFiles.getuid() == 0, "only root can be a launcher");
    launcher = new LauncherProcess(Files.createDirectory(temp.resolve("launcher")));
    log = launcher.folder().resolve("log");
    run("mount", "-t", "tmpfs", "-o", "mode=0755,size=" + LOG_BYTES, "hitc-test", log.toString());
    Path home = Files.createDirectory(launcher.folder().resolve("home"));
    Files.setAttribute(home, "unix:uid", LauncherProcess.PAYROLL);
    Path pinned = launcher.program("pinned", "echo pinned");
    String digest =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(pinned)));
    Path who = launcher.program("who", "id -u; pwd");
    launcher.policy(
        """
        entries:
          fixed: { program: %1$s, as: [payroll], users: { names: [anna] }, folder: home, allow: [locked, nologin] }
          unfit: { program: %1$s, as: [payroll], users: { all: true } }
          homeless: { program: %1$s, as: [user], users: { all: true }, folder: home }
          pinned: { program: %2$s, sha256: "%3$s", as: [user], users: { all: true } }
          group: { program: %1$s, as: [user], users: { groups: [lists] } }
          number: { program: %1$s, as: [user], users: { uids: 4002-4002 } }
        """
            .formatted(who, pinned, digest));
    launcher.start();
  }

  @AfterAll
  void stop() throws Exception {
    if (launcher != null) {
      launcher.close();
      run("umount", "-l", log.toString());
    }
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private String printed(String grant, String account, String entry) throws Exception {
    try (Started run = launcher.start(grant, account, entry)) {
      assertThat(run.answer()).isInstanceOf(Answer.Started.class);
      return run.output();
    }
  }

  private Optional<RunRefusal> refusal(String grant, String account, String entry)
      throws Exception {
    try (Started run = launcher.start(grant, account, entry)) {
      return run.answer() instanceof Answer.Refused refused
          ? Optional.of(refused.why())
          : Optional.empty();
    }
  }

  @Test
  @DisplayName("125: lets a fixed account run what is said to be allowed to it, in its home")
  void fixedAccount() throws Exception {
    String anna = launcher.grant("anna");

    assertThat(printed(anna, "payroll", "fixed"))
        .isEqualTo(LauncherProcess.PAYROLL + "\n" + launcher.folder().resolve("home") + "\n");
    assertThat(refusal(anna, "payroll", "unfit")).contains(RunRefusal.USER);
    assertThat(refusal(anna, "", "fixed")).contains(RunRefusal.POLICY);
    assertThat(refusal(launcher.grant("bert"), "payroll", "fixed")).contains(RunRefusal.POLICY);
    assertThat(refusal(launcher.grant("payroll"), "", "homeless")).contains(RunRefusal.USER);
  }

  @Test
  @DisplayName("130: counts users by their groups and numbers")
  void audiences() throws Exception {
    String anna = launcher.grant("anna");
    String bert = launcher.grant("bert");

    assertThat(printed(anna, "", "group")).startsWith(LauncherProcess.ANNA + "\n");
    assertThat(refusal(bert, "", "group")).contains(RunRefusal.POLICY);
    assertThat(printed(bert, "", "number")).startsWith(LauncherProcess.BERT + "\n");
    assertThat(refusal(anna, "", "number")).contains(RunRefusal.POLICY);
  }

  @Test
  @DisplayName("129: pins a program to what it was")
  void pinned() throws Exception {
    String anna = launcher.grant("anna");
    assertThat(printed(anna, "", "pinned")).isEqualTo("pinned\n");

    launcher.program("pinned", "echo changed");

    assertThat(refusal(anna, "", "pinned")).contains(RunRefusal.PROGRAM);
    launcher.program("pinned", "echo pinned");
    assertThat(printed(anna, "", "pinned")).isEqualTo("pinned\n");
  }

  @Test
  @DisplayName("147: of a crowd on one socket the other hears nothing, and it passes")
  void crowd() throws Exception {
    String anna = launcher.grant("anna");
    List<Connection> crowd = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        crowd.add(launcher.connect("run.sock", LauncherProcess.SYS));
      }
      assertThat(launcher.grant("bert")).startsWith("bert.");
    } finally {
      crowd.forEach(Connection::close);
    }
    LauncherTest.eventually(() -> {
      try {
        return refusal(anna, "", "group").isEmpty();
      } catch (IllegalStateException | java.io.IOException _) {
        return false;
      }
    });
    assertThat(launcher.log()).contains("\"event\":\"crowded\"");
  }

  @Test
  @DisplayName("168: starts nothing that it cannot write down, and goes on with room again")
  void logFull() throws Exception {
    String anna = launcher.grant("anna");
    Path filler = log.resolve("filler");
    byte[] page = new byte[LOG_BYTES];
    try (var out = Files.newOutputStream(filler)) {
      out.write(page);
    } catch (java.io.IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
    try {
      LauncherTest.eventually(() -> refusal(anna, "", "group").equals(Optional.of(RunRefusal.LOG)));
    } finally {
      Files.delete(filler);
    }
    assertThat(refusal(anna, "", "group")).isEmpty();
    assertThat(Files.getPosixFilePermissions(log.resolve("own")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }
}
