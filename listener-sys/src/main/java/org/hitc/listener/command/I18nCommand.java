package org.hitc.listener.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.hitc.i18n.Language;
import org.hitc.i18n.check.BundleCheck;
import org.hitc.i18n.check.BundleFile;
import org.hitc.i18n.check.Finding;
import org.hitc.i18n.check.Samples;
import org.hitc.i18n.check.Severity;
import org.hitc.i18n.exchange.Format;
import org.hitc.i18n.exchange.Received;
import org.hitc.i18n.sync.Exports;
import org.hitc.i18n.sync.Imported;
import org.hitc.i18n.sync.Imports;
import org.hitc.i18n.sync.Sync;
import org.hitc.i18n.sync.Synced;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** For translators: message files of a folder are checked, brought up to date and exchanged. */
@Command(
    name = "i18n",
    subcommands = ServeCommand.class,
    mixinStandardHelpOptions = true,
    description = {
      "Works on folders with messages_en.properties, the source, and messages_LANGUAGE.properties."
    })
final class I18nCommand {
  private static final String FOLDER = "with messages_en.properties";
  private static final String TAG = "such as fr or pt-BR";

  /** Says what breaks a rule. */
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Prints all that breaks a rule, with file and line. Exit status 0: no error.")
  int check(@Parameters(paramLabel = "FOLDER", arity = "1..*", description = FOLDER) Path[] folders)
      throws IOException {
    long errors = 0;
    for (Path folder : folders) {
      MessageFolder messages = new MessageFolder(folder);
      List<Finding> findings =
          BundleCheck.check(messages.source(), messages.translations(), Samples.NONE);
      findings.forEach(System.out::println);
      errors += findings.stream().filter(I18nCommand::isError).count();
    }
    System.out.println(errors == 0 ? "ok" : errors + (errors == 1 ? " error" : " errors"));
    return errors == 0 ? 0 : 1;
  }

  private static boolean isError(Finding finding) {
    return finding.severity() == Severity.ERROR;
  }

  /** Says how much is translated. */
  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Prints for each language how much is translated, missing, stale and obsolete.")
  int status(
      @Parameters(paramLabel = "FOLDER", arity = "1..*", description = FOLDER) Path[] folders)
      throws IOException {
    for (Path folder : folders) {
      MessageFolder messages = new MessageFolder(folder);
      BundleFile source = messages.source();
      int all = source.entries().size();
      for (Language language : messages.languages()) {
        String file = messages.file(language).toString();
        switch (Sync.sync(source, file, messages.content(language))) {
          case Synced.Refused refused -> refused.problems().forEach(System.out::println);
          case Synced.Written synced ->
              System.out.printf(
                  "%s: %d of %d translated, %d stale, %d obsolete%n",
                  file,
                  all - synced.missing().size(),
                  all,
                  synced.stale().size(),
                  synced.obsolete().size());
        }
      }
    }
    return 0;
  }

  /** Brings new keys in. */
  @Command(
      name = "sync",
      mixinStandardHelpOptions = true,
      description = {
        "Brings the files of a folder up to date with the source: new keys come in as missing, what",
        "changed is marked, nothing is lost. With --language also makes the file of a new language."
      })
  int sync(
      @Parameters(paramLabel = "FOLDER", description = FOLDER) Path folder,
      @Option(names = "--language", description = TAG) Optional<String> fresh)
      throws IOException {
    MessageFolder messages = new MessageFolder(folder);
    BundleFile source = messages.source();
    List<Language> languages =
        fresh.isPresent() ? List.of(language(fresh.get())) : messages.languages();
    int refused = 0;
    for (Language language : languages) {
      Path file = messages.file(language);
      switch (Sync.sync(source, file.toString(), messages.content(language))) {
        case Synced.Refused(var problems) -> {
          problems.forEach(System.out::println);
          refused++;
        }
        case Synced.Written synced -> {
          replace(file, synced.text());
          System.out.println(file + ": " + synced.missing().size() + " to translate");
        }
      }
    }
    return refused == 0 ? 0 : 1;
  }

  /** Writes for other people's tools. */
  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = "Writes the translations of a language for another tool.")
  int export(
      @Parameters(paramLabel = "FOLDER", description = FOLDER) Path folder,
      @Option(names = "--language", required = true, description = TAG) String tag,
      @Option(names = "--format", required = true, description = "${COMPLETION-CANDIDATES}")
          Format format,
      @Option(names = "--to", required = true, description = "file to write") Path to)
      throws IOException {
    MessageFolder messages = new MessageFolder(folder);
    Language language = language(tag);
    BundleFile translation =
        BundleFile.read(messages.file(language).toString(), language, messages.content(language));
    replace(to, format.write(Exports.of(messages.source(), translation)));
    return 0;
  }

  /** Takes back what another tool made of it. */
  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description = {
        "Takes translations back from another tool. All is checked first; nothing is taken when",
        "anything in it breaks a rule."
      })
  int take(
      @Parameters(paramLabel = "FOLDER", description = FOLDER) Path folder,
      @Option(names = "--language", required = true, description = TAG) String tag,
      @Option(names = "--format", required = true, description = "${COMPLETION-CANDIDATES}")
          Format format,
      @Option(names = "--from", required = true, description = "file to read") Path from)
      throws IOException {
    return switch (format.read(Files.readAllBytes(from))) {
      case Received.Refused(int line, String words) -> {
        System.out.println(from + (line > 0 ? ":" + line : "") + ": " + words);
        yield 1;
      }
      case Received.Whole(var exchange) -> {
        MessageFolder messages = new MessageFolder(folder);
        Language language = language(tag);
        Path file = messages.file(language);
        yield switch (Imports.into(
            messages.source(),
            file.toString(),
            language,
            messages.content(language),
            exchange,
            Samples.NONE)) {
          case Imported.Refused(var findings) -> {
            findings.forEach(System.out::println);
            yield 1;
          }
          case Imported.Written written -> {
            written.findings().forEach(System.out::println);
            replace(file, written.text());
            System.out.println(file + ": " + written.taken().size() + " taken");
            yield 0;
          }
        };
      }
    };
  }

  private static Language language(String tag) throws IOException {
    try {
      return Language.of(tag);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Whoever reads the file meanwhile reads the old one or the new one. */
  private static void replace(Path file, String text) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.writeString(next, text, UTF_8);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
