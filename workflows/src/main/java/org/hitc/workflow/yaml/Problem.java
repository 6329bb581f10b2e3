package org.hitc.workflow.yaml;

/**
 * One thing that is wrong with a file.
 *
 * @param severity whether the file can be used all the same
 * @param file as it was named
 * @param place where
 * @param ident name of the kind of problem, such as {@code KEY_UNKNOWN}
 * @param text what is wrong
 * @param cure what to do
 * @param excerpt the line of the file
 */
public record Problem(
    Severity severity,
    String file,
    Place place,
    String ident,
    String text,
    String cure,
    String excerpt) {

  private static final int MAX_EXCERPT = 120;

  /**
   * For people: {@code file:line:column: error: text [IDENT]} (or {@code warning:}), the line, a
   * caret below the column, and the cure. Ends with a line end.
   */
  public String format() {
    String head =
        file + ":" + place.line() + ":" + place.column() + ": " + severity.word() + ": " + text;
    StringBuilder out = new StringBuilder(head).append(" [").append(ident).append("]\n");
    String shown = excerpt.codePoints().anyMatch(Character::isISOControl) ? blanked() : excerpt;
    int caret = Math.clamp(place.column() - 1L, 0, shown.length());
    int from = Math.max(0, caret - MAX_EXCERPT / 2);
    int to = Math.min(shown.length(), from + MAX_EXCERPT);
    if (!shown.isBlank()) {
      out.append("  ").append(shown, from, to).append('\n');
      out.append("  ").repeat(' ', caret - from).append("^\n");
    }
    return out.append("  ").append(cure).append('\n').toString();
  }

  private String blanked() {
    StringBuilder out = new StringBuilder();
    excerpt.chars().forEach(c -> out.append(Character.isISOControl(c) ? ' ' : (char) c));
    return out.toString();
  }
}
