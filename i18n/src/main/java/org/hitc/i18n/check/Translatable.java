package org.hitc.i18n.check;

import java.util.regex.Pattern;
import org.hitc.i18n.Rule;

/** L17: a source text can be translated well. */
final class Translatable implements MessageRule {
  private static final int SHOUTED = 6;
  private static final int SENTENCES = 2;

  /** Where one sentence ends and another begins. */
  private static final Pattern NEXT_SENTENCE = Pattern.compile("[.!?]\\s+(?=\\p{Lu})");

  @Override
  public void check(Subject subject, Findings findings) {
    if (subject.original().isPresent()) {
      return;
    }
    if (subject.entry().metadata().description().isBlank()) {
      warn(findings, "has no description; say above it where it stands and what it is about");
    }
    String words = Walk.words(subject.message());
    if (words.contains("(s)") || words.contains("(es)")) {
      warn(findings, "\"(s)\" is no plural in other languages; use {n, plural, ...}");
    }
    long letters = words.codePoints().filter(Character::isLetter).count();
    if (letters >= SHOUTED
        && words.codePoints().filter(Character::isLetter).allMatch(Character::isUpperCase)) {
      warn(findings, "is in capitals, which many scripts have none of; leave that to the page");
    }
    long sentences =
        subject.samples().stream()
            .map(sample -> subject.proof().show(subject.message(), sample).words())
            .mapToLong(shown -> NEXT_SENTENCE.matcher(shown).results().count() + 1)
            .max()
            .orElse(1);
    if (sentences > 1) {
      findings.add(
          Rule.L17,
          sentences > SENTENCES ? Severity.WARNING : Severity.ADVICE,
          "is %d sentences in one; a message each is easier to translate".formatted(sentences));
    }
  }

  private static void warn(Findings findings, String words) {
    findings.add(Rule.L17, Severity.WARNING, words);
  }
}
