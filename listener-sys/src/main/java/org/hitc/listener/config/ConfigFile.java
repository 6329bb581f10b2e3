package org.hitc.listener.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hitc.listener.launcher.SafePath;
import org.hitc.workflow.yaml.Place;
import org.hitc.workflow.yaml.Problems;
import org.hitc.workflow.yaml.YamlDocument;
import org.hitc.workflow.yaml.YamlMap;
import org.hitc.workflow.yaml.YamlText;

/** One configuration file while it is read: believed first, then its keys. */
final class ConfigFile {
  private final SafePath trust;
  private final YamlMap root;
  private final Problems problems;

  private ConfigFile(SafePath trust, YamlMap root, Problems problems) {
    this.trust = trust;
    this.root = root;
    this.problems = problems;
  }

  /**
   * @throws ConfigException when others could have written it, or it is no YAML
   */
  static ConfigFile open(Path file, SafePath trust) throws IOException, ConfigException {
    List<String> unsafe = trust.configuration(file);
    if (!unsafe.isEmpty()) {
      throw ConfigException.unsafe(unsafe);
    }
    YamlDocument document = YamlDocument.parse(file.toString(), Files.readAllBytes(file));
    Optional<YamlMap> root = document.root();
    if (root.isEmpty()) {
      throw ConfigException.wrong(document.problems().all());
    }
    return new ConfigFile(trust, root.get(), document.problems());
  }

  YamlMap root() {
    return root;
  }

  SafePath trust() {
    return trust;
  }

  void problem(Place place, String ident, String text, String cure) {
    problems.add(place, ident, text, cure);
  }

  /** An absolute path; anything else, a shell string say, is a problem. */
  Optional<Path> path(YamlMap map, String key) {
    Optional<YamlText> text = map.text(key);
    Optional<Path> path =
        text.map(YamlText::value)
            .filter(
                value -> value.startsWith("/") && value.chars().noneMatch(Character::isISOControl))
            .map(Path::of);
    if (text.isPresent() && path.isEmpty()) {
      problem(
          text.get().place(),
          "PATH_RELATIVE",
          "'" + key + "' is not an absolute path",
          "write the whole path, from / on; there is no shell that would look for it");
    }
    return path;
  }

  /** What {@link SafePath} found wrong with what stands at a place. */
  void unsafe(Place place, List<String> findings) {
    for (String finding : findings) {
      problem(
          place,
          "PATH_UNSAFE",
          finding,
          "it and all above it must be root's, and only root's to write");
    }
  }

  /**
   * @throws ConfigException when anything was wrong
   */
  void finish() throws ConfigException {
    if (problems.hasErrors()) {
      throw ConfigException.wrong(problems.all());
    }
  }
}
