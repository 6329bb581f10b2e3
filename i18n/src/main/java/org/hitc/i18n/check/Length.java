package org.hitc.i18n.check;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.hitc.i18n.Rule;

/**
 * L13: a message is no longer than {@code @max} of its source, with any sample. With texts that are
 * made up this is a warning only: nobody knows how long the real ones are.
 */
final class Length implements MessageRule {

  @Override
  public void check(Subject subject, Findings findings) {
    OptionalInt max = subject.source().metadata().max();
    if (max.isEmpty()) {
      return;
    }
    Optional<String> longest =
        subject.samples().stream()
            .map((Map<String, Object> sample) ->
                subject.proof().show(subject.message(), sample).words())
            .max(Comparator.comparingInt(Length::of));
    if (longest.isPresent() && of(longest.get()) > max.getAsInt()) {
      boolean sure =
          !subject.guessed() || !subject.samples().getFirst().containsValue(SampleMaker.TEXT);
      findings.add(
          Rule.L13,
          sure ? Severity.ERROR : Severity.WARNING,
          "is %d characters long where %d have room: \"%s\"; make it shorter"
              .formatted(of(longest.get()), max.getAsInt(), longest.get()));
    }
  }

  private static int of(String words) {
    return words.codePointCount(0, words.length());
  }
}
