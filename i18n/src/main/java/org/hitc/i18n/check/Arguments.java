package org.hitc.i18n.check;

import java.util.Set;
import java.util.TreeSet;
import org.hitc.i18n.Bundle;
import org.hitc.i18n.Rule;

/** L03, L04: a translation uses what its source is given. */
final class Arguments implements MessageRule {

  @Override
  public void check(Subject subject, Findings findings) {
    subject
        .original()
        .ifPresent(original -> {
          for (Bundle.Misuse misuse :
              Bundle.misuses(subject.message().arguments(), original.given())) {
            findings.add(
                misuse.rule(),
                Severity.ERROR,
                misuse.words() + "; the source has " + names(original.given().keySet()));
          }
          Set<String> unused = new TreeSet<>(original.message().arguments().keySet());
          unused.removeAll(subject.message().arguments().keySet());
          if (!unused.isEmpty()) {
            findings.add(
                Rule.L03,
                Severity.WARNING,
                "does not use " + names(unused) + ", which the source shows; put it in");
          }
        });
  }

  private static String names(Set<String> arguments) {
    return arguments.isEmpty()
        ? "no values"
        : "{" + String.join("}, {", new TreeSet<>(arguments)) + "}";
  }
}
