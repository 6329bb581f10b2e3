package org.hitc.workflow.yaml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keys with values, in the order of the file, and the ways to read them. What cannot be read as
 * asked becomes a problem and an empty result; reading goes on, so that all problems are found.
 */
public final class YamlMap implements YamlValue {
  private final Place place;
  private final Problems problems;
  private final Map<String, YamlValue> values;
  private final Map<String, Place> keys;

  YamlMap(Place place, Problems problems, Map<String, YamlValue> values, Map<String, Place> keys) {
    this.place = place;
    this.problems = problems;
    this.values = new LinkedHashMap<>(values);
    this.keys = new HashMap<>(keys);
  }

  @Override
  public Place place() {
    return place;
  }

  /** Its keys, in the order of the file. */
  public List<String> keys() {
    return List.copyOf(values.keySet());
  }

  /** Where a key stands; where the map begins when it has no such key. */
  public Place placeOf(String key) {
    return keys.getOrDefault(key, place);
  }

  /** True when the key is there. */
  public boolean has(String key) {
    return values.containsKey(key);
  }

  /**
   * Every other key is a problem. One that is nearly a known key is read as that, so that a slip of
   * the finger is one problem and not two.
   */
  public void only(String... known) {
    List<String> names = Arrays.asList(known);
    for (String key : keys()) {
      if (!names.contains(key)) {
        Optional<String> meant = Suggestion.nearest(key, names).filter(near -> !has(near));
        String text = "unknown key '" + key + "'";
        String cure = Suggestion.cure(key, names);
        if (meant.isPresent()) {
          problems.slip(placeOf(key), Idents.KEY_UNKNOWN, text, cure);
          value(key).ifPresent(value -> values.put(meant.get(), value));
          keys.put(meant.get(), placeOf(key));
        } else {
          problems.add(placeOf(key), Idents.KEY_UNKNOWN, text, cure);
        }
        values.remove(key);
      }
    }
  }

  /** Every other key, though known elsewhere, is a problem beside {@code what}. */
  void onlyBeside(String what, List<String> known) {
    for (String key : keys()) {
      if (!known.contains(key)) {
        problems.add(
            placeOf(key),
            Idents.KEY_MISPLACED,
            "'" + key + "' means nothing beside " + what,
            "remove it; beside " + what + " can stand " + String.join(", ", known));
      }
    }
  }

  /** A key that is not there is a problem. */
  public void require(String... wanted) {
    for (String key : wanted) {
      if (!has(key)) {
        problems.add(
            place, Idents.KEY_MISSING, "the key '" + key + "' is missing", "add " + key + ": ...");
      }
    }
  }

  /** The value, whatever it is. */
  public Optional<YamlValue> value(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** A text that is not empty. */
  public Optional<YamlText> text(String key) {
    Optional<YamlText> text =
        value(key)
            .flatMap(v -> v instanceof YamlText t ? Optional.of(t) : wrongKind(key, v, "text"));
    if (text.filter(t -> t.value().isBlank()).isPresent()) {
      problems.add(
          text.get().place(),
          Idents.VALUE_KIND,
          "'" + key + "' is empty",
          "say something, or remove it");
      return Optional.empty();
    }
    return text;
  }

  /** A list. */
  public Optional<YamlList> list(String key) {
    return value(key)
        .flatMap(v -> v instanceof YamlList l ? Optional.of(l) : wrongKind(key, v, "a list"));
  }

  /** A map. */
  public Optional<YamlMap> map(String key) {
    return value(key)
        .flatMap(
            v -> v instanceof YamlMap m ? Optional.of(m) : wrongKind(key, v, "keys with values"));
  }

  /** A list of texts; they may be empty. */
  public List<YamlText> texts(String key) {
    List<YamlText> texts = new ArrayList<>();
    for (YamlValue item : list(key).map(YamlList::items).orElse(List.of())) {
      if (item instanceof YamlText text) {
        texts.add(text);
      } else {
        wrongKind(key, item, "text");
      }
    }
    return texts;
  }

  /** One text, or a list of texts. */
  public List<YamlText> oneOrMore(String key) {
    return value(key).orElse(null) instanceof YamlText one ? List.of(one) : texts(key);
  }

  /** {@code true} or {@code false}. */
  public Optional<Boolean> bool(String key) {
    return oneOf(key, Set.of("true", "false")).map(t -> t.equals("true"));
  }

  /** One of these words. */
  public Optional<String> oneOf(String key, Set<String> words) {
    return text(key)
        .flatMap(t ->
            words.contains(t.value())
                ? Optional.of(t.value())
                : wrongForm(
                    t,
                    "'" + t.value() + "' is not a value of '" + key + "'",
                    Suggestion.cure(t.value(), words)));
  }

  /** A whole number, in decimal digits. */
  public Optional<Integer> integer(String key, int min, int max) {
    return text(key)
        .flatMap(t ->
            whole(t.value())
                .filter(n -> n >= min && n <= max)
                .or(() ->
                    wrongForm(
                        t,
                        "'" + key + "' is not a whole number",
                        "a whole number from " + min + " to " + max)));
  }

  /** A length of time, such as {@code 500ms}, {@code 90s}, {@code 2m}, {@code 1h}. */
  public Optional<Duration> duration(String key) {
    return text(key)
        .flatMap(t ->
            Quantities.duration(t.value())
                .or(() ->
                    wrongForm(
                        t,
                        "'" + key + "' is not a length of time",
                        "such as 500ms, 90s, 2m or 1h")));
  }

  /** A size, such as {@code 512B}, {@code 64KiB}, {@code 10MiB}. */
  public Optional<Long> bytes(String key) {
    return text(key)
        .flatMap(t ->
            Quantities.bytes(t.value())
                .or(() ->
                    wrongForm(t, "'" + key + "' is not a size", "such as 512B, 64KiB or 10MiB")));
  }

  /** The collector of the file. */
  public Problems problems() {
    return problems;
  }

  private static Optional<Integer> whole(String text) {
    boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits && !text.isEmpty() && text.length() <= 9
        ? Optional.of(Integer.parseInt(text))
        : Optional.empty();
  }

  private <T> Optional<T> wrongKind(String key, YamlValue found, String wanted) {
    problems.add(
        found.place(),
        Idents.VALUE_KIND,
        "'" + key + "' has " + found.kind() + " where " + wanted + " is wanted",
        "write " + wanted + " here");
    return Optional.empty();
  }

  private <T> Optional<T> wrongForm(YamlText text, String what, String cure) {
    problems.add(text.place(), Idents.VALUE_FORM, what, cure);
    return Optional.empty();
  }
}
