package org.hitc.listener.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hitc.i18n.Language;
import org.hitc.i18n.check.BundleFile;

/**
 * A folder with message files: {@code messages_en.properties} is the source, each other {@code
 * messages_TAG.properties} a translation.
 */
record MessageFolder(Path folder) {
  private static final Language SOURCE = Language.of("en");
  private static final Pattern NAME = Pattern.compile("messages_(.+)\\.properties");

  /**
   * The source.
   *
   * @throws IOException when there is none
   */
  BundleFile source() throws IOException {
    Path file = file(SOURCE);
    if (!Files.exists(file)) {
      throw new IOException(file + " is missing: the English file is the source");
    }
    return BundleFile.read(file.toString(), SOURCE, Files.readAllBytes(file));
  }

  /** The file of a language, which need not exist. */
  Path file(Language language) {
    return folder.resolve("messages_" + language.tag() + ".properties");
  }

  /** What stands in it; nothing when it does not exist. */
  byte[] content(Language language) throws IOException {
    Path file = file(language);
    return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
  }

  /**
   * The languages that there are files of, the source left out, in the order of their tags.
   *
   * @throws IOException when a file is named for no language
   */
  List<Language> languages() throws IOException {
    List<Language> languages = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches() && !name.group(1).equals(SOURCE.tag())) {
          languages.add(language(file, name.group(1)));
        }
      }
    }
    return languages;
  }

  List<BundleFile> translations() throws IOException {
    List<BundleFile> translations = new ArrayList<>();
    for (Language language : languages()) {
      translations.add(BundleFile.read(file(language).toString(), language, content(language)));
    }
    return translations;
  }

  private static Language language(Path file, String tag) throws IOException {
    try {
      return Language.of(tag);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }
}
