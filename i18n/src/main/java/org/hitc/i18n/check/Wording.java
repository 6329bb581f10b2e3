package org.hitc.i18n.check;

import com.ibm.icu.lang.UScript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.hitc.i18n.Message;
import org.hitc.i18n.Rule;

/** L14: a translation is not its source again, and is written in its language's scripts. */
final class Wording implements MessageRule {
  private static final int SAME_LETTERS = 3;
  private static final Pattern TAG = Pattern.compile("</?[A-Za-z][A-Za-z0-9]{0,30}>");
  private static final Pattern ADDRESS = Pattern.compile("[!-~]{1,64}@[!-~]{1,200}");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

  @Override
  public void check(Subject subject, Findings findings) {
    subject
        .original()
        .filter(original -> !sameLanguage(subject, original))
        .ifPresent(original -> same(subject, original, findings));
    foreign(subject)
        .ifPresent(word ->
            findings.add(
                Rule.L14,
                Severity.WARNING,
                "\"%s\" is not in a script of %s; write it in one, or put it in as a value"
                    .formatted(word, subject.language())));
  }

  private static boolean sameLanguage(Subject subject, Original original) {
    return subject
        .locale()
        .getLanguage()
        .equals(Locale.forLanguageTag(original.language().tag()).getLanguage());
  }

  private static void same(Subject subject, Original original, Findings findings) {
    long letters = Walk.words(subject.message()).codePoints().filter(Character::isLetter).count();
    if (letters > SAME_LETTERS
        && subject.entry().value().equals(original.entry().value())
        && !subject.entry().metadata().origin().same()) {
      findings.add(
          Rule.L14,
          Severity.WARNING,
          "is the source again; translate it, or write \"# @same\" above it if it is meant");
    }
  }

  /** The first word in another script, but for abbreviations that the source has too. */
  private static Optional<String> foreign(Subject subject) {
    int[] code = UScript.getCode(subject.locale());
    if (code == null || subject.entry().metadata().origin().same()) {
      return Optional.empty();
    }
    Set<Integer> scripts = new HashSet<>(Arrays.stream(code).boxed().toList());
    scripts.addAll(List.of(UScript.COMMON, UScript.INHERITED));
    Set<String> names = new HashSet<>();
    subject
        .original()
        .ifPresent(original ->
            names.addAll(NO_WORD.splitAsStream(Walk.words(original.message())).toList()));
    return foreign(words(subject.message()), scripts).stream()
        .filter(word -> !(names.contains(word) && isName(word)))
        .findFirst();
  }

  /** Runs of letters of other scripts, with the digits behind them; Japanese has no blanks. */
  private static List<String> foreign(String words, Set<Integer> scripts) {
    List<String> runs = new ArrayList<>();
    StringBuilder run = new StringBuilder();
    words
        .codePoints()
        .forEach(c -> {
          boolean letter = Character.isLetter(c) && !scripts.contains(UScript.getScript(c));
          if (letter || (!run.isEmpty() && Character.isDigit(c))) {
            run.appendCodePoint(c);
          } else if (!run.isEmpty()) {
            runs.add(run.toString());
            run.setLength(0);
          }
        });
    if (!run.isEmpty()) {
      runs.add(run.toString());
    }
    return runs;
  }

  /** Without tags, and without addresses: those are the source's, whatever the script (L18). */
  private static String words(Message message) {
    return ADDRESS.matcher(TAG.matcher(Walk.words(message)).replaceAll(" ")).replaceAll(" ");
  }

  /** CSV, PostgreSQL, but not Name. */
  private static boolean isName(String word) {
    return word.codePoints()
        .skip(1)
        .anyMatch(c -> Character.isUpperCase(c) || Character.isDigit(c));
  }
}
