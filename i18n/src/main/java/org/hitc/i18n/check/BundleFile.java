package org.hitc.i18n.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.hitc.i18n.Bundle;
import org.hitc.i18n.Entry;
import org.hitc.i18n.Language;
import org.hitc.i18n.Message;
import org.hitc.i18n.MessageFile;
import org.hitc.i18n.Problem;

/** The messages of one file, or of what stands for one, in one language. Immutable. */
public final class BundleFile {
  private final String name;
  private final Language language;
  private final Map<String, Entry> entries;
  private final Bundle bundle;
  private final List<Problem> problems;

  private BundleFile(String name, Language language, List<Entry> entries, List<Problem> problems) {
    this.name = name;
    this.language = language;
    this.entries = new LinkedHashMap<>();
    entries.forEach(entry -> this.entries.put(entry.key(), entry));
    List<Problem> all = new ArrayList<>(problems);
    this.bundle = Bundle.parse(name, entries, all);
    this.problems = List.copyOf(all);
  }

  /**
   * Reads a file {@code messages_<tag>.properties}. What is wrong with it is told by {@link
   * BundleCheck}.
   *
   * @param name how findings call it
   */
  public static BundleFile read(String name, Language language, byte[] bytes) {
    List<Problem> problems = new ArrayList<>();
    return new BundleFile(name, language, MessageFile.read(name, bytes, problems), problems);
  }

  /** Texts that stand elsewhere, such as the labels of a workflow ({@link Entry#literal}). */
  public static BundleFile of(String name, Language language, List<Entry> entries) {
    return new BundleFile(name, language, entries, List.of());
  }

  /** The same with those messages alone whose keys are these. */
  public BundleFile only(Predicate<String> keys) {
    List<Entry> kept = entries().stream().filter(entry -> keys.test(entry.key())).toList();
    return new BundleFile(name, language, kept, problems);
  }

  /** How findings call it. */
  public String name() {
    return name;
  }

  /** The language that it is in. */
  public Language language() {
    return language;
  }

  /** Its messages in order; those that are marked as missing are not among them. */
  public List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  /** What the loader refuses it for. */
  List<Problem> problems() {
    return problems;
  }

  Optional<Original> original(String key) {
    return Optional.ofNullable(entries.get(key))
        .flatMap(entry -> message(key).map(message -> new Original(language, entry, message)));
  }

  Optional<Message> message(String key) {
    return Optional.ofNullable(bundle.messages().get(key));
  }
}
