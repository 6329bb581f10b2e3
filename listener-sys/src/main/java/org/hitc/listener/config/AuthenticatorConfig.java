package org.hitc.listener.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hitc.listener.launcher.SafePath;
import org.hitc.workflow.yaml.YamlMap;
import org.hitc.workflow.yaml.YamlText;

/**
 * The authenticator's own configuration: {@code authenticator.yaml}, beside {@code listener.yaml}.
 *
 * @param folder where its socket is
 * @param authSide numeric user id of the authenticator, who owns the password file
 * @param sysSide numeric user id of the listener, who alone is answered
 * @param users the password file
 * @param launcher folder of the launcher's sockets; without it nobody gets a grant
 * @param tryOut true when everything runs as one ordinary user
 */
public record AuthenticatorConfig(
    Path folder, int authSide, int sysSide, Path users, Optional<Path> launcher, boolean tryOut) {
  private static final String NAME = "authenticator.yaml";
  private static final int ROOT = 0;

  /** Where the configuration is that belongs to this {@code listener.yaml}. */
  public static Path beside(Path listenerConfig) {
    return listenerConfig.toAbsolutePath().resolveSibling(NAME);
  }

  /**
   * Reads the file.
   *
   * @param trust who may own what is believed
   * @throws ConfigException with all that is wrong
   */
  public static AuthenticatorConfig load(Path path, SafePath trust, Users system)
      throws IOException, ConfigException {
    ConfigFile file = ConfigFile.open(path, trust);
    YamlMap map = file.root();
    map.only("folder", "auth_side", "sys_side", "users", "launcher", "try_out");
    map.require("folder", "auth_side", "sys_side", "users");
    int authSide = user(file, map, "auth_side", system);
    int sysSide = user(file, map, "sys_side", system);
    boolean tryOut = map.bool("try_out").orElse(false);
    if (authSide == ROOT) {
      file.problem(
          map.placeOf("auth_side"),
          "USER_UNKNOWN",
          "the authenticator does not run as root",
          "an ordinary user of its own");
    }
    if (!tryOut && authSide == sysSide && map.has("auth_side")) {
      file.problem(
          map.placeOf("auth_side"),
          "SIDES_EQUAL",
          "auth_side and sys_side are the same user: the listener could read the password file",
          "give each its own, or say try_out: true");
    }
    AuthenticatorConfig config =
        new AuthenticatorConfig(
            file.path(map, "folder").orElse(Path.of("/")),
            authSide,
            sysSide,
            file.path(map, "users").orElse(Path.of("/")),
            file.path(map, "launcher"),
            tryOut);
    file.finish();
    return config;
  }

  private static int user(ConfigFile file, YamlMap map, String key, Users system) {
    return ListenerConfig.id(
        file, map, key, map.text(key).map(YamlText::value).flatMap(system::user));
  }

  /** What is wrong with the password file and where it lies; nothing when all is well. */
  public List<String> unsafe(SafePath trust) throws IOException {
    return trust.secret(users, authSide);
  }

  /** What does not fit the listener's own configuration. */
  public List<String> unlike(ListenerConfig listener, Path folderOfListener) {
    List<String> problems = new ArrayList<>();
    if (sysSide != listener.sysSide()) {
      problems.add("sys_side is another user than in listener.yaml: the listener gets no answer");
    }
    if (!folder.equals(folderOfListener)) {
      problems.add("folder is another one than authenticator in listener.yaml");
    }
    if (!launcher.equals(listener.launcher())) {
      problems.add("launcher is another folder than in listener.yaml, or stands in one of the two");
    }
    return problems;
  }
}
