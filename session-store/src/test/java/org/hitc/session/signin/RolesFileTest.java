package org.hitc.session.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The roles file")
class RolesFileTest {
  private static final UserEntry ANNA =
      new UserEntry("anna", "Anna", Optional.of("de"), Set.of("admin"), true, "s");
  private static final SignInAnswer ACCEPTED = new SignInAnswer.Accepted(ANNA, "program");
  private static final SignInAnswer DENIED = new SignInAnswer.Denied();
  private static final SignInAnswer ASK =
      new SignInAnswer.Ask(NewPassword.screen(Optional.empty()), "state", false);

  @TempDir Path folder;

  private final ScriptedProvider provider = new ScriptedProvider();
  private Path file = Path.of("");

  @BeforeEach
  void create() {
    file = folder.resolve("roles");
  }

  private RolesFile with(String... lines) throws IOException {
    Files.write(file, List.of(lines));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    return RolesFile.open(provider, file);
  }

  private static SignInAnswer accepted(String... roles) {
    return new SignInAnswer.Accepted(ANNA.withRights(Set.of(roles), true), "program");
  }

  @Test
  void alone_says_which_roles_a_user_has() throws IOException {
    RolesFile roles = with("# ours", "", "anna: fis_user,fis_audit", "ben:admin");
    provider.says(ACCEPTED, ACCEPTED);
    assertThat(roles.signIn("anna", "x")).isEqualTo(accepted("fis_user", "fis_audit"));
    assertThat(roles.answer("anna", "state", Map.of()))
        .isEqualTo(accepted("fis_user", "fis_audit"));
    assertThat(roles.find("anna", Optional.of(ANNA)).orElseThrow().roles())
        .containsExactlyInAnyOrder("fis_user", "fis_audit");
    assertThat(roles.find("anna", Optional.empty())).isEmpty();
  }

  @Test
  void gives_none_to_whom_it_does_not_name() throws IOException {
    RolesFile roles = with("ben: admin", "carl:");
    provider.says(ACCEPTED);
    assertThat(roles.signIn("anna", "x")).isEqualTo(accepted());
    assertThat(roles.find("carl", Optional.of(ANNA)).orElseThrow().roles()).isEmpty();
  }

  @Test
  void disables_a_user_whatever_the_provider_says() throws IOException {
    RolesFile roles = with("anna: !");
    provider.says(ACCEPTED, ASK);
    assertThat(roles.signIn("anna", "x")).isEqualTo(DENIED);
    assertThat(roles.signIn("anna", "x")).isEqualTo(DENIED);
    assertThat(roles.answer("anna", "state", Map.of())).isEqualTo(DENIED);
    assertThat(provider.asked()).as("the same work as for others").hasSize(2);
    assertThat(roles.find("anna", Optional.of(ANNA)).orElseThrow().enabled()).isFalse();
  }

  @Test
  void counts_as_it_stands_now() throws IOException {
    RolesFile roles = with("anna: fis_user");
    Files.writeString(file, "anna:\n");
    assertThat(roles.find("anna", Optional.of(ANNA)).orElseThrow().roles()).isEmpty();
    Files.writeString(file, "anna: !\n");
    assertThat(roles.find("anna", Optional.of(ANNA)).orElseThrow().enabled()).isFalse();
  }

  @Test
  void is_refused_with_everything_that_is_wrong() throws IOException {
    SignInException wrong =
        catchThrowableOfType(
            SignInException.class,
            () ->
                with(
                    "anna fis_user",
                    "Anna: fis_user",
                    "anna: Fis,,b",
                    "ben: x, x",
                    "ben: y",
                    "carl: ! ,a",
                    ": a"));
    assertThat(wrong.problems())
        .extracting(problem -> problem.substring(file.toString().length()))
        .containsExactly(
            ":1: needs user: role, role; a user is of the form [a-z_][a-z0-9_.-]{0,31}",
            ":2: needs user: role, role; a user is of the form [a-z_][a-z0-9_.-]{0,31}",
            ":3: a role is not of the form [a-z][a-z0-9_-]{0,31}",
            ":3: a role is not of the form [a-z][a-z0-9_-]{0,31}",
            ":4: the role x stands there twice",
            ":5: there is a line for ben already",
            ":6: a role is not of the form [a-z][a-z0-9_-]{0,31}",
            ":7: needs user: role, role; a user is of the form [a-z_][a-z0-9_.-]{0,31}");
  }

  @Test
  void is_not_believed_when_others_can_write_it_and_then_nobody_is_known() throws IOException {
    RolesFile roles = with("anna: fis_user");
    for (String mode : List.of("rw-rw-r--", "rw-r--rw-")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      assertThatThrownBy(() -> roles.find("anna", Optional.of(ANNA)))
          .isInstanceOf(SignInException.class)
          .hasMessageContaining("chmod go-w");
      assertThatThrownBy(() -> roles.signIn("anna", "x")).isInstanceOf(SignInException.class);
    }
    assertThat(provider.asked()).isEmpty();
    Path real = Files.move(file, folder.resolve("real"));
    Files.createSymbolicLink(file, real);
    assertThatThrownBy(() -> roles.find("anna", Optional.of(ANNA)))
        .hasMessageContaining("not a regular file");
    Files.delete(file);
    assertThatThrownBy(() -> roles.find("anna", Optional.of(ANNA)))
        .isInstanceOf(SignInException.class);
  }
}
