package org.hitc.i18n.check;

import java.util.ArrayList;
import java.util.List;
import org.hitc.i18n.Message;
import org.hitc.i18n.Node;

/** Goes through the parts of messages. */
final class Walk {
  private Walk() {}

  /** All parts of this kind, at any depth. */
  static <T extends Node> List<T> nodes(Message message, Class<T> kind) {
    List<T> found = new ArrayList<>();
    nodes(message.nodes(), kind, found);
    return found;
  }

  static <T extends Node> void nodes(List<Node> nodes, Class<T> kind, List<T> found) {
    for (Node node : nodes) {
      if (kind.isInstance(node)) {
        found.add(kind.cast(node));
      }
      variants(node).forEach(variant -> nodes(variant, kind, found));
    }
  }

  /** The message itself and every variant in it, each as its own list of parts. */
  static List<List<Node>> branches(Message message) {
    List<List<Node>> branches = new ArrayList<>();
    branches(message.nodes(), branches);
    return branches;
  }

  private static void branches(List<Node> nodes, List<List<Node>> branches) {
    branches.add(nodes);
    nodes.forEach(node -> variants(node).forEach(variant -> branches(variant, branches)));
  }

  static List<List<Node>> variants(Node node) {
    return switch (node) {
      case Node.Plural plural -> {
        List<List<Node>> variants = new ArrayList<>();
        plural.exact().forEach(exact -> variants.add(exact.message()));
        variants.addAll(plural.categories().values());
        yield variants;
      }
      case Node.Select select -> List.copyOf(select.cases().values());
      case Node.Literal _, Node.Argument _, Node.Numeric _, Node.Dated _, Node.Hash _ -> List.of();
    };
  }

  /** All words of a message, with a blank between those of different parts. */
  static String words(Message message) {
    return String.join(
        " ", nodes(message, Node.Literal.class).stream().map(Node.Literal::text).toList());
  }
}
