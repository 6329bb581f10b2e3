package org.hitc.i18n;

/** Which characters words for people may consist of. */
public final class Characters {
  private Characters() {}

  /**
   * Whether a code point could make a text look like another, or not be a text at all: controls,
   * bidirectional embeddings, overrides and isolates, invisible and tag characters, private use,
   * surrogates, noncharacters. What writing needs stays: the joiners of Persian and the Indic
   * scripts, the direction marks of Arabic and Hebrew, the soft hyphen.
   */
  public static boolean forbidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      case Character.UNASSIGNED ->
          (codePoint & 0xFFFE) == 0xFFFE || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF);
      case Character.FORMAT -> !neededInWriting(codePoint);
      default -> false;
    };
  }

  private static boolean neededInWriting(int codePoint) {
    return switch (codePoint) {
      case 0x00AD, 0x061C, 0x200C, 0x200D, 0x200E, 0x200F -> true;
      default -> false;
    };
  }

  /** Its name for a report: {@code U+202E}. */
  public static String name(int codePoint) {
    return "U+%04X".formatted(codePoint);
  }
}
