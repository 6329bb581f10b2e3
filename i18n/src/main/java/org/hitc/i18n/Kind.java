package org.hitc.i18n;

/** What an argument of a message is. */
public enum Kind {
  /** Inserted as it is: fits any other. */
  ANY,
  /** A text. */
  TEXT,
  /** A whole or decimal number. */
  NUMBER,
  /** A date, a time of day, or both. */
  DATE;

  /** Whether an argument that is this may be used as that. */
  boolean fits(Kind use) {
    return this == use || this == ANY || use == ANY;
  }
}
