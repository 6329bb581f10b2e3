package org.hitc.i18n.check;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hitc.i18n.Message;
import org.hitc.i18n.Node;
import org.hitc.i18n.Rule;

/** L10: tags are those of the source, closed in the branch they open in, and bare. */
final class Tags implements MessageRule {
  private static final Pattern TAG =
      Pattern.compile("<(/?)([A-Za-z][A-Za-z0-9]{0,30})([^<>]{0,200})>");
  private static final Pattern ENTITY = Pattern.compile("&(?:#[0-9xX]|[A-Za-z])[A-Za-z0-9]{0,30};");

  @Override
  public void check(Subject subject, Findings findings) {
    Message message = subject.message();
    Set<String> ours = names(message);
    subject
        .original()
        .ifPresent(original -> {
          Set<String> theirs = names(original.message());
          if (!ours.equals(theirs)) {
            findings.add(
                Rule.L10,
                Severity.ERROR,
                "the tags are %s; those of the source are %s".formatted(said(ours), said(theirs)));
          }
        });
    // A text that stands elsewhere may say <Enter> or &nbsp; and mean it; then so does this one.
    Optional<Message> theirs = subject.original().map(Original::message);
    String words = Walk.words(message);
    String known = theirs.map(Walk::words).orElse("");
    ENTITY
        .matcher(words)
        .results()
        .map(MatchResult::group)
        .filter(entity -> !known.contains(entity))
        .findFirst()
        .ifPresent(entity ->
            findings.add(
                Rule.L10,
                Severity.ERROR,
                entity + " is shown as it stands; write the character itself"));
    if (TAG.matcher(words)
        .results()
        .anyMatch(tag -> !tag.group(3).isBlank() && !known.contains(tag.group()))) {
      findings.add(Rule.L10, Severity.ERROR, "a tag has nothing but its name; take the rest out");
    }
    if (!balanced(message) && theirs.map(Tags::balanced).orElse(true)) {
      findings.add(
          Rule.L10, Severity.ERROR, "a tag that opens closes in the same branch; close it");
    }
  }

  private static boolean balanced(Message message) {
    return Walk.branches(message).stream().allMatch(Tags::balanced);
  }

  private static Set<String> names(Message message) {
    return TAG.matcher(Walk.words(message))
        .results()
        .map(tag -> tag.group(2))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String said(Set<String> names) {
    return names.isEmpty() ? "none" : "<" + String.join(">, <", names) + ">";
  }

  private static boolean balanced(List<Node> branch) {
    Deque<String> open = new ArrayDeque<>();
    for (Node node : branch) {
      if (node instanceof Node.Literal(String text)) {
        Matcher tag = TAG.matcher(text);
        while (tag.find()) {
          if (tag.group(1).isEmpty()) {
            open.push(tag.group(2));
          } else if (!tag.group(2).equals(open.poll())) {
            return false;
          }
        }
      }
    }
    return open.isEmpty();
  }
}
