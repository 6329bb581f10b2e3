package org.hitc.workflow.yaml;

import com.google.re2j.Pattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.FlowStyle;
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

/** Turns the library's nodes into ours. Only it and {@link Syntax} know the library. */
final class Composer {
  /** What can stand between the commas of a picture. */
  private static final Pattern PICTURE = Pattern.compile("[aAbBcCdDpPrRsSvVxXzZ0-9()$*+/.-]+");

  /** So many lines are mended; a file of rubbish would otherwise be read once for every line. */
  private static final int MAX_MENDED = 20;

  private final Problems problems;
  private String source;
  private int[] codePoints = {};

  Composer(String source, Problems problems) {
    this.source = source;
    this.problems = problems;
  }

  Optional<YamlMap> compose() {
    mend();
    codePoints = source.codePoints().toArray();
    try {
      if (!plain()) {
        return Optional.empty();
      }
      Optional<Node> node = new Compose(Syntax.SETTINGS).composeString(source);
      if (node.isPresent() && convert(node.get()) instanceof YamlMap map) {
        return Optional.of(map);
      }
      problems.add(
          new Place(1, 1),
          Idents.VALUE_KIND,
          "the file has no keys with values",
          "begin with a line such as key: value");
    } catch (MarkedYamlEngineException e) {
      Place place = place(e);
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

  /** Reports and mends the mistakes behind which the rest can still be read. */
  private void mend() {
    source = Tabs.blanked(source, problems);
    problems.mended(source);
    for (int i = 0; i < MAX_MENDED; i++) {
      if (!(Syntax.of(source).error().orElse(null) instanceof MarkedYamlEngineException e)) {
        return;
      }
      Optional<Colons.Mended> mended = Colons.mend(source, place(e).line());
      if (mended.isEmpty()) {
        return;
      }
      problems.slip(
          new Place(place(e).line(), mended.get().column()),
          Idents.YAML_SYNTAX,
          "the text holds a colon and stands without quotes",
          "write " + mended.get().quoted());
      source = mended.get().text();
      problems.mended(source);
    }
  }

  /** Looks at the events first: they cost no stack, however deep the file nests. */
  private boolean plain() {
    int depth = 0;
    boolean plain = true;
    for (Event event : new Parse(Syntax.SETTINGS).parseString(source)) {
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
    List<NodeTuple> tuples = mapping.getValue();
    for (int i = 0; i < tuples.size(); i++) {
      NodeTuple tuple = tuples.get(i);
      Place place = place(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(place, Idents.VALUE_KIND, "a key is not text", "write text before the colon");
        continue;
      }
      int pieces = mapping.getFlowStyle() == FlowStyle.FLOW ? pieces(tuples, i) : 0;
      YamlValue value =
          pieces == 0
              ? convert(tuple.getValueNode())
              : joined(key.getValue(), tuple.getValueNode(), tuples.get(i + pieces).getKeyNode());
      i += pieces;
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

  /** How many of the next keys are no keys, but what stands behind a comma of this text. */
  private int pieces(List<NodeTuple> tuples, int at) {
    if (!(tuples.get(at).getKeyNode() instanceof ScalarNode key)
        || !(tuples.get(at).getValueNode() instanceof ScalarNode value)
        || !value.isPlain()
        || value.getValue().isEmpty()) {
      return 0;
    }
    int end = at + 1;
    while (end < tuples.size() && isPiece(key.getValue(), tuples.get(end))) {
      end++;
    }
    return end - at - 1;
  }

  private boolean isPiece(String of, NodeTuple tuple) {
    if (!(tuple.getKeyNode() instanceof ScalarNode key)
        || !(tuple.getValueNode() instanceof ScalarNode value)
        || !key.isPlain()
        || !value.getValue().isEmpty()
        || raw(key, value).indexOf(':') >= 0) {
      return false;
    }
    String text = key.getValue();
    return of.equals("pic") ? PICTURE.matches(text) : text.indexOf(' ') > 0;
  }

  private YamlText joined(String key, Node from, Node to) {
    String text = raw(from, to);
    boolean picture = key.equals("pic");
    problems.slip(
        place(from),
        picture ? Idents.PIC_QUOTES : Idents.TEXT_QUOTES,
        (picture ? "the picture " + text : "the text of '" + key + "'")
            + " has a comma and stands in { } without quotes",
        "write " + key + ": \"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
    return new YamlText(place(from), text);
  }

  /** The source from where one node begins to where another one ends. */
  private String raw(Node from, Node to) {
    int begin = from.getStartMark().map(Mark::getIndex).orElse(0);
    int end = to.getEndMark().map(Mark::getIndex).orElse(begin);
    return new String(codePoints, begin, Math.max(0, end - begin));
  }

  private String cure(Place place) {
    String line = source.lines().skip(place.line() - 1L).findFirst().orElse("");
    return line.indexOf(": ") != line.lastIndexOf(": ")
        ? "put text that holds a colon in \"quotes\""
        : "check the indentation; put text with special characters in \"quotes\"";
  }

  private static Place place(MarkedYamlEngineException e) {
    return e.getProblemMark().map(Composer::place).orElse(new Place(1, 1));
  }

  private static Place place(Node node) {
    return node.getStartMark().map(Composer::place).orElse(new Place(1, 1));
  }

  private static Place place(Mark mark) {
    return new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
