package org.hitc.session.signin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A password file")
class PasswordFileTakeOverTest {
  private static final NewUser ANNA = new NewUser("anna", "Anna", Optional.of("en"), Set.of());

  @TempDir Path folder;
  private Path file;
  private PasswordFile users;
  private byte[] other;

  @BeforeEach
  void set_up() throws IOException {
    file = folder.resolve("users");
    PasswordFile.create(file);
    users = PasswordFile.open(file, new SecureRandom());
    Path elsewhere = folder.resolve("elsewhere");
    PasswordFile.create(elsewhere);
    PasswordFile.open(elsewhere, new SecureRandom()).add(ANNA, "a password");
    other = Files.readAllBytes(elsewhere);
  }

  @Test
  void in_which_nobody_is_takes_over_another_one() {
    assertThat(users.takeOver(other)).isTrue();

    assertThat(users.find("anna")).isPresent();
  }

  @Test
  void in_which_somebody_is_does_not() {
    users.add(new NewUser("bert", "Bert", Optional.of("en"), Set.of()), "a password");

    assertThat(users.takeOver(other)).isFalse();

    assertThat(users.find("anna")).isEmpty();
    assertThat(users.find("bert")).isPresent();
  }

  @Test
  void takes_over_nothing_that_is_wrong() throws IOException {
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(() -> users.takeOver("anna:nothing\n".getBytes(UTF_8)))
        .isInstanceOf(SignInException.class);

    assertThat(file).hasBinaryContent(before);
  }
}
