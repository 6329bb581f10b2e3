package org.hitc.i18n.check;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hitc.i18n.Message;
import org.hitc.i18n.Node;
import org.hitc.i18n.Rule;

/** L07: a selection has the cases of its source. */
final class Selections implements MessageRule {

  @Override
  public void check(Subject subject, Findings findings) {
    subject
        .original()
        .ifPresent(original -> {
          Map<String, Set<String>> theirs = cases(original.message());
          cases(subject.message())
              .forEach((name, cases) -> {
                Set<String> expected = theirs.getOrDefault(name, cases);
                if (!expected.equals(cases)) {
                  findings.add(
                      Rule.L07,
                      Severity.ERROR,
                      "{%s} has the cases %s; the source has %s, and these words are not translated"
                          .formatted(name, String.join(", ", cases), String.join(", ", expected)));
                }
              });
        });
  }

  private static Map<String, Set<String>> cases(Message message) {
    Map<String, Set<String>> cases = new TreeMap<>();
    for (Node.Select select : Walk.nodes(message, Node.Select.class)) {
      cases.computeIfAbsent(select.name(), _ -> new TreeSet<>()).addAll(select.cases().keySet());
    }
    return cases;
  }
}
