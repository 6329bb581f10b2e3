package org.hitc.workflow.yaml;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * How far a text is YAML, and which of its lines go on with a text or with what stands in brackets.
 */
final class Syntax {
  static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setSchema(new FailsafeSchema())
          .setUseMarks(true)
          .setMaxAliasesForCollections(0)
          .setCodePointLimit(YamlDocument.MAX_BYTES)
          .build();

  private final BitSet inside = new BitSet();
  private Optional<YamlEngineException> error = Optional.empty();

  private Syntax() {}

  /** Reads the events: they cost no stack, however deep the text nests. */
  static Syntax of(String text) {
    Syntax syntax = new Syntax();
    Deque<CollectionStartEvent> open = new ArrayDeque<>();
    try {
      for (Event event : new Parse(SETTINGS).parseString(text)) {
        if (open.size() > YamlDocument.MAX_DEPTH) {
          // Refused anyway, and costly to go on with.
          return syntax;
        }
        switch (event) {
          case ScalarEvent scalar -> syntax.inside(scalar, scalar);
          case CollectionStartEvent start -> open.push(start);
          case CollectionEndEvent end -> {
            CollectionStartEvent start = open.pop();
            if (start.getFlowStyle() == FlowStyle.FLOW) {
              syntax.inside(start, end);
            }
          }
          default -> {}
        }
      }
    } catch (YamlEngineException e) {
      syntax.error = Optional.of(e);
    }
    return syntax;
  }

  private void inside(Event from, Event to) {
    int first = line(from.getStartMark()) + 1;
    int last = line(to.getEndMark());
    // The end of a block scalar is the beginning of the line behind it.
    int behind = to.getEndMark().filter(m -> m.getColumn() == 0).isPresent() ? last : last + 1;
    if (behind > first) {
      inside.set(first, behind);
    }
  }

  /** True when this line, from 0, goes on with what another one began. */
  boolean inside(int line) {
    return inside.get(line);
  }

  /** Why it is not YAML. */
  Optional<YamlEngineException> error() {
    return error;
  }

  /** The line, from 0, where it ceases to be YAML. */
  int end() {
    return error
        .map(e -> e instanceof MarkedYamlEngineException marked ? line(marked.getProblemMark()) : 0)
        .orElse(Integer.MAX_VALUE);
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(Mark::getLine).orElse(0);
  }
}
