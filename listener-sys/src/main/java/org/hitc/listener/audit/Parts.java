package org.hitc.listener.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The files of one log: {@code audit.log} is written to; an earlier part is called {@code
 * audit.log.000000012345}, by the number of its last record, so that names never come again, even
 * when parts are moved away.
 */
public final class Parts {
  private static final String NUMBER = "\\.[0-9]{12}";

  private Parts() {}

  /** Those that are there, the oldest first; the one that is written to is the last. */
  public static List<Path> of(Path file) throws IOException {
    List<Path> parts = new ArrayList<>(earlier(file));
    if (Files.exists(file)) {
      parts.add(file);
    }
    return List.copyOf(parts);
  }

  static List<Path> earlier(Path file) throws IOException {
    String name = file.getFileName().toString();
    try (Stream<Path> all = Files.list(folder(file))) {
      return all.filter(path -> isPart(path.getFileName().toString(), name)).sorted().toList();
    }
  }

  private static boolean isPart(String candidate, String name) {
    return candidate.startsWith(name) && candidate.substring(name.length()).matches(NUMBER);
  }

  /** What a part is called that ends with this record. */
  static Path ending(Path file, long lastRecord) {
    return file.resolveSibling(
        file.getFileName() + "." + String.format(Locale.ROOT, "%012d", lastRecord));
  }

  /** The next part until it has its name. */
  static Path fresh(Path file) {
    return file.resolveSibling(file.getFileName() + ".next");
  }

  private static Path folder(Path file) {
    return java.util.Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
  }
}
