package org.hitc.listener.config;

import java.nio.file.Path;
import java.util.Optional;
import org.hitc.workflow.yaml.YamlMap;
import org.hitc.workflow.yaml.YamlText;

/**
 * How users sign in.
 *
 * @param way who says who somebody is
 * @param rolesFile the file that alone says which roles users have, if there is one
 */
public record SignInConfig(Way way, Optional<Path> rolesFile) {

  /** Who says who somebody is. */
  public sealed interface Way {
    /** The password file of this path. */
    record PasswordFile(Path file) implements Way {}

    /** The registered program of this name. */
    record Program(String name) implements Way {}

    /** The authenticator whose socket is in this folder. */
    record Authenticator(Path folder) implements Way {}
  }

  /** The password file, if users stand in one. */
  public Optional<Path> passwordFile() {
    return way instanceof Way.PasswordFile(Path file) ? Optional.of(file) : Optional.empty();
  }

  /**
   * Reads {@code users}, {@code authenticator} and {@code sign_in}: exactly one of them says who
   * knows the users.
   */
  static SignInConfig read(ConfigFile file, YamlMap map) {
    Optional<YamlMap> signIn = map.map("sign_in");
    signIn.ifPresent(s -> s.only("program", "roles_file"));
    Optional<YamlText> program = signIn.flatMap(s -> s.text("program"));
    Optional<Path> rolesFile = signIn.flatMap(s -> file.path(s, "roles_file"));
    Optional<Path> authenticator = file.path(map, "authenticator");
    if (program.isPresent() && map.has("users")) {
      twice(file, map, "users", "the program of 'sign_in'");
    }
    if (program.isPresent() && map.has("authenticator")) {
      twice(file, map, "authenticator", "the program of 'sign_in'");
    }
    if (map.has("users") && map.has("authenticator")) {
      twice(file, map, "users", "'authenticator', which alone may read the password file");
    }
    if (program.isEmpty() && !map.has("authenticator")) {
      map.require("users");
    }
    Way way =
        program
            .<Way>map(name -> new Way.Program(name.value()))
            .or(() -> authenticator.map(Way.Authenticator::new))
            .orElseGet(() -> new Way.PasswordFile(file.path(map, "users").orElse(Path.of("/"))));
    return new SignInConfig(way, rolesFile);
  }

  private static void twice(ConfigFile file, YamlMap map, String key, String beside) {
    file.problem(
        map.placeOf(key),
        "SIGN_IN_TWICE",
        "'" + key + "' is a second answer to who may sign in, beside " + beside,
        "take one of the two out");
  }
}
