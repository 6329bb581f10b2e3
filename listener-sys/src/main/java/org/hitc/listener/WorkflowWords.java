package org.hitc.listener;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hitc.i18n.Bundle;
import org.hitc.i18n.Entry;
import org.hitc.i18n.Layer;
import org.hitc.i18n.check.BundleFile;
import org.hitc.i18n.check.Severity;

/**
 * Reads the translations of a workflow, by the rules of {@code hitc i18n check}: what breaks one is
 * not used. Each file is read once, so that what is used is what was checked.
 */
final class WorkflowWords {
  private static final String REFUSED = "WORDS_FILE";

  /** So many missing keys, and so many doubts about a file, are named. */
  private static final int NAMED = 5;

  /** So many errors of a file; who mends them sees the next ones. */
  private static final int ERRORS = 20;

  private WorkflowWords() {}

  /** Who may have written a file. */
  interface Trust {
    /** Why the file is not to be believed; empty when it is. */
    List<String> reasons(Path file) throws IOException;
  }

  /**
   * The words of a workflow.
   *
   * @param findings takes all errors, what is doubtful in short, and how much is missing
   * @return empty when there is an error
   */
  static Optional<Layer> read(Texts texts, Trust trust, List<Finding> findings) {
    List<Finding> own = new ArrayList<>();
    Map<String, Bundle> byTag = new HashMap<>();
    try {
      for (Path file : texts.folder().files()) {
        trust
            .reasons(file)
            .forEach(reason -> own.add(Finding.error(file.toString(), reason, "PATH_UNSAFE")));
      }
      if (own.isEmpty()) {
        List<BundleFile> translations = texts.translations();
        List<org.hitc.i18n.check.Finding> all = texts.check(translations);
        named(texts.folder().misnamed(), own);
        for (BundleFile translation : translations) {
          said(texts, translation, all, own);
          byTag.put(translation.language().tag(), translation.bundle());
        }
      }
    } catch (IOException e) {
      own.add(
          Finding.error(
              texts.folder().folder().toString(), "cannot be read: " + e.getMessage(), REFUSED));
    }
    findings.addAll(own);
    return own.stream().anyMatch(Finding::isError)
        ? Optional.empty()
        : Optional.of(new Layer.Workflow(byTag));
  }

  private static void named(List<org.hitc.i18n.check.Finding> misnamed, List<Finding> out) {
    misnamed.forEach(found -> out.add(Finding.error(place(found), text(found), REFUSED)));
  }

  private static void said(
      Texts texts,
      BundleFile translation,
      List<org.hitc.i18n.check.Finding> all,
      List<Finding> out) {
    List<org.hitc.i18n.check.Finding> about =
        all.stream().filter(found -> found.file().equals(translation.name())).toList();
    List<Finding> errors =
        about.stream()
            .filter(found -> found.severity() == Severity.ERROR)
            .map(found -> Finding.error(place(found), text(found), REFUSED))
            .toList();
    List<Finding> doubts =
        about.stream()
            .filter(found -> found.severity() == Severity.WARNING)
            .map(found -> Finding.warning(place(found), text(found), "WORDS_DOUBTFUL"))
            .toList();
    out.addAll(errors.subList(0, Math.min(ERRORS, errors.size())));
    if (errors.size() > ERRORS) {
      out.add(Finding.error(translation.name(), more(errors.size() - ERRORS, texts), REFUSED));
    }
    out.addAll(doubts.subList(0, Math.min(NAMED, doubts.size())));
    if (doubts.size() > NAMED) {
      out.add(
          Finding.warning(
              translation.name(), more(doubts.size() - NAMED, texts), "WORDS_DOUBTFUL"));
    }
    missing(texts.source(), translation).ifPresent(out::add);
  }

  private static String more(int left, Texts texts) {
    return left + " more; all: hitc i18n check " + texts.source().name();
  }

  private static Optional<Finding> missing(BundleFile source, BundleFile translation) {
    Set<String> there = new HashSet<>();
    translation.entries().forEach(entry -> there.add(entry.key()));
    List<String> missing =
        source.entries().stream().map(Entry::key).filter(key -> !there.contains(key)).toList();
    // In its own language a definition needs no words but those of its programs.
    return missing.isEmpty() || translation.language().equals(source.language())
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                translation.name(),
                missing.size() + " without a translation: " + named(missing),
                "WORDS_MISSING"));
  }

  private static String named(List<String> keys) {
    String first = String.join(", ", keys.subList(0, Math.min(NAMED, keys.size())));
    return keys.size() > NAMED ? first + ", ..." : first;
  }

  private static String place(org.hitc.i18n.check.Finding found) {
    return found.line() > 0 ? found.file() + ":" + found.line() : found.file();
  }

  private static String text(org.hitc.i18n.check.Finding found) {
    String about = found.key().isEmpty() ? found.words() : found.key() + ": " + found.words();
    return found.rule() + ": " + about;
  }
}
