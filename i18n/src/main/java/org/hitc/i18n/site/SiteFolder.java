package org.hitc.i18n.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hitc.i18n.Bundle;
import org.hitc.i18n.Entry;
import org.hitc.i18n.Language;
import org.hitc.i18n.Languages;
import org.hitc.i18n.Layer;
import org.hitc.i18n.Loading;
import org.hitc.i18n.Messages;
import org.hitc.i18n.Problem;
import org.hitc.i18n.PseudoLocale;
import org.hitc.i18n.Rule;
import org.hitc.i18n.check.BundleCheck;
import org.hitc.i18n.check.BundleFile;
import org.hitc.i18n.check.MessageFolder;
import org.hitc.i18n.check.Samples;
import org.hitc.i18n.check.Severity;

/**
 * A folder in which an installation says what it words differently, {@code
 * messages_TAG.properties}, and which languages it offers, {@code languages}. Neither the folder
 * nor any of its files need be there. One folder serves every process: what a file says about
 * messages that a process does not have is nothing to it.
 *
 * @param folder where it is
 * @param modules classes that the folders {@code messages} of the product lie beside
 * @param programs keys of messages of programs, which a site may translate for all its workflows
 * @param zone the time zone of instants in messages
 */
public record SiteFolder(
    Path folder, List<Class<?>> modules, Predicate<String> programs, ZoneId zone) {

  /** Tags of the languages that the product speaks, in the order of the menu; the first is used. */
  public static final List<String> SHIPPED = List.of("en", "de", "es", "fr", "ar", "ja");

  /** The language that the product is written in. */
  public static final Language SOURCE = Language.of("en");

  private static final String LANGUAGES = "languages";

  /** More than every language that CLDR knows takes. */
  private static final int LANGUAGES_BYTES = 16 << 10;

  public SiteFolder {
    modules = List.copyOf(modules);
  }

  /** Reads and checks everything: all of it is right, or none is used. Each file is read once. */
  public Loading load() {
    List<Problem> problems = new ArrayList<>();
    List<String> tags = tags(problems);
    Set<String> pseudo =
        Stream.of(PseudoLocale.values()).map(PseudoLocale::tag).collect(Collectors.toSet());
    List<String> spoken = tags.stream().filter(tag -> !pseudo.contains(tag)).toList();
    Languages offered = offered(spoken, problems);
    List<Layer> layers = new ArrayList<>(List.of(words(problems)));
    modules.forEach(module -> layers.add(new Layer.Product(module)));
    if (!problems.isEmpty()) {
      return new Loading.Refused(problems);
    }
    return switch (Messages.load(offered, SOURCE, zone, layers)) {
      case Loading.Refused refused -> refused;
      case Loading.Loaded(Messages messages) ->
          new Loading.Loaded(
              spoken.size() == tags.size() ? messages : messages.withPseudoLocales());
    };
  }

  /** The site's words, by the same rules as everybody's. */
  private Layer words(List<Problem> problems) {
    MessageFolder files = new MessageFolder(folder);
    Map<String, Bundle> byTag = new HashMap<>();
    try {
      for (Path file : files.files()) {
        // Only the folder says who may write what is in it.
        if (Files.isSymbolicLink(file)) {
          problems.add(new Problem(file.toString(), 0, Rule.L01, "", "is a link"));
        }
      }
      BundleFile source = BundleFile.of("messages_en.properties", SOURCE, source(), programs);
      Set<String> known = source.entries().stream().map(Entry::key).collect(Collectors.toSet());
      List<BundleFile> words = new ArrayList<>();
      for (Language language : problems.isEmpty() ? files.languages() : List.<Language>of()) {
        BundleFile file = files.read(language).only(k -> known.contains(k) || programs.test(k));
        words.add(file);
        byTag.put(language.tag(), file.bundle());
      }
      Stream.concat(
              files.misnamed().stream(),
              BundleCheck.check(source, words, Samples.NONE).stream()
                  .filter(finding -> !finding.file().equals(source.name())))
          .filter(finding -> finding.severity() == Severity.ERROR)
          .forEach(
              f -> problems.add(new Problem(f.file(), f.line(), f.rule(), f.key(), f.words())));
    } catch (IOException e) {
      problems.add(
          new Problem(folder.toString(), 0, Rule.L01, "", "cannot be read: " + e.getMessage()));
    }
    return new Layer.Site(byTag);
  }

  /**
   * What the product says by itself, in all its languages.
   *
   * @throws IllegalStateException when a message file of the product is wrong
   */
  public Messages shipped() {
    List<Layer> layers = modules.stream().<Layer>map(Layer.Product::new).toList();
    return switch (Messages.load(Languages.of(SHIPPED), SOURCE, zone, layers)) {
      case Loading.Loaded(Messages messages) -> messages;
      case Loading.Refused(List<Problem> problems) ->
          throw new IllegalStateException("message files of the product: " + problems);
    };
  }

  /** Names, times and sizes of its files: another text means that one has changed. */
  public String fingerprint() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().map(FileState::of).collect(Collectors.joining("\n"));
    } catch (IOException e) {
      return folder + ": " + e;
    }
  }

  /** One tag a line, or several with blanks or commas between them; {@code #} begins a comment. */
  private List<String> tags(List<Problem> problems) {
    Path file = folder.resolve(LANGUAGES);
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(LANGUAGES_BYTES + 1);
      if (bytes.length > LANGUAGES_BYTES) {
        problems.add(problem(Rule.L16, "is too large"));
        return SHIPPED;
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.lines()
          .map(line -> line.replaceFirst("#.*", ""))
          .flatMap(line -> Stream.of(line.split("[\\s,]+")))
          .filter(tag -> !tag.isEmpty())
          .toList();
    } catch (NoSuchFileException _) {
      return SHIPPED;
    } catch (CharacterCodingException _) {
      problems.add(problem(Rule.L01, "is not UTF-8"));
      return SHIPPED;
    } catch (IOException e) {
      problems.add(problem(Rule.L01, "cannot be read: " + e.getMessage()));
      return SHIPPED;
    }
  }

  private Languages offered(List<String> tags, List<Problem> problems) {
    try {
      return Languages.of(tags);
    } catch (IllegalArgumentException e) {
      problems.add(problem(Rule.L01, String.valueOf(e.getMessage())));
      return Languages.of(SHIPPED);
    }
  }

  private Problem problem(Rule rule, String words) {
    return new Problem(folder.resolve(LANGUAGES).toString(), 0, rule, "", words);
  }

  /** What the modules of this process say, in the source language. */
  private List<Entry> source() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Class<?> module : modules) {
      String name = "messages/messages_" + SOURCE.tag() + ".properties";
      try (InputStream in = module.getResourceAsStream(name)) {
        if (in != null) {
          entries.addAll(BundleFile.read(name, SOURCE, in.readAllBytes()).entries());
        }
      }
    }
    return entries;
  }
}
