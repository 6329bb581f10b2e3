package org.hitc.i18n.check;

import org.hitc.i18n.Origin;
import org.hitc.i18n.Rule;

/** L15: a translation, or a site's own wording, is of the present source. */
final class Staleness implements MessageRule {

  @Override
  public void check(Subject subject, Findings findings) {
    subject
        .original()
        .ifPresent(original -> {
          Origin origin = subject.entry().metadata().origin();
          String source = original.entry().value();
          if (origin.stale(source, subject.entry().value())) {
            String change = origin.madeOf().map(was -> ": " + TextDiff.of(was, source)).orElse("");
            findings.add(
                Rule.L15,
                Severity.WARNING,
                "the source has changed since%s; change the words, or take \"# @of\" out if they fit"
                    .formatted(change));
          }
        });
  }
}
