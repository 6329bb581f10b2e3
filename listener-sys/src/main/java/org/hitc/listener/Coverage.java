package org.hitc.listener;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.hitc.workflow.model.TextKeys;
import org.hitc.workflow.model.Workflow;

/** Which words of a workflow have no translation in the files that stand beside it. */
final class Coverage {
  /** So many keys are named. */
  private static final int NAMED = 5;

  private Coverage() {}

  /**
   * One warning for each file that lacks some.
   *
   * @param folder with {@code messages_TAG.properties}, which have been read and found good; it
   *     need not exist
   */
  static List<Finding> warnings(Workflow workflow, Path folder) throws IOException {
    List<Finding> warnings = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      for (Path file : files(folder)) {
        List<String> missing = new ArrayList<>(TextKeys.of(workflow));
        missing.removeAll(keys(file));
        if (!missing.isEmpty()) {
          warnings.add(
              Finding.warning(
                  file.toString(),
                  missing.size() + " without a translation: " + named(missing),
                  "WORDS_MISSING"));
        }
      }
    }
    return warnings;
  }

  private static String named(List<String> keys) {
    String first = String.join(", ", keys.subList(0, Math.min(NAMED, keys.size())));
    return keys.size() > NAMED ? first + ", ..." : first;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.getFileName().toString().matches("messages_.+\\.properties"))
          .sorted()
          .toList();
    }
  }

  /** The product's message files are a stricter form of these. */
  private static List<String> keys(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    return List.copyOf(properties.stringPropertyNames());
  }
}
