package org.hitc.listener.authenticator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An operator's command, beside the running authenticator,")
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init") // JUnit calls start before the tests
final class OperatorsTest {
  private static final String PASSWORD = "correct horse battery";

  @TempDir private static Path folder;
  private static RunningAuthenticator running;

  @BeforeAll
  static void start() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    running = new RunningAuthenticator(folder, "# nobody\n");
    running.install();
    assertThat(running.awaitReady()).as(running.log()).isTrue();
  }

  @AfterAll
  static void stop() throws IOException {
    running.close();
  }

  @Test
  void changes_its_users_and_revokes_the_grants_of_those_it_signs_out() throws IOException {
    assertThat(running.hitc(PASSWORD + "\n", "user", "add", "anna")).startsWith("added anna");
    assertThat(running.inWrongHands("sign-in", "anna", PASSWORD)).startsWith("Accepted[");
    assertThat(running.hitc("", "user", "disable", "anna")).isEqualTo("disabled anna");
    assertThat(running.launcher().asked())
        .containsExactly("grant grant anna", "run revoke-user anna");
    assertThat(running.inWrongHands("sign-in", "anna", PASSWORD)).isEqualTo("Denied[]");
    assertThat(Files.getAttribute(running.users(), "unix:uid", LinkOption.NOFOLLOW_LINKS))
        .isEqualTo(RunningAuthenticator.AUTH_SIDE);

    assertThat(running.hitc("", "sessions", "end", "--user", "anna")).isEqualTo("ended: user anna");
    assertThat(running.hitc("", "sessions", "end", "--everybody", "--yes"))
        .isEqualTo("ended: everybody");
    assertThat(running.launcher().asked())
        .endsWith("run revoke-user anna", "run revoke-user anna", "run revoke-all");

    running.launcher().close();
    assertThat(running.hitc("", "sessions", "end", "--user", "anna"))
        .contains("the launcher does not know yet of the end of user anna")
        .endsWith("ended: user anna");
  }
}
