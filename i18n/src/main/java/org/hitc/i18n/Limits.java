package org.hitc.i18n;

/** How much a message file may ask for; ICU itself has no limits. */
public final class Limits {
  public static final int FILE_BYTES = 4 << 20;
  public static final int FILE_KEYS = 20_000;
  public static final int KEY_CHARACTERS = 200;
  public static final int PATTERN_CHARACTERS = 8_192;
  public static final int PLACEHOLDERS = 100;
  public static final int NESTING = 4;
  public static final int VARIANTS = 64;

  private Limits() {}
}
