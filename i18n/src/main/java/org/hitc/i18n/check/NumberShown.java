package org.hitc.i18n.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hitc.i18n.Message;
import org.hitc.i18n.Node;
import org.hitc.i18n.Rule;

/** L09: {@code #} stands in a plural, and a plural shows its number. */
final class NumberShown implements MessageRule {
  private static final List<String> COUNTED = List.of("other", "many");

  @Override
  public void check(Subject subject, Findings findings) {
    Message message = subject.message();
    boolean theirs =
        subject.original().map(o -> literalHash(o.message())).orElse(plurals(message).isEmpty());
    if (literalHash(message) && !theirs) {
      findings.add(
          Rule.L09,
          Severity.WARNING,
          "# stands outside of a plural and is shown as #; write the value's name in braces");
    }
    for (Node.Plural plural : plurals(message)) {
      if (subject.original().map(o -> shownIn(o.message(), plural.name())).orElse(true)
          && !shownOutside(message, plural.name())) {
        missing(plural, findings);
      }
    }
  }

  private static void missing(Node.Plural plural, Findings findings) {
    for (String category : COUNTED) {
      List<Node> branch = plural.categories().getOrDefault(category, List.of());
      if (!branch.isEmpty() && !shows(branch, plural.name())) {
        findings.add(
            Rule.L09,
            Severity.WARNING,
            "\"%s\" of {%s} does not show the number; put # into it"
                .formatted(category, plural.name()));
      }
    }
  }

  private static List<Node.Plural> plurals(Message message) {
    return Walk.nodes(message, Node.Plural.class);
  }

  private static boolean literalHash(Message message) {
    return Walk.nodes(message, Node.Literal.class).stream().anyMatch(l -> l.text().contains("#"));
  }

  /** Whether a source shows the number where its plural counts. */
  private static boolean shownIn(Message message, String name) {
    return plurals(message).stream()
        .filter(plural -> plural.name().equals(name))
        .allMatch(plural -> shows(plural.categories().getOrDefault("other", List.of()), name));
  }

  private static boolean shownOutside(Message message, String name) {
    return message.nodes().stream().anyMatch(node -> names(node, name));
  }

  private static boolean shows(List<Node> branch, String name) {
    List<Node> all = new ArrayList<>();
    Walk.nodes(branch, Node.class, all);
    return all.stream().anyMatch(node -> node instanceof Node.Hash || names(node, name));
  }

  private static boolean names(Node node, String name) {
    Set<String> named =
        switch (node) {
          case Node.Argument(String shown) -> Set.of(shown);
          case Node.Numeric(String shown, _) -> Set.of(shown);
          default -> Set.of();
        };
    return named.contains(name);
  }
}
