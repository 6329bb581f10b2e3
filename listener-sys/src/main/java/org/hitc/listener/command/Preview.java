package org.hitc.listener.command;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hitc.i18n.Language;
import org.hitc.i18n.PseudoLocale;
import org.hitc.i18n.check.BundleCheck;
import org.hitc.i18n.check.BundleFile;
import org.hitc.i18n.check.Finding;
import org.hitc.i18n.check.MessageFolder;
import org.hitc.i18n.check.Samples;
import org.hitc.i18n.check.Severity;
import org.hitc.i18n.site.FileState;
import org.hitc.i18n.site.SiteFolder;
import org.hitc.listener.FileCheck;

/**
 * What somebody works on, laid into a demo again whenever it changes: folders with message files as
 * the words of its site, definitions with their words as its workflows. What is wrong is said, and
 * does not take the place of what was right.
 */
final class Preview {
  /** Nothing is worked on. */
  static final Preview NONE = new Preview(List.of());

  private static final String SOURCE_FILE = "messages_en.properties";
  private static final Set<String> NO_WORKFLOWS = Set.of("programs.yaml", "launcher.yaml");

  private final List<Path> sources;
  private final Map<Path, String> seen = new HashMap<>();

  private final Map<Path, String> said = new HashMap<>();

  /** The last good text of each language of each folder. */
  private final Map<Path, Map<String, String>> words = new LinkedHashMap<>();

  /**
   * @param sources folders with {@code messages_en.properties}, folders with definitions, or
   *     definitions
   */
  Preview(List<Path> sources) {
    this.sources = sources.stream().map(source -> source.toAbsolutePath().normalize()).toList();
  }

  /** Where things go in the demo. */
  record Target(Path messages, Path workflows, Path programs) {}

  /**
   * Lays in what has changed since it was called before.
   *
   * @param out takes what is wrong, for people
   */
  void update(Target target, PrintStream out) throws IOException {
    boolean changed = false;
    for (Path source : sources) {
      try {
        String now = fingerprint(source);
        if (!now.equals(seen.put(source, now))) {
          if (Files.exists(source.resolve(SOURCE_FILE))) {
            changed |= read(source, out);
          } else {
            workflows(source, target, out);
          }
        }
      } catch (IOException | UncheckedIOException e) {
        // An editor is just saving, or a file is not what it should be: seen at the next look.
        seen.remove(source);
        if (!e.toString().equals(said.put(source, e.toString()))) {
          out.println(source + ": " + e);
        }
      }
    }
    if (changed) {
      write(target.messages());
    }
  }

  private boolean read(Path folder, PrintStream out) throws IOException {
    MessageFolder messages = new MessageFolder(folder);
    List<BundleFile> translations = new ArrayList<>();
    Map<String, String> texts = new TreeMap<>();
    for (Language language : messages.languages()) {
      // What is not UTF-8 is an error of the check.
      texts.put(language.tag(), new String(messages.content(language), StandardCharsets.UTF_8));
      if (!language.equals(SiteFolder.SOURCE)) {
        translations.add(messages.read(language));
      }
    }
    List<Finding> errors =
        Stream.concat(
                messages.misnamed().stream(),
                BundleCheck.check(messages.read(SiteFolder.SOURCE), translations, Samples.NONE)
                    .stream())
            .filter(finding -> finding.severity() == Severity.ERROR)
            .toList();
    errors.forEach(out::println);
    if (errors.isEmpty()) {
      words.put(folder, texts);
    } else {
      out.println(folder + " is not shown as it is now; the version from before is");
    }
    return errors.isEmpty();
  }

  private void write(Path messages) throws IOException {
    Map<String, String> all = new TreeMap<>();
    words
        .values()
        .forEach(
            texts -> texts.forEach((tag, text) -> all.merge(tag, text, (a, b) -> a + "\n" + b)));
    for (Map.Entry<String, String> language : all.entrySet()) {
      replace(
          messages.resolve("messages_" + language.getKey() + ".properties"), language.getValue());
    }
    Set<String> tags = new LinkedHashSet<>(SiteFolder.SHIPPED);
    tags.addAll(all.keySet());
    for (PseudoLocale pseudo : PseudoLocale.values()) {
      tags.add(pseudo.tag());
    }
    replace(messages.resolve("languages"), String.join("\n", tags) + "\n");
  }

  private static void workflows(Path source, Target target, PrintStream out) throws IOException {
    Path folder = Files.isDirectory(source) ? source : parent(source);
    List<Path> files = Files.isDirectory(source) ? files(source) : List.of(source);
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (name.endsWith(".yaml") && !NO_WORKFLOWS.contains(name)) {
        FileCheck check = FileCheck.of(List.of(file), Optional.of(target.programs()));
        check.findings().stream()
            .filter(org.hitc.listener.Finding::isError)
            .forEach(finding -> out.println(finding.text()));
        if (check.findings().stream().noneMatch(org.hitc.listener.Finding::isError)) {
          copy(file, target.workflows());
          Path words = folder.resolve(stem(file)).resolve("messages");
          copyAll(words, target.workflows().resolve(folder.relativize(words)));
        } else {
          out.println(file + " is not shown as it is now; the version from before is");
        }
      } else if (name.endsWith(".cpy")) {
        copy(file, target.workflows());
      }
    }
  }

  private static Path parent(Path file) {
    return Optional.ofNullable(file.getParent()).orElseThrow();
  }

  private static void copyAll(Path from, Path to) throws IOException {
    if (Files.isDirectory(from)) {
      DemoPlace.makeFolder(to);
      for (Path file : new MessageFolder(from).files()) {
        copy(file, to);
      }
    }
  }

  private static void copy(Path file, Path folder) throws IOException {
    replace(folder.resolve(file.getFileName()), Files.readString(file, StandardCharsets.UTF_8));
  }

  /** Regular files of a folder, in the order of their names: copybooks before definitions. */
  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** As an editor saves: nobody reads half of it. What is the same stays as it is. */
  private static void replace(Path file, String text) throws IOException {
    if (Files.exists(file) && Files.readString(file).equals(text)) {
      return;
    }
    Path next = file.resolveSibling("." + file.getFileName());
    DemoPlace.write(next, text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String fingerprint(Path source) throws IOException {
    Path top = Files.isDirectory(source) ? source : source.resolveSibling(stem(source));
    List<Path> all = new ArrayList<>(List.of(source));
    if (Files.isDirectory(top)) {
      try (Stream<Path> files = Files.walk(top, 3)) {
        files.sorted().forEach(all::add);
      }
    }
    return all.stream().map(FileState::of).collect(Collectors.joining("\n"));
  }

  private static String stem(Path file) {
    return file.getFileName().toString().replaceFirst("\\.yaml$", "");
  }
}
