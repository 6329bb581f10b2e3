package org.hitc.listener.authenticator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hitc.listener.signin.RemoteSignIn;
import org.hitc.session.signin.NewUser;
import org.hitc.session.signin.PasswordFile;
import org.hitc.session.signin.SignInAnswer;
import org.hitc.session.signin.SignInException;
import org.hitc.session.signin.UserEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A listener in wrong hands, in front of the running authenticator,")
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init") // JUnit calls start before the tests
final class WrongHandsTest {
  private static final String PASSWORD = "correct horse battery";

  @TempDir private static Path folder;
  private static RunningAuthenticator running;

  @BeforeAll
  static void start() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path users = folder.resolve("users");
    PasswordFile.create(users);
    PasswordFile file = PasswordFile.open(users, new SecureRandom());
    for (String name :
        new String[] {"anna", "bert", "carl", "dora", "emil", "nologin", "dot.ted"}) {
      file.add(new NewUser(name, name, Optional.empty(), Set.of("fis_user")), PASSWORD);
    }
    file.setPassword("carl", PASSWORD, true);
    file.giveSecondFactor("dora");
    file.setEnabled("bert", false);
    running = new RunningAuthenticator(folder, Files.readString(users));
    assertThat(running.awaitReady()).as(running.log()).isTrue();
  }

  @AfterAll
  static void stop() throws IOException {
    running.close();
  }

  @Test
  void gets_a_grant_for_who_typed_the_right_password_and_for_nobody_else() throws IOException {
    assertThat(running.inWrongHands("sign-in", "anna", PASSWORD)).startsWith("Accepted[");
    assertThat(running.launcher().asked()).contains("grant grant anna");
    assertThat(running.inWrongHands("sign-in", "anna", "wrong")).isEqualTo("Denied[]");
    assertThat(running.inWrongHands("sign-in", "bert", PASSWORD)).isEqualTo("Denied[]");
    assertThat(running.inWrongHands("sign-in", "nobody", PASSWORD)).isEqualTo("Denied[]");
    assertThat(running.launcher().asked()).doesNotContain("grant grant bert");
  }

  @Test
  void cannot_read_the_passwords() throws IOException {
    assumeTrue(RunningAuthenticator.ROOT, "users of their own need root");
    assertThat(running.inWrongHands("read", running.users().toString()))
        .isEqualTo("AccessDeniedException");
  }

  @Test
  void cannot_write_what_only_the_authenticator_says_after_a_right_password() throws IOException {
    for (String user : new String[] {"carl", "dora"}) {
      assertThat(running.inWrongHands("forge", user))
          .startsWith("Denied[] Denied[] Found[")
          .doesNotContain("argon2");
    }
    assertThat(running.inWrongHands("sign-in", "carl", PASSWORD)).startsWith("Further[");
    assertThat(running.launcher().asked()).doesNotContain("grant grant carl", "grant grant dora");
  }

  @Test
  void gets_no_grant_from_the_launcher_itself() throws IOException {
    assumeTrue(RunningAuthenticator.ROOT, "users of their own need root");
    assertThat(running.inWrongHands("take", "anna")).isEqualTo("no grant");
  }

  @Test
  void is_the_only_one_who_is_answered() throws IOException {
    assumeTrue(RunningAuthenticator.ROOT, "users of their own need root");
    assertThat(running.byStranger("sign-in", "anna", PASSWORD)).doesNotContain("Accepted[");
  }

  @Test
  void cannot_guess_without_end_and_keeps_nobody_else_out() throws IOException {
    // Two counts of 100, and what becomes free meanwhile.
    String guessed = running.inWrongHands("guess", "300");
    assertThat(guessed).matches("looked at 20[0-9]");
    assertThat(running.inWrongHands("sign-in", "carl", PASSWORD)).startsWith("Further[");
    assertThat(running.log()).contains("too many wrong tries for emil");
  }

  @Test
  void says_nothing_of_passwords_and_grants_in_its_log() throws IOException {
    running.inWrongHands("sign-in", "dot.ted", PASSWORD);
    running.inWrongHands("sign-in", "nologin", PASSWORD);
    assertThat(running.log())
        .contains("dot.ted has signed in")
        .contains("nologin signs in without a grant: E-RUN-USER")
        .doesNotContain(PASSWORD)
        .doesNotContain("grant-of");
  }

  @Test
  void reaches_no_authenticator_that_is_not_there() {
    RemoteSignIn provider = new RemoteSignIn(folder.resolve("nowhere"));
    assertThatThrownBy(() -> provider.find("anna", Optional.empty()))
        .isInstanceOf(SignInException.class)
        .hasMessageContaining("does not answer");
    assertThatThrownBy(() -> provider.answer("anna", "", Map.of()))
        .isInstanceOf(SignInException.class);
    assertThatThrownBy(() -> provider.signIn("anna", PASSWORD)).isInstanceOf(SignInException.class);
    assertThat(new SignInAnswer.Accepted(entry(), "password", Optional.of("g-1")).toString())
        .doesNotContain("g-1");
  }

  private static UserEntry entry() {
    return new UserEntry("anna", "Anna", Optional.empty(), Set.of(), true, "s");
  }
}
