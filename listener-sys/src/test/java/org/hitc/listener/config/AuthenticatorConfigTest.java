package org.hitc.listener.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.hitc.listener.launcher.SafePath;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("authenticator.yaml")
@DisplayNameGeneration(ReplaceUnderscores.class)
final class AuthenticatorConfigTest {
  private static final String ALL =
      """
      folder: /run/hitc/auth
      auth_side: 61021
      sys_side: 61022
      users: /var/lib/hitc-auth/users
      """;

  @TempDir private Path folder;

  private AuthenticatorConfig load(String text) throws Exception {
    Path file = folder.resolve("authenticator.yaml");
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Users system = new Users();
    return AuthenticatorConfig.load(file, SafePath.ownedByRootOr(system.self()), system);
  }

  @Test
  void says_who_is_who_and_where_everything_is() throws Exception {
    assertThat(load(ALL + "launcher: /run/hitc/launcher"))
        .isEqualTo(
            new AuthenticatorConfig(
                Path.of("/run/hitc/auth"),
                61_021,
                61_022,
                Path.of("/var/lib/hitc-auth/users"),
                Optional.of(Path.of("/run/hitc/launcher")),
                false));
    assertThat(load(ALL).launcher()).isEmpty();
  }

  @Test
  void is_refused_where_it_would_protect_nothing() {
    assertThatThrownBy(() -> load(ALL.replace("61021", "61022")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("SIDES_EQUAL");
    assertThatThrownBy(() -> load(ALL.replace("61021", "0")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("does not run as root");
    assertThatThrownBy(() -> load(ALL + "user: /x")).isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> load(ALL.replace("/var", "var")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("PATH_RELATIVE");
    assertThatThrownBy(() -> load("folder: /run/hitc/auth")).isInstanceOf(ConfigException.class);
  }

  @Test
  void lies_beside_the_configuration_of_its_listener() {
    assertThat(AuthenticatorConfig.beside(Path.of("/etc/hitc/listener.yaml")))
        .isEqualTo(Path.of("/etc/hitc/authenticator.yaml"));
  }
}
