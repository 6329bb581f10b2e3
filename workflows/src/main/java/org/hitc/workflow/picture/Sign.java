package org.hitc.workflow.picture;

/** How the sign of a picture with {@code S} stands in the field (SIGN clause, ISO 1989). */
public sealed interface Sign {
  /** At the beginning of the field instead of its end. */
  boolean leading();

  /** A {@code +} or {@code -} of its own. */
  record Separate(boolean leading) implements Sign {}

  /** In a digit. */
  record Overpunched(boolean leading, Overpunch dialect) implements Sign {}
}
