package org.hitc.listener.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.hitc.channel.Refusal;
import org.hitc.i18n.Catalogue;
import org.hitc.i18n.Language;
import org.hitc.i18n.Languages;
import org.hitc.i18n.Layer;
import org.hitc.i18n.Loading;
import org.hitc.i18n.Messages;
import org.hitc.workflow.yaml.Suggestion;

/** One page for each kind of problem ({@code explain.txt}) and for each refusal. */
final class Explanations {
  private static final String BEGIN = "== ";
  private static final int WIDTH = 80;

  private static final Map<String, ?> VALUES =
      Map.ofEntries(
          Map.entry("field", "The field"),
          Map.entry("expected", "other"),
          Map.entry("reason", "other"),
          Map.entry("bound", "other"),
          Map.entry("picture", "9(6)"),
          Map.entry("kinds", "csv, txt"),
          Map.entry("example", "11/23/2026"),
          Map.entry("min", 1),
          Map.entry("max", 10),
          Map.entry("count", 6),
          Map.entry("decimals", 2));

  private final SequencedMap<String, Page> pages = new LinkedHashMap<>();

  /**
   * A page.
   *
   * @param meaning in one line
   * @param text the rest, with its line ends
   */
  record Page(String name, String meaning, String text) {
    /** As it is printed; with the line that asked for it, it fits a terminal of 24 lines. */
    String print() {
      String head = name + ": " + meaning;
      return (head.length() <= WIDTH ? head + "\n" : name + "\n\n" + wrapped(meaning))
          + "\n"
          + text;
    }
  }

  private Explanations() {}

  /** All of them, problems first. */
  static Explanations load() {
    Explanations all = new Explanations();
    all.problems();
    all.refusals();
    return all;
  }

  /** In the order of the file. */
  Collection<Page> pages() {
    return pages.values();
  }

  /** The page of that name; capitals, {@code _} and {@code -} do not matter. */
  Optional<Page> find(String name) {
    return Optional.ofNullable(pages.get(plain(name)))
        .or(() -> Optional.ofNullable(pages.get("E" + plain(name))));
  }

  /** The name that may have been meant. */
  Optional<String> nearest(String name) {
    return Suggestion.nearest(plain(name), pages.keySet()).flatMap(this::find).map(Page::name);
  }

  private static String plain(String name) {
    return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
  }

  private void add(Page page) {
    pages.put(plain(page.name()), page);
  }

  private void problems() {
    List<String> lines = resource().lines().filter(line -> !line.startsWith("# ")).toList();
    StringBuilder text = new StringBuilder();
    for (String line : lines.reversed()) {
      if (line.startsWith(BEGIN)) {
        String[] head = line.substring(BEGIN.length()).split(" ", 2);
        Page page = new Page(head[0], head[1], text.toString().strip() + "\n");
        pages.putFirst(plain(page.name()), page);
        text.setLength(0);
      } else {
        text.insert(0, line + "\n");
      }
    }
  }

  private static String resource() {
    try (InputStream in =
        Objects.requireNonNull(Explanations.class.getResourceAsStream("explain.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What users are told: the product's own words, with examples of the values in them. */
  private void refusals() {
    Catalogue words = words();
    for (Refusal refusal : Refusal.values()) {
      String help =
          words.textOr(refusal.messageKey() + ".help", "", words.language(), VALUES).value();
      add(
          new Page(
              refusal.code(),
              words.text(refusal.messageKey(), VALUES).value(),
              (help.isEmpty()
                      ? "The user reads this beside the field.\n"
                      : "What the user is told to do:\n\n" + wrapped(help))
                  + "\nThe page answers with HTTP status "
                  + refusal.status()
                  + ". The name stands in the audit log and in\nthe logs, beside the reference of"
                  + " the page.\n"));
    }
  }

  private static Catalogue words() {
    Language english = Language.of("en");
    List<Layer> layers = List.of(new Layer.Product(Refusal.class));
    return switch (Messages.load(
        Languages.of(List.of(english.tag())), english, ZoneOffset.UTC, layers)) {
      case Loading.Loaded(Messages messages) -> messages.in(english);
      case Loading.Refused(var problems) ->
          throw new IllegalStateException("message files of the product: " + problems);
    };
  }

  private static String wrapped(String text) {
    StringBuilder out = new StringBuilder();
    int column = 0;
    for (String word : text.split(" ", -1)) {
      if (column > 0 && column + 1 + word.length() > WIDTH - 2) {
        out.append('\n');
        column = 0;
      }
      out.append(column == 0 ? "  " : " ").append(word);
      column += (column == 0 ? 2 : 1) + word.length();
    }
    return out.append('\n').toString();
  }
}
