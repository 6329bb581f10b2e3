package org.hitc.listener.launcher;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * A mapping of a YAML file, read strictly: every scalar is text; no anchor, alias or tag; no key
 * twice. All that is wrong is collected, each with its place.
 */
final class Yaml {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 10;
  private static final Pattern RANGE = Pattern.compile("(-?[0-9]{1,18})-(-?[0-9]{1,18})");

  private final String file;
  private final Node place;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final List<String> problems;

  /** Two whole numbers, the first not above the second. */
  record Range(long from, long to) {
    boolean contains(long number) {
      return from <= number && number <= to;
    }

    @Override
    public String toString() {
      return from + "-" + to;
    }
  }

  private Yaml(String file, Node place, List<String> problems) {
    this.file = file;
    this.place = place;
    this.problems = problems;
    if (!(place instanceof MappingNode map)) {
      problem(place, "must be keys with values");
      return;
    }
    for (NodeTuple pair : map.getValue()) {
      if (!(pair.getKeyNode() instanceof ScalarNode key)) {
        problem(pair.getKeyNode(), "is no key");
      } else if (values.putIfAbsent(key.getValue(), pair.getValueNode()) != null) {
        problem(key, "'" + key.getValue() + "' stands here twice");
      }
    }
  }

  /**
   * Reads a file.
   *
   * @param problems to which what is wrong is added
   * @return empty when it is no YAML of this kind
   */
  static Optional<Yaml> read(String file, byte[] bytes, List<String> problems) {
    if (bytes.length > MAX_BYTES) {
      problems.add(file + ": larger than 1 MiB");
      return Optional.empty();
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      LoadSettings settings =
          LoadSettings.builder().setLabel(file).setSchema(new FailsafeSchema()).build();
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isEmpty()) {
        problems.add(file + ": is empty");
        return Optional.empty();
      }
      int before = problems.size();
      plain(file, root.get(), 0, problems);
      return problems.size() > before
          ? Optional.empty()
          : Optional.of(new Yaml(file, root.get(), problems));
    } catch (YamlEngineException e) {
      problems.add(String.valueOf(e.getMessage()));
    } catch (CharacterCodingException _) {
      problems.add(file + ": is not UTF-8");
    }
    return Optional.empty();
  }

  /** Refuses what would make a file mean more than it shows. */
  private static void plain(String file, Node node, int depth, List<String> problems) {
    if (node.getAnchor().isPresent()) {
      problems.add(at(file, node) + "an anchor is not allowed");
    } else if (!node.getTag().getValue().matches("tag:yaml.org,2002:(str|seq|map)")) {
      problems.add(at(file, node) + "a tag is not allowed");
    } else if (depth > MAX_DEPTH) {
      problems.add(at(file, node) + "too deep");
    } else if (node instanceof SequenceNode list) {
      list.getValue().forEach(child -> plain(file, child, depth + 1, problems));
    } else if (node instanceof MappingNode map) {
      for (NodeTuple pair : map.getValue()) {
        plain(file, pair.getKeyNode(), depth + 1, problems);
        plain(file, pair.getValueNode(), depth + 1, problems);
      }
    }
  }

  /** Any other key is a problem. */
  void only(String... known) {
    for (Map.Entry<String, Node> value : values.entrySet()) {
      if (!Set.of(known).contains(value.getKey())) {
        problem(value.getValue(), "there is no key '" + value.getKey() + "'");
      }
    }
  }

  /** A key that must be there. */
  void require(String... keys) {
    for (String key : keys) {
      if (!values.containsKey(key)) {
        problem(place, "'" + key + "' is missing");
      }
    }
  }

  Set<String> keys() {
    return values.keySet();
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /** Something is wrong with the value of a key. */
  void wrong(String key, String text) {
    problem(values.getOrDefault(key, place), "'" + key + "' " + text);
  }

  Optional<String> text(String key) {
    Optional<Node> value = Optional.ofNullable(values.get(key));
    if (value.isPresent() && !(value.get() instanceof ScalarNode)) {
      wrong(key, "must be one value");
    }
    return value.filter(ScalarNode.class::isInstance).map(node -> ((ScalarNode) node).getValue());
  }

  /** A text of this form. */
  Optional<String> text(String key, Pattern form, String words) {
    Optional<String> text = text(key);
    if (text.isPresent() && !form.matcher(text.get()).matches()) {
      wrong(key, "must be " + words + ", not '" + text.get() + "'");
      return Optional.empty();
    }
    return text;
  }

  OptionalInt integer(String key, int from, int to) {
    Optional<String> text = text(key, Pattern.compile("[0-9]{1,10}"), "a whole number");
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    long number = Long.parseLong(text.get());
    if (number < from || number > to) {
      wrong(key, "must be from " + from + " to " + to);
      return OptionalInt.empty();
    }
    return OptionalInt.of((int) number);
  }

  Optional<Range> range(String key) {
    Optional<String> text = text(key, RANGE, "a range such as 1-12");
    Matcher match = RANGE.matcher(text.orElse(""));
    if (!match.matches()) {
      return Optional.empty();
    }
    Range range = new Range(Long.parseLong(match.group(1)), Long.parseLong(match.group(2)));
    if (range.from() > range.to()) {
      wrong(key, "ends before it begins");
      return Optional.empty();
    }
    return Optional.of(range);
  }

  /**
   * A number with one of these units.
   *
   * @param units how much each is
   * @param max the largest that is let through
   */
  Optional<Long> amount(String key, Map<String, Long> units, long max) {
    String names = String.join("|", units.keySet());
    Pattern form = Pattern.compile("([0-9]{1,12})(" + names + ")");
    Optional<String> text = text(key, form, "a number with one of the units " + names);
    Matcher match = form.matcher(text.orElse(""));
    if (!match.matches()) {
      return Optional.empty();
    }
    BigInteger amount =
        new BigInteger(match.group(1))
            .multiply(BigInteger.valueOf(units.getOrDefault(match.group(2), 1L)));
    if (amount.signum() == 0 || amount.compareTo(BigInteger.valueOf(max)) > 0) {
      wrong(key, "must be more than nothing, and not above " + max + " in the smallest unit");
      return Optional.empty();
    }
    return Optional.of(amount.longValueExact());
  }

  Optional<Yaml> map(String key) {
    return Optional.ofNullable(values.get(key)).map(node -> new Yaml(file, node, problems));
  }

  /** A list of texts; empty when the key is not there. */
  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Node node : list(key)) {
      if (node instanceof ScalarNode scalar) {
        texts.add(scalar.getValue());
      } else {
        problem(node, "must be one value");
      }
    }
    return texts;
  }

  /** A list of mappings; empty when the key is not there. */
  List<Yaml> maps(String key) {
    List<Yaml> maps = new ArrayList<>();
    list(key).forEach(node -> maps.add(new Yaml(file, node, problems)));
    return maps;
  }

  private List<Node> list(String key) {
    Optional<Node> value = Optional.ofNullable(values.get(key));
    if (value.isPresent() && value.get() instanceof SequenceNode list) {
      return list.getValue();
    }
    if (value.isPresent()) {
      wrong(key, "must be a list");
    }
    return List.of();
  }

  private void problem(Node node, String text) {
    problems.add(at(file, node) + text);
  }

  private static String at(String file, Node node) {
    return file
        + node.getStartMark()
            .map(mark -> ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))
            .orElse("")
        + ": ";
  }
}
