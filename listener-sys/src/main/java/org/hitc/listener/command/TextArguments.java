package org.hitc.listener.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hitc.listener.Finding;
import org.hitc.listener.Texts;
import org.hitc.workflow.yaml.YamlDocument;

/**
 * What {@code hitc i18n} works on: a folder with {@code messages_en.properties}, a definition, or a
 * folder with definitions.
 */
final class TextArguments {
  static final String ONE = "folder with messages_en.properties, or workflow file NAME.yaml";
  static final String SOME = ONE + ", or folder with workflow files";

  private static final String YAML = ".yaml";

  private TextArguments() {}

  /** What was found, and what is wrong with the rest. */
  record Read(List<Texts> texts, List<Finding> problems) {
    Read {
      texts = List.copyOf(texts);
      problems = List.copyOf(problems);
    }
  }

  /**
   * All that these arguments name; a definition that cannot be read does not keep back the others.
   *
   * @throws IOException when there is nothing to translate in one
   */
  static Read all(Path[] arguments) throws IOException {
    List<Texts> texts = new ArrayList<>();
    List<Finding> problems = new ArrayList<>();
    for (Path argument : arguments) {
      if (Texts.isFolder(argument)) {
        texts.add(Texts.ofFolder(argument));
      } else {
        for (Path definition : definitions(argument)) {
          Texts.Found found = Texts.ofDefinition(definition);
          found.texts().ifPresent(texts::add);
          problems.addAll(found.findings());
        }
      }
    }
    return new Read(texts, problems);
  }

  /**
   * The one that this argument names.
   *
   * @return empty when it cannot be read; then that has been printed
   * @throws IOException when it does not name one
   */
  static Optional<Texts> one(Path argument) throws IOException {
    Read read = all(new Path[] {argument});
    read.problems().forEach(problem -> System.out.println(problem.text()));
    if (read.problems().isEmpty() && read.texts().size() != 1) {
      throw new IOException(
          argument + " has several workflows; name one: " + argument + "/NAME.yaml");
    }
    return read.problems().isEmpty() ? read.texts().stream().findFirst() : Optional.empty();
  }

  private static List<Path> definitions(Path argument) throws IOException {
    if (Files.isRegularFile(argument) && argument.toString().endsWith(YAML)) {
      return List.of(argument);
    }
    List<Path> definitions = new ArrayList<>();
    if (Files.isDirectory(argument)) {
      try (Stream<Path> files = Files.list(argument)) {
        for (Path file : files.filter(f -> f.toString().endsWith(YAML)).sorted().toList()) {
          if (mayBeDefinition(file)) {
            definitions.add(file);
          }
        }
      }
    }
    if (definitions.isEmpty()) {
      throw new IOException(argument + " is not a " + SOME);
    }
    return definitions;
  }

  /** Beside definitions lie programs.yaml and others; what cannot be read is told. */
  private static boolean mayBeDefinition(Path file) throws IOException {
    return YamlDocument.parse(file.toString(), Files.readAllBytes(file))
        .root()
        .map(root -> root.has("workflow"))
        .orElse(true);
  }
}
