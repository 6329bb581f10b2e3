package org.hitc.listener.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The programs that workflows may name: {@code programs.yaml}.
 *
 * @param byName each under its registered name
 */
public record Programs(Map<String, Program> byName) {
  public Programs {
    byName = Map.copyOf(byName);
  }

  /**
   * Reads the file and the secrets it points to, and checks every program's file.
   *
   * @param trust who may own what is believed
   * @param reader numeric id of the user who reads secrets
   * @throws ConfigException with all that is wrong
   * @throws IOException when something cannot be read
   */
  public static Programs load(Path file, SafePath trust, int reader)
      throws IOException, ConfigException {
    return ProgramsReader.read(ConfigFile.open(file, trust), reader);
  }

  /** The program of this name. */
  public Optional<Program> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** All registered names. */
  public Set<String> names() {
    return byName.keySet();
  }
}
