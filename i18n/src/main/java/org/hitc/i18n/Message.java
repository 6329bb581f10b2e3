package org.hitc.i18n;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A message, parsed. Immutable, for any number of threads.
 *
 * @param arguments every argument it uses, and as what
 */
public record Message(List<Node> nodes, Map<String, Kind> arguments) {
  public Message {
    nodes = List.copyOf(nodes);
    arguments = Map.copyOf(arguments);
  }

  /** What it says, if it says the same whatever its arguments are. */
  Optional<String> words() {
    return nodes.size() == 1 && nodes.getFirst() instanceof Node.Literal(String text)
        ? Optional.of(text)
        : Optional.empty();
  }

  /** A pattern that says exactly this text, which is none: its braces are shown. */
  public static String quote(String text) {
    return MessageParser.quote(text);
  }

  /**
   * Parses an ICU MessageFormat pattern.
   *
   * @throws MessageSyntaxException if it is not one, or asks for what a message may not do
   */
  public static Message parse(String pattern) throws MessageSyntaxException {
    return MessageParser.parse(pattern);
  }
}
