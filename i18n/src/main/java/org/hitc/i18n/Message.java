package org.hitc.i18n;

import java.util.List;
import java.util.Map;

/**
 * A message, parsed. Immutable, for any number of threads.
 *
 * @param arguments every argument it uses, and as what
 */
record Message(List<Node> nodes, Map<String, Kind> arguments) {
  Message {
    nodes = List.copyOf(nodes);
    arguments = Map.copyOf(arguments);
  }
}
