package org.hitc.i18n;

/** How much a message file may ask for; ICU itself has no limits. */
final class Limits {
  static final int FILE_BYTES = 4 << 20;
  static final int FILE_KEYS = 20_000;
  static final int KEY_CHARACTERS = 200;
  static final int PATTERN_CHARACTERS = 8_192;
  static final int PLACEHOLDERS = 100;
  static final int NESTING = 4;
  static final int VARIANTS = 64;

  private Limits() {}
}
