package org.hitc.listener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hitc.i18n.Loading;
import org.hitc.i18n.Messages;
import org.hitc.i18n.Problem;
import org.hitc.i18n.site.SiteFolder;
import org.hitc.listener.launcher.SafePath;

/**
 * The words of the product and of this site, or why they cannot be used.
 *
 * @param problems why not, each with its file
 */
record SiteWords(Optional<Messages> messages, List<String> problems) {
  SiteWords {
    problems = List.copyOf(problems);
  }

  /**
   * Reads and checks them.
   *
   * @param trust who may own what is believed
   */
  static SiteWords load(SiteFolder site, SafePath trust) throws IOException {
    Path folder = site.folder();
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      List<String> unsafe = unsafe(folder, trust);
      if (!unsafe.isEmpty()) {
        return new SiteWords(
            Optional.empty(), unsafe.stream().map(reason -> folder + ": " + reason).toList());
      }
    }
    return switch (site.load()) {
      case Loading.Loaded(Messages messages) -> new SiteWords(Optional.of(messages), List.of());
      case Loading.Refused(List<Problem> problems) ->
          new SiteWords(Optional.empty(), problems.stream().map(Problem::toString).toList());
    };
  }

  /** Why the folder, or else one of its files, is not to be believed. */
  private static List<String> unsafe(Path folder, SafePath trust) throws IOException {
    List<String> unsafe = new ArrayList<>(trust.folder(folder));
    if (unsafe.isEmpty()) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : (Iterable<Path>) files.sorted()::iterator) {
          unsafe.addAll(trust.configuration(file));
        }
      }
    }
    return unsafe;
  }
}
