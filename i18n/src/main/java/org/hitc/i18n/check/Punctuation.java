package org.hitc.i18n.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.hitc.i18n.Proof;
import org.hitc.i18n.Rule;

/**
 * L12: blanks at the ends and in pairs are those of the source, a sentence ends as its source does,
 * in the language's own signs, and French has a no-break space before its high signs.
 */
final class Punctuation implements MessageRule {
  /** What ends a text, by what it is, in the scripts that have signs of their own. */
  private static final Map<String, String> ENDS =
      Map.of(
          "full stop", ".\u3002\uFF0E\uFF61\u0964\u06D4\u0589\u17D4\u1362\u104B",
          "question mark", "?\uFF1F\u061F\u055E\u1367",
          "exclamation mark", "!\uFF01\u055C",
          "colon", ":\uFF1A\u1366",
          "ellipsis", "\u2026");

  private static final Set<String> WITHOUT_FULL_STOP = Set.of("th", "lo");
  private static final char GREEK_QUESTION_MARK = ';';
  private static final Pattern FRENCH = Pattern.compile("[^\\s\u00A0\u202F:;!?] ?[:;!?](?=\\s|$)");
  private static final Pattern CANADIAN = Pattern.compile("[^\\s\u00A0\u202F:;!?] ?:(?=\\s|$)");

  @Override
  public void check(Subject subject, Findings findings) {
    String value = subject.entry().value();
    String theirs = subject.source().value();
    boolean itself = subject.original().isEmpty();
    if (itself ? leading(value) : leading(value) != leading(theirs)) {
      findings.add(Rule.L12, Severity.WARNING, "a blank at the beginning that is wrong or missing");
    }
    if (itself ? trailing(value) : trailing(value) != trailing(theirs)) {
      findings.add(Rule.L12, Severity.WARNING, "a blank at the end that is wrong or missing");
    }
    if (Walk.words(subject.message()).contains("  ")
        && value.contains("  ")
        && (itself || !theirs.contains("  "))) {
      findings.add(Rule.L12, Severity.WARNING, "two blanks in a row; one is enough");
    }
    subject.original().ifPresent(original -> ends(subject, original, findings));
    french(subject, findings);
  }

  private static boolean leading(String text) {
    return !text.isEmpty() && Character.isWhitespace(text.charAt(0));
  }

  private static boolean trailing(String text) {
    return !text.isEmpty() && Character.isWhitespace(text.charAt(text.length() - 1));
  }

  private static void ends(Subject subject, Original original, Findings findings) {
    Proof theirs = Proof.in(original.language());
    Set<String> wrong = new TreeSet<>();
    for (Map<String, Object> sample : subject.samples()) {
      String source = theirs.show(original.message(), sample).words();
      String ours = subject.proof().show(subject.message(), sample).words();
      Optional<String> expected = end(source, original.language().tag());
      Optional<String> found = end(ours, subject.language().tag());
      boolean excused =
          WITHOUT_FULL_STOP.contains(language(subject)) && expected.equals(found.or(() -> STOP));
      if (!expected.equals(found) && !excused) {
        wrong.add(
            "ends with "
                + found.map(Punctuation::article).orElse("no sign")
                + ", the source with "
                + expected.map(Punctuation::article).orElse("none")
                + "; end alike");
      }
    }
    wrong.stream().findFirst().ifPresent(w -> findings.add(Rule.L12, Severity.WARNING, w));
  }

  private static final Optional<String> STOP = Optional.of("full stop");

  private static String article(String name) {
    return (name.startsWith("e") ? "an " : "a ") + name;
  }

  private static String language(Subject subject) {
    return subject.locale().getLanguage();
  }

  private static Optional<String> end(String words, String tag) {
    String text = words.strip();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    char last = text.charAt(text.length() - 1);
    if (text.endsWith("...")) {
      return Optional.of("ellipsis");
    }
    if (last == GREEK_QUESTION_MARK && List.of("el", "el-CY").contains(tag)) {
      return Optional.of("question mark");
    }
    return ENDS.entrySet().stream()
        .filter(e -> e.getValue().indexOf(last) >= 0)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static void french(Subject subject, Findings findings) {
    if (!language(subject).equals("fr")) {
      return;
    }
    Pattern high = subject.locale().getCountry().equals("CA") ? CANADIAN : FRENCH;
    boolean wrong =
        subject.samples().stream()
            .map(sample -> subject.proof().show(subject.message(), sample).words())
            .anyMatch(words -> high.matcher(words).find());
    if (wrong) {
      findings.add(
          Rule.L12,
          Severity.WARNING,
          "French has a no-break space (U+00A0 or U+202F) before : ; ! ?");
    }
  }
}
