package org.hitc.i18n.check;

import com.ibm.icu.text.PluralRules;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.hitc.i18n.Node;
import org.hitc.i18n.Rule;

/**
 * L06: a plural has the categories that CLDR gives its language. One that no number selects is
 * dead; one that is missing makes wrong grammar, except when only fractions, or numbers from a
 * million on, select it.
 */
final class Plurals implements MessageRule {
  private static final double RARE = 1_000_000;

  @Override
  public void check(Subject subject, Findings findings) {
    for (Node.Plural plural : Walk.nodes(subject.message(), Node.Plural.class)) {
      PluralRules rules = PluralRules.forLocale(subject.locale(), plural.type());
      dead(subject, plural, rules, findings);
      needed(subject, plural, rules, findings);
      if (plural.categories().containsKey("one")
          && plural.exact().stream().anyMatch(e -> e.number().doubleValue() == 1)
          && rules.getUniqueKeywordValue("one") == 1) {
        findings.add(
            Rule.L06,
            Severity.ADVICE,
            "{" + plural.name() + "} has =1 and one, which is the same here; keep one");
      }
    }
  }

  private static void dead(
      Subject subject, Node.Plural plural, PluralRules rules, Findings findings) {
    Set<String> dead = new TreeSet<>(plural.categories().keySet());
    dead.removeAll(rules.getKeywords());
    for (String category : dead) {
      findings.add(
          Rule.L06,
          Severity.ERROR,
          "{%s}: no number is \"%s\" in %s; it has %s"
              .formatted(plural.name(), category, subject.language(), names(rules)));
    }
  }

  private static void needed(
      Subject subject, Node.Plural plural, PluralRules rules, Findings findings) {
    Set<String> needed = new TreeSet<>(rules.getKeywords());
    needed.removeAll(plural.categories().keySet());
    needed.removeIf(category -> covered(plural, rules, category));
    for (String category : needed) {
      findings.add(
          Rule.L06,
          rare(rules, category) ? Severity.ADVICE : Severity.ERROR,
          "{%s} lacks \"%s\"%s; %s has %s"
              .formatted(
                  plural.name(),
                  category,
                  example(rules, category),
                  subject.language(),
                  names(rules)));
    }
  }

  /** Whether the category is one number only, and the message names that. */
  private static boolean covered(Node.Plural plural, PluralRules rules, String category) {
    double only = rules.getUniqueKeywordValue(category);
    return only != PluralRules.NO_UNIQUE_VALUE
        && plural.exact().stream()
            .anyMatch(e -> e.number().subtract(plural.offset()).doubleValue() == only);
  }

  /** Whether no whole number below a million is of this category. */
  static boolean rare(PluralRules rules, String category) {
    Collection<Double> samples = rules.getSamples(category);
    return samples == null || samples.stream().allMatch(number -> number >= RARE);
  }

  private static String example(PluralRules rules, String category) {
    Collection<Double> samples = rules.getSamples(category);
    return samples == null || samples.isEmpty()
        ? " (for fractions)"
        : " (such as %.0f)".formatted(samples.iterator().next());
  }

  private static String names(PluralRules rules) {
    return String.join(", ", new TreeSet<>(rules.getKeywords()));
  }
}
