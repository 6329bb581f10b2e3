package org.hitc.i18n.check;

import java.util.List;
import java.util.regex.Pattern;
import org.hitc.i18n.Rule;

/** L18: a translation brings in no address and no telephone number. */
final class Addresses implements MessageRule {
  private static final List<Pattern> ADDRESSES =
      List.of(
          Pattern.compile("(?i)\\b[a-z][a-z0-9+.-]{1,15}://[^\\s]{1,200}"),
          Pattern.compile("(?i)\\b(?:mailto|tel|javascript|data):[^\\s]{1,200}"),
          Pattern.compile("(?i)\\bwww\\.[^\\s]{1,200}"),
          Pattern.compile("[^\\s@<>]{1,64}@[^\\s@<>]{1,200}"),
          Pattern.compile(
              "(?i)\\b[a-z0-9-]{1,63}\\.(?:com|org|net|info|biz|io|eu|de|fr|es|uk|ru|cn)\\b"),
          Pattern.compile("[+(]?\\p{Nd}(?:[ \u00A0()/.-]{0,2}\\p{Nd}){6,20}"));

  @Override
  public void check(Subject subject, Findings findings) {
    subject
        .original()
        .ifPresent(original -> {
          String ours = Walk.words(subject.message());
          String theirs = Walk.words(original.message());
          ADDRESSES.stream()
              .flatMap(address -> address.matcher(ours).results())
              .map(found -> found.group().strip())
              .filter(found -> !theirs.contains(found))
              .findFirst()
              .ifPresent(found ->
                  findings.add(
                      Rule.L18,
                      Severity.ERROR,
                      "\"%s\" is an address or a number that the source has not; take it out"
                          .formatted(found)));
        });
  }
}
