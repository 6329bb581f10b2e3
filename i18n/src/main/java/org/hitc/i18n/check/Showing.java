package org.hitc.i18n.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.i18n.Proof;
import org.hitc.i18n.Rule;

/** L19: with every sample the message shows something, and every value in it. */
final class Showing implements MessageRule {

  @Override
  public void check(Subject subject, Findings findings) {
    subject.samples().stream()
        .map(sample -> wrong(subject, sample))
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(words -> findings.add(Rule.L19, Severity.ERROR, words));
  }

  private static Optional<String> wrong(Subject subject, Map<String, Object> sample) {
    try {
      Proof.Shown shown = subject.proof().show(subject.message(), sample);
      // What nothing fills in is told by L03.
      List<String> misused =
          shown.unusable().stream().filter(subject.given()::containsKey).toList();
      if (!misused.isEmpty()) {
        return Optional.of(
            "cannot show %s with %s; use it as what it is".formatted(misused, sample));
      }
      return shown.words().isBlank()
          ? Optional.of("shows nothing with %s; give that case words".formatted(sample))
          : Optional.empty();
    } catch (RuntimeException e) {
      // The gate exists for what nobody has thought of.
      return Optional.of("fails with %s: %s; write it another way".formatted(sample, e));
    }
  }
}
