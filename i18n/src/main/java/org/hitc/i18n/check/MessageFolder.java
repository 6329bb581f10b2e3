package org.hitc.i18n.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hitc.i18n.Language;
import org.hitc.i18n.Limits;
import org.hitc.i18n.Rule;

/**
 * A folder with message files {@code messages_TAG.properties}.
 *
 * @param folder it need not exist
 */
public record MessageFolder(Path folder) {
  private static final Pattern NAME = Pattern.compile("messages(?:_(.*))?\\.properties");

  /** The file of a language, which need not exist. */
  public Path file(Language language) {
    return folder.resolve("messages_" + language.tag() + ".properties");
  }

  /** What stands in it, as far as it may be large; nothing when it does not exist. */
  public byte[] content(Language language) throws IOException {
    Path file = file(language);
    if (!Files.exists(file)) {
      return new byte[0];
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is not a file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(Limits.FILE_BYTES + 1);
    }
  }

  /** The messages of a language. */
  public BundleFile read(Language language) throws IOException {
    return BundleFile.read(file(language).toString(), language, content(language));
  }

  /** The languages that there are files of, in the order of their tags. */
  public List<Language> languages() throws IOException {
    List<Language> languages = new ArrayList<>();
    for (Path file : files()) {
      tag(file).flatMap(MessageFolder::known).ifPresent(languages::add);
    }
    return languages;
  }

  /** A file whose name is wrong would be passed over in silence, its words never seen. */
  public List<Finding> misnamed() throws IOException {
    List<Finding> misnamed = new ArrayList<>();
    for (Path file : files()) {
      if (tag(file).flatMap(MessageFolder::known).isEmpty()) {
        misnamed.add(
            new Finding(
                Rule.L01,
                Severity.ERROR,
                file.toString(),
                0,
                "",
                "has a wrong name: messages_LANGUAGE.properties, such as messages_pt-BR.properties"));
      }
    }
    return misnamed;
  }

  /** All that are named like message files. */
  public List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> name(f).matches()).sorted().toList();
    }
  }

  private static Matcher name(Path file) {
    return NAME.matcher(String.valueOf(file.getFileName()));
  }

  private static Optional<String> tag(Path file) {
    Matcher name = name(file);
    return name.matches() ? Optional.ofNullable(name.group(1)) : Optional.empty();
  }

  private static Optional<Language> known(String tag) {
    try {
      return Optional.of(Language.of(tag));
    } catch (IllegalArgumentException _) {
      // Said by misnamed.
      return Optional.empty();
    }
  }
}
