package org.hitc.workflow.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** Turns the library's nodes into ours. The only class that knows the library. */
final class Composer {
  private final String source;
  private final Problems problems;
  private final LoadSettings settings =
      LoadSettings.builder()
          .setSchema(new FailsafeSchema())
          .setUseMarks(true)
          .setMaxAliasesForCollections(0)
          .setCodePointLimit(YamlDocument.MAX_BYTES)
          .build();

  Composer(String source, Problems problems) {
    this.source = source;
    this.problems = problems;
  }

  Optional<YamlMap> compose() {
    try {
      if (!plain()) {
        return Optional.empty();
      }
      Optional<Node> node = new Compose(settings).composeString(source);
      if (node.isPresent() && convert(node.get()) instanceof YamlMap map) {
        return Optional.of(map);
      }
      problems.add(
          new Place(1, 1),
          Idents.VALUE_KIND,
          "the file has no keys with values",
          "begin with a line such as key: value");
    } catch (MarkedYamlEngineException e) {
      Place place = e.getProblemMark().map(Composer::place).orElse(new Place(1, 1));
      problems.add(place, Idents.YAML_SYNTAX, e.getProblem(), cure(place));
    } catch (YamlEngineException e) {
      problems.add(
          new Place(1, 1),
          Idents.YAML_SYNTAX,
          String.valueOf(e.getMessage()).lines().findFirst().orElse("not YAML"),
          "remove control characters; save the file as plain text");
    }
    return Optional.empty();
  }

  /** Looks at the events first: they cost no stack, however deep the file nests. */
  private boolean plain() {
    int depth = 0;
    boolean plain = true;
    for (Event event : new Parse(settings).parseString(source)) {
      Place place = event.getStartMark().map(Composer::place).orElse(new Place(1, 1));
      if (event instanceof CollectionStartEvent) {
        depth++;
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
      if (depth > YamlDocument.MAX_DEPTH) {
        problems.add(place, Idents.YAML_SIZE, "nested too deep", "at most 20 levels");
        return false;
      }
      if (isAnchored(event)) {
        problems.add(
            place,
            Idents.YAML_ANCHOR,
            "anchors (&), aliases (*) and tags (!) are not used here",
            "write the text out; put text that begins with & * or ! in quotes");
        plain = false;
      }
    }
    return plain;
  }

  private static boolean isAnchored(Event event) {
    return event instanceof AliasEvent
        || (event instanceof NodeEvent node && node.getAnchor().isPresent())
        || (event instanceof ScalarEvent scalar && scalar.getTag().isPresent())
        || (event instanceof CollectionStartEvent start && start.getTag().isPresent());
  }

  private YamlValue convert(Node node) {
    return switch (node) {
      case ScalarNode scalar -> new YamlText(place(node), scalar.getValue());
      case SequenceNode sequence ->
          new YamlList(place(node), sequence.getValue().stream().map(this::convert).toList());
      case MappingNode mapping -> map(mapping);
      default -> throw new IllegalStateException("a node of kind " + node.getNodeType());
    };
  }

  private YamlMap map(MappingNode mapping) {
    Map<String, YamlValue> values = new LinkedHashMap<>();
    Map<String, Place> keys = new LinkedHashMap<>();
    List<NodeTuple> tuples = new ArrayList<>(mapping.getValue());
    for (NodeTuple tuple : tuples) {
      Place place = place(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(place, Idents.VALUE_KIND, "a key is not text", "write text before the colon");
        continue;
      }
      YamlValue value = convert(tuple.getValueNode());
      if (keys.putIfAbsent(key.getValue(), place) == null) {
        values.put(key.getValue(), value);
      } else {
        problems.add(
            place,
            Idents.KEY_TWICE,
            "the key '" + key.getValue() + "' stands here a second time",
            "the first is on line " + keys.get(key.getValue()).line() + "; remove one of them");
      }
    }
    return new YamlMap(place(mapping), problems, values, keys);
  }

  private String cure(Place place) {
    String line = source.lines().skip(place.line() - 1L).findFirst().orElse("");
    if (line.indexOf('\t') >= 0) {
      return "indent with blanks, never with tabs";
    }
    return line.indexOf(": ") != line.lastIndexOf(": ")
        ? "put text that holds a colon in \"quotes\""
        : "check the indentation; put text with special characters in \"quotes\"";
  }

  private static Place place(Node node) {
    return node.getStartMark().map(Composer::place).orElse(new Place(1, 1));
  }

  private static Place place(Mark mark) {
    return new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
