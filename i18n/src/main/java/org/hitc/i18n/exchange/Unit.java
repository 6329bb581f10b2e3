package org.hitc.i18n.exchange;

import java.util.List;
import java.util.Optional;

/**
 * A message and its translation.
 *
 * @param source the present source text, a pattern
 * @param target the translation; empty exactly when the state is {@link State#MISSING}
 * @param was the source text that a stale translation was made of, when it is known
 * @param notes for the translator, a line each
 */
public record Unit(
    String key,
    String source,
    Optional<String> target,
    State state,
    Optional<String> was,
    List<String> notes) {

  /** How far a translation is. */
  public enum State {
    /** There is none. */
    MISSING,
    /** Its source has changed since, or somebody has to look at it. */
    STALE,
    /** It is done. */
    TRANSLATED
  }

  public Unit {
    notes = List.copyOf(notes);
    if (target.isPresent() == (state == State.MISSING)) {
      throw new IllegalArgumentException(key + ": " + state + " with target " + target);
    }
  }
}
