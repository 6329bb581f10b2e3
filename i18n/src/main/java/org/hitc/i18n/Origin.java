package org.hitc.i18n;

import java.util.Optional;

/**
 * What a translation was made of, as the comments say that {@code hitc i18n sync} keeps.
 *
 * @param source {@code @source}: the source text beside it, for the eye
 * @param was {@code @was}: the source text that it was made of, when that is another one now
 * @param of {@code @of}: fingerprints of the two texts when they last fitted
 * @param missing {@code @missing}: it has no words yet
 * @param same {@code @same}: it is meant to be the same as its source
 */
public record Origin(
    Optional<String> source,
    Optional<String> was,
    Optional<Fingerprints> of,
    boolean missing,
    boolean same) {

  static final Origin UNKNOWN =
      new Origin(Optional.empty(), Optional.empty(), Optional.empty(), false, false);

  /**
   * Whether a translation is older than its source. One whose words have changed since they last
   * fitted is not: somebody has looked at it.
   *
   * @param source the present source text
   * @param value the present translation
   */
  public boolean stale(String source, String value) {
    return of.isPresent()
        && !of.get().source().equals(Fingerprints.of(source))
        && of.get().value().equals(Fingerprints.of(value));
  }

  /** The source text that it was made of, if it is known. */
  public Optional<String> madeOf() {
    return was.or(() ->
        source.filter(text -> of.isPresent() && of.get().source().equals(Fingerprints.of(text))));
  }
}
