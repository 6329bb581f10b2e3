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
  }

  /** The password file, if users stand in one. */
  public Optional<Path> passwordFile() {
    return way instanceof Way.PasswordFile(Path file) ? Optional.of(file) : Optional.empty();
  }

  /** Reads {@code users} and {@code sign_in}: exactly one of them says who knows the users. */
  static SignInConfig read(ConfigFile file, YamlMap map) {
    Optional<YamlMap> signIn = map.map("sign_in");
    signIn.ifPresent(s -> s.only("program", "roles_file"));
    Optional<YamlText> program = signIn.flatMap(s -> s.text("program"));
    Optional<Path> rolesFile = signIn.flatMap(s -> file.path(s, "roles_file"));
    if (program.isPresent() && map.has("users")) {
      file.problem(
          map.placeOf("users"),
          "SIGN_IN_TWICE",
          "'users' is a second answer to who may sign in, beside the program of 'sign_in'",
          "take one of the two out");
    }
    if (program.isEmpty()) {
      map.require("users");
    }
    Way way =
        program
            .<Way>map(name -> new Way.Program(name.value()))
            .orElseGet(() -> new Way.PasswordFile(file.path(map, "users").orElse(Path.of("/"))));
    return new SignInConfig(way, rolesFile);
  }
}
