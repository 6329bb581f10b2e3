package org.hitc.listener.authenticator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.hitc.channel.os.PosixFiles;
import org.hitc.listener.grant.FakeLauncher;
import org.hitc.listener.grant.Grants;
import org.hitc.listener.signin.RemoteSignIn;
import org.hitc.listener.socket.Server;
import org.hitc.session.signin.NewUser;
import org.hitc.session.signin.PasswordFile;
import org.hitc.session.signin.SignInAnswer;
import org.hitc.session.signin.SignInException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A listener that asks the authenticator")
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init") // JUnit calls begin before each test
final class RemoteSignInTest {
  private static final String PASSWORD = "correct horse battery";

  @TempDir private Path folder;

  private final SecureRandom random = new SecureRandom();
  private PasswordFile users;
  private RemoteSignIn provider;

  @BeforeEach
  void begin() throws IOException {
    Path file = folder.resolve("users");
    PasswordFile.create(file);
    users = PasswordFile.open(file, random);
    users.add(new NewUser("anna", "Anna", Optional.of("de"), Set.of("fis_user")), PASSWORD);
    provider = new RemoteSignIn(folder);
  }

  private Server authenticator() throws IOException {
    InstantSource clock = InstantSource.system();
    return Server.start(
        folder.resolve("auth.sock"),
        PosixFiles.getuid(),
        new Authenticator(
            users,
            new Brake(clock),
            new SealedState(random, clock),
            Optional.of(Grants.forAuthSide(folder))));
  }

  private static SignInAnswer.Accepted accepted(SignInAnswer answer) {
    assertThat(answer).isInstanceOf(SignInAnswer.Accepted.class);
    return (SignInAnswer.Accepted) answer;
  }

  @Test
  void gets_all_that_the_password_file_knows_and_a_grant() throws IOException {
    int self = PosixFiles.getuid();
    try (FakeLauncher _ = new FakeLauncher(folder, self, self);
        Server _ = authenticator()) {
      SignInAnswer.Accepted anna = accepted(provider.signIn("anna", PASSWORD, true));
      assertThat(anna.user()).isEqualTo(users.find("anna").orElseThrow());
      assertThat(anna.method()).isEqualTo("password");
      assertThat(anna.grant()).contains("grant-of-anna");
      assertThat(provider.find("anna", Optional.empty())).isEqualTo(users.find("anna"));
      assertThat(provider.find("nobody", Optional.empty())).isEmpty();
      assertThat(provider.signIn("anna", "wrong")).isEqualTo(new SignInAnswer.Denied());
    }
  }

  @Test
  void signs_in_without_a_grant_while_the_launcher_is_down() throws IOException {
    try (Server _ = authenticator()) {
      assertThat(accepted(provider.signIn("anna", PASSWORD)).grant()).isEmpty();
    }
  }

  @Test
  void shows_further_screens_whose_answers_count_once_the_password_was_right() throws IOException {
    users.setPassword("anna", PASSWORD, true);
    try (Server _ = authenticator()) {
      SignInAnswer.Ask ask = (SignInAnswer.Ask) provider.signIn("anna", PASSWORD);
      Map<String, String> typed =
          IntStream.range(0, ask.screen().fields().size())
              .mapToObj(i -> ask.screen().fields().get(i).name())
              .collect(
                  java.util.stream.Collectors.toMap(name -> name, _ -> "another long password"));
      assertThat(provider.answer("anna", ask.state().replaceFirst("^.", "x"), typed))
          .isEqualTo(new SignInAnswer.Denied());
      accepted(provider.answer("anna", ask.state(), typed));
      accepted(provider.signIn("anna", "another long password"));
    }
  }

  @Test
  void waits_for_one_that_was_started_again() throws IOException {
    try (Server _ = authenticator()) {
      assertThat(provider.find("anna", Optional.empty())).isPresent();
    }
    assertThatThrownBy(() -> provider.find("anna", Optional.empty()))
        .isInstanceOf(SignInException.class);
    assertThatThrownBy(() -> provider.signIn("anna", PASSWORD)).isInstanceOf(SignInException.class);
    try (Server _ = authenticator()) {
      assertThat(provider.find("anna", Optional.empty())).isPresent();
    }
    try (Server _ = authenticator()) {
      assertThat(provider.find("anna", Optional.empty())).as("over a stale one").isPresent();
    }
  }

  @Test
  void is_told_of_a_user_in_well_under_a_millisecond() throws IOException {
    try (Server _ = authenticator()) {
      long[] nanos = new long[2_000];
      for (int i = 0; i < nanos.length; i++) {
        long begin = System.nanoTime();
        provider.find("anna", Optional.empty());
        nanos[i] = System.nanoTime() - begin;
      }
      long[] sorted = IntStream.range(1_000, 2_000).mapToLong(i -> nanos[i]).sorted().toArray();
      assertThat(sorted[500]).as("median, ns").isLessThan(1_000_000);
    }
  }
}
