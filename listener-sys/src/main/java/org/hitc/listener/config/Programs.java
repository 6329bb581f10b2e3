package org.hitc.listener.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hitc.listener.launcher.SafePath;
import org.hitc.workflow.model.Limits;
import org.hitc.workflow.yaml.KnownPrograms;
import org.hitc.workflow.yaml.YamlDocument;

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

  /**
   * The names and limits of a file that nobody runs programs from: neither the file nor what it
   * points to has to be there for real.
   *
   * @throws ConfigException when it cannot be read
   */
  public static KnownPrograms sketch(Path file) throws IOException, ConfigException {
    YamlDocument document = YamlDocument.parse(file.toString(), Files.readAllBytes(file));
    Optional<KnownPrograms> known = document.root().map(ProgramsReader::sketch);
    if (known.isEmpty() || document.problems().hasErrors()) {
      throw ConfigException.wrong(document.problems().all());
    }
    return known.get();
  }

  /** What a definition has to know of them. */
  public KnownPrograms known() {
    Map<String, KnownPrograms.Registration> known = new HashMap<>();
    byName.forEach((name, program) ->
        known.put(
            name,
            new KnownPrograms.Registration(
                new Limits(
                    Optional.of(program.timeout()),
                    Optional.of(program.maxOutput()),
                    Optional.empty()),
                program.runAs())));
    return KnownPrograms.of(known);
  }

  /** All registered names. */
  public Set<String> names() {
    return byName.keySet();
  }
}
