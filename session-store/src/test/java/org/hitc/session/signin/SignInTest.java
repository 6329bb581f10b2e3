package org.hitc.session.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.hitc.channel.Refusal;
import org.hitc.session.MutableClock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Signing in")
class SignInTest {
  private static final String HOME = "192.0.2.1";

  @TempDir Path folder;

  private final MutableClock clock = new MutableClock("2026-03-01T08:00:00Z");

  private PasswordFile users() throws IOException {
    Path file = folder.resolve("users");
    PasswordFile.create(file);
    PasswordFile users = PasswordFile.open(file, new SecureRandom());
    users.add(new NewUser("anna", "Anna", Optional.empty(), Set.of()), "correct horse");
    return users;
  }

  @Test
  void names_the_user_and_the_method_or_the_refusal_and_the_wait() throws IOException {
    PasswordFile users = users();
    SignIn signIn = new SignIn(users, new Throttle(clock));
    assertThat(signIn.attempt("anna", "correct horse", HOME))
        .isEqualTo(new SignIn.Outcome.Accepted(users.find("anna").orElseThrow(), "password"));
    for (int i = 0; i < Throttle.FREE_FOR_PAIR; i++) {
      assertThat(signIn.attempt("anna", "wrong", HOME))
          .isEqualTo(new SignIn.Outcome.Refused(Refusal.SIGN_IN, Optional.empty()));
    }
    assertThat(signIn.attempt("anna", "correct horse", HOME))
        .isEqualTo(
            new SignIn.Outcome.Refused(Refusal.SIGN_IN_SLOW, Optional.of(Duration.ofSeconds(1))));
    clock.advance(Duration.ofSeconds(1));
    assertThat(signIn.attempt("anna", "correct horse", HOME))
        .isInstanceOf(SignIn.Outcome.Accepted.class);
  }

  @Test
  void slows_down_for_a_user_that_does_not_exist_all_the_same() throws IOException {
    SignIn signIn = new SignIn(users(), new Throttle(clock));
    for (int i = 0; i < Throttle.FREE_FOR_PAIR; i++) {
      signIn.attempt("nobody", "wrong", HOME);
    }
    assertThat(signIn.attempt("nobody", "wrong", HOME))
        .isEqualTo(
            new SignIn.Outcome.Refused(Refusal.SIGN_IN_SLOW, Optional.of(Duration.ofSeconds(1))));
  }

  @Test
  void counts_no_try_that_the_provider_could_not_answer() throws IOException {
    PasswordFile users = users();
    SignIn signIn = new SignIn(users, new Throttle(clock));
    Path file = folder.resolve("users");
    String right = Files.readString(file);
    Files.writeString(file, "broken");
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> signIn.attempt("anna", "correct horse", HOME))
          .isInstanceOf(SignInException.class);
    }
    Files.writeString(file, right);
    assertThat(signIn.attempt("anna", "correct horse", HOME))
        .isInstanceOf(SignIn.Outcome.Accepted.class);
  }
}
