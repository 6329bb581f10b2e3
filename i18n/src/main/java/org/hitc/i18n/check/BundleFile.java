package org.hitc.i18n.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.hitc.i18n.Bundle;
import org.hitc.i18n.Characters;
import org.hitc.i18n.Entry;
import org.hitc.i18n.Language;
import org.hitc.i18n.Message;
import org.hitc.i18n.MessageFile;
import org.hitc.i18n.Problem;
import org.hitc.i18n.Rule;

/** The messages of one file, or of what stands for one, in one language. Immutable. */
public final class BundleFile {
  private final String name;
  private final Language language;
  private final Map<String, Entry> entries;
  private final Bundle bundle;
  private final List<Problem> problems;
  private final Form form;

  /** What the messages stand in. */
  private sealed interface Form {
    /** A file of messages. */
    record Patterns() implements Form {}

    /**
     * A file of something else.
     *
     * @param elsewhere keys of messages whose source is not in it either
     */
    record Texts(Predicate<String> elsewhere) implements Form {}
  }

  private BundleFile(
      String name,
      Language language,
      List<Entry> entries,
      Bundle bundle,
      List<Problem> problems,
      Form form) {
    this.name = name;
    this.language = language;
    this.entries = new LinkedHashMap<>();
    entries.forEach(entry -> this.entries.put(entry.key(), entry));
    this.bundle = bundle;
    this.problems = List.copyOf(problems);
    this.form = form;
  }

  /**
   * Reads a file {@code messages_<tag>.properties}. What is wrong with it is told by {@link
   * BundleCheck}.
   *
   * @param name how findings call it
   */
  public static BundleFile read(String name, Language language, byte[] bytes) {
    List<Problem> problems = new ArrayList<>();
    List<Entry> entries = MessageFile.read(name, bytes, problems);
    Bundle bundle = Bundle.parse(name, entries, problems);
    return new BundleFile(name, language, entries, bundle, problems, new Form.Patterns());
  }

  /** Texts that stand elsewhere, such as the labels of a workflow ({@link Entry#literal}). */
  public static BundleFile of(String name, Language language, List<Entry> entries) {
    return of(name, language, entries, _ -> false);
  }

  /**
   * Texts that stand elsewhere, some of them unknown. Who wrote them need not have thought of
   * translators: one that no message file can have is left out, and is a warning.
   *
   * @param elsewhere keys that a translation may have although they are not among the entries, such
   *     as those of the messages of programs; what they say has no values and no tags
   */
  public static BundleFile of(
      String name, Language language, List<Entry> entries, Predicate<String> elsewhere) {
    List<Problem> problems = new ArrayList<>();
    entries.forEach(entry -> unfit(name, entry).ifPresent(problems::add));
    List<Entry> fit = entries.stream().filter(entry -> unfit(name, entry).isEmpty()).toList();
    Bundle bundle = Bundle.parse(name, fit, problems);
    return new BundleFile(
        name,
        language,
        fit.stream().filter(entry -> bundle.messages().containsKey(entry.key())).toList(),
        bundle,
        problems,
        new Form.Texts(elsewhere));
  }

  /** What keeps a text out of a message file, and so out of that of a translator. */
  private static Optional<Problem> unfit(String name, Entry entry) {
    if (!MessageFile.isKey(entry.key())) {
      return Optional.of(
          new Problem(name, entry.line(), Rule.L01, entry.key(), "is no key of a message"));
    }
    return entry
        .value()
        .codePoints()
        .filter(c -> c != '\n' && Characters.forbidden(c))
        .mapToObj(c ->
            new Problem(
                name,
                entry.line(),
                Rule.L11,
                entry.key(),
                "has the character " + Characters.name(c)))
        .findFirst();
  }

  /** The same with those messages alone whose keys are these. */
  public BundleFile only(Predicate<String> keys) {
    List<Entry> kept = entries().stream().filter(entry -> keys.test(entry.key())).toList();
    Map<String, Message> messages = new HashMap<>(bundle.messages());
    messages.keySet().removeIf(key -> !keys.test(key));
    return new BundleFile(name, language, kept, new Bundle(messages), problems, form);
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

  /** The same, parsed: to be used only when {@link BundleCheck} finds no error. */
  public Bundle bundle() {
    return bundle;
  }

  /** Whether a translation may have this key although the source is not here. */
  public boolean standsElsewhere(String key) {
    return !entries.containsKey(key)
        && form instanceof Form.Texts(var elsewhere)
        && elsewhere.test(key);
  }

  /** Whether it is no file of messages. */
  boolean isOfTexts() {
    return form instanceof Form.Texts;
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
