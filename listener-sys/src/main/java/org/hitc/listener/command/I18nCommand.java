package org.hitc.listener.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.hitc.i18n.Language;
import org.hitc.i18n.check.Finding;
import org.hitc.i18n.check.Samples;
import org.hitc.i18n.check.Severity;
import org.hitc.i18n.exchange.Exchange;
import org.hitc.i18n.exchange.Format;
import org.hitc.i18n.exchange.Received;
import org.hitc.i18n.sync.Exports;
import org.hitc.i18n.sync.Imported;
import org.hitc.i18n.sync.Imports;
import org.hitc.i18n.sync.Sync;
import org.hitc.i18n.sync.Synced;
import org.hitc.listener.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** For translators: words and their translations are checked, brought up to date and exchanged. */
@Command(
    name = "i18n",
    subcommands = ServeCommand.class,
    mixinStandardHelpOptions = true,
    description = {
      "Works on words and their translations. In a FOLDER, messages_en.properties is the source and",
      "messages_LANGUAGE.properties a translation. Of a workflow NAME.yaml, its labels are the",
      "source, and the translations are NAME/messages/messages_LANGUAGE.properties beside it."
    })
final class I18nCommand {
  private static final String WHAT = "WORDS";
  private static final String TAG = "such as fr or pt-BR";

  /** Says what breaks a rule. */
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Prints all that breaks a rule, with file and line. Exit status 0: no error.")
  int check(
      @Parameters(paramLabel = WHAT, arity = "1..*", description = TextArguments.SOME)
          Path[] arguments)
      throws IOException {
    TextArguments.Read read = TextArguments.all(arguments);
    read.problems().forEach(problem -> System.out.println(problem.text()));
    long errors = read.problems().size();
    for (Texts texts : read.texts()) {
      List<Finding> findings = texts.check();
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
      @Parameters(paramLabel = WHAT, arity = "1..*", description = TextArguments.SOME)
          Path[] arguments)
      throws IOException {
    TextArguments.Read read = TextArguments.all(arguments);
    read.problems().forEach(problem -> System.out.println(problem.text()));
    for (Texts texts : read.texts()) {
      List<Language> languages = texts.languages();
      if (languages.isEmpty()) {
        System.out.println(texts.source().name() + ": no translation yet");
      }
      for (Language language : languages) {
        status(texts, language);
      }
    }
    return read.problems().isEmpty() ? 0 : 1;
  }

  private static void status(Texts texts, Language language) throws IOException {
    int all = texts.source().entries().size();
    String file = texts.folder().file(language).toString();
    switch (Sync.sync(texts.source(), file, texts.folder().content(language))) {
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

  /** Brings new keys in. */
  @Command(
      name = "sync",
      mixinStandardHelpOptions = true,
      description = {
        "Brings the translations up to date with the source: new words come in as missing, what",
        "changed is marked, nothing is lost. With --language also makes the file of a new language."
      })
  int sync(
      @Parameters(paramLabel = WHAT, description = TextArguments.ONE) Path argument,
      @Option(names = "--language", description = TAG) Optional<String> fresh)
      throws IOException {
    Optional<Texts> found = TextArguments.one(argument);
    if (found.isEmpty()) {
      return 1;
    }
    Texts texts = found.get();
    List<Language> languages =
        fresh.isPresent() ? List.of(language(fresh.get())) : texts.languages();
    if (languages.isEmpty()) {
      System.out.println(argument + ": no translation yet; --language fr makes one");
    }
    int refused = 0;
    for (Language language : languages) {
      Path file = texts.folder().file(language);
      switch (Sync.sync(texts.source(), file.toString(), texts.folder().content(language))) {
        case Synced.Refused(var problems) -> {
          problems.forEach(System.out::println);
          refused++;
        }
        case Synced.Written synced -> {
          Files.createDirectories(texts.folder().folder());
          replace(file, synced.text());
          System.out.println(file + ": " + left(synced));
        }
      }
    }
    return refused == 0 ? 0 : 1;
  }

  private static String left(Synced.Written synced) {
    String missing = synced.missing().size() + " to translate";
    return synced.stale().isEmpty() ? missing : missing + ", " + synced.stale().size() + " stale";
  }

  /** Writes for other people's tools. */
  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = "Writes the translations of a language for another tool.")
  int export(
      @Parameters(paramLabel = WHAT, description = TextArguments.ONE) Path argument,
      @Option(names = "--language", required = true, description = TAG) String tag,
      @Option(names = "--format", required = true, description = "${COMPLETION-CANDIDATES}")
          Format format,
      @Option(names = "--to", required = true, description = "file to write") Path to)
      throws IOException {
    Optional<Texts> texts = TextArguments.one(argument);
    if (texts.isEmpty()) {
      return 1;
    }
    replace(
        to,
        format.write(Exports.of(texts.get().source(), texts.get().folder().read(language(tag)))));
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
      @Parameters(paramLabel = WHAT, description = TextArguments.ONE) Path argument,
      @Option(names = "--language", required = true, description = TAG) String tag,
      @Option(names = "--format", required = true, description = "${COMPLETION-CANDIDATES}")
          Format format,
      @Option(names = "--from", required = true, description = "file to read") Path from)
      throws IOException {
    Optional<Texts> texts = TextArguments.one(argument);
    if (texts.isEmpty()) {
      return 1;
    }
    return switch (format.read(Files.readAllBytes(from))) {
      case Received.Refused(int line, String words) -> {
        System.out.println(from + (line > 0 ? ":" + line : "") + ": " + words);
        yield 1;
      }
      case Received.Whole(var exchange) -> take(texts.get(), language(tag), exchange);
    };
  }

  private static int take(Texts texts, Language language, Exchange exchange) throws IOException {
    Path file = texts.folder().file(language);
    return switch (Imports.into(
        texts.source(),
        file.toString(),
        language,
        texts.folder().content(language),
        exchange,
        Samples.NONE)) {
      case Imported.Refused(var findings) -> {
        findings.forEach(System.out::println);
        yield 1;
      }
      case Imported.Written written -> {
        written.findings().forEach(System.out::println);
        Files.createDirectories(texts.folder().folder());
        replace(file, written.text());
        System.out.println(file + ": " + written.taken().size() + " taken");
        yield 0;
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
