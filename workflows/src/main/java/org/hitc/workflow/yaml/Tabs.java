package org.hitc.workflow.yaml;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tabs in the indentation, which YAML does not have. Each is reported, and read as as many blanks
 * as make sense there, so that the rest of the file can be checked.
 */
final class Tabs {
  /** For so many lines several indentations are tried; the others are taken like the line above. */
  private static final int MAX_TRIED = 20;

  private static final int[] STOPS = {8, 4, 2};

  private final List<String> lines;
  private final Problems problems;

  /** What one tab was read as last: who indents with tabs does so everywhere. */
  private Optional<Integer> lastWidth = Optional.empty();

  private Tabs(String source, Problems problems) {
    this.lines = new ArrayList<>(source.lines().toList());
    this.problems = problems;
  }

  /** The text without tabs in its indentation. */
  static String blanked(String source, Problems problems) {
    return source.indexOf('\t') < 0 ? source : new Tabs(source, problems).blanked(source);
  }

  private String blanked(String source) {
    int tried = 0;
    for (int i = 0; i < lines.size(); i++) {
      int tab = tabOf(lines.get(i));
      boolean tries = tried < MAX_TRIED;
      if (tab >= 0 && !(tries && continues(i))) {
        int blanks = tries ? best(i) : indentation(above(i));
        tried++;
        problems.slip(
            new Place(i + 1, tab + 1),
            Idents.YAML_TAB,
            "a tab in the indentation",
            "indent this line with " + blanks + " blanks");
        lines.set(i, " ".repeat(blanks) + lines.get(i).stripLeading());
      }
    }
    return tried == 0 ? source : text();
  }

  /** True when a line goes on with a text or with brackets that began above. */
  private boolean continues(int line) {
    String above = String.join("\n", lines.subList(0, line)) + "\n";
    return Syntax.of(text()).inside(line) || Syntax.of(above).end() == line;
  }

  /** The indentation with which the file can be read farthest; of equals the likeliest. */
  private int best(int line) {
    String bare = lines.get(line).stripLeading();
    String indent = lines.get(line).substring(0, lines.get(line).length() - bare.length());
    int above = indentation(above(line));
    int tabs = (int) indent.chars().filter(c -> c == '\t').count();
    int others = indent.length() - tabs;
    Set<Integer> candidates = new LinkedHashSet<>();
    lastWidth.ifPresent(width -> candidates.add(tabs * width + others));
    below(line).ifPresent(below -> candidates.add(indentation(below)));
    candidates.add(above);
    candidates.add(above + 2);
    candidates.add(Math.max(0, above - 2));
    for (int stop : STOPS) {
      candidates.add(expanded(indent, stop));
    }
    int best = above;
    int farthest = -1;
    String original = lines.get(line);
    for (int candidate : candidates) {
      lines.set(line, " ".repeat(candidate) + bare);
      int end = Syntax.of(text()).end();
      if (end > farthest) {
        farthest = end;
        best = candidate;
      }
    }
    lines.set(line, original);
    lastWidth = best > others ? Optional.of((best - others) / tabs) : lastWidth;
    return best;
  }

  private String text() {
    return String.join("\n", lines) + "\n";
  }

  private String above(int line) {
    return lines.subList(0, line).reversed().stream().filter(Tabs::says).findFirst().orElse("");
  }

  private Optional<String> below(int line) {
    return lines.stream().skip(line + 1L).filter(Tabs::says).filter(l -> tabOf(l) < 0).findFirst();
  }

  private static boolean says(String line) {
    return !line.isBlank() && !line.stripLeading().startsWith("#");
  }

  private static int indentation(String line) {
    return line.length() - line.stripLeading().length();
  }

  /** Where a tab stands before the text of the line, or -1; comments and empty lines may. */
  private static int tabOf(String line) {
    int tab = line.indexOf('\t');
    return tab >= 0 && tab < indentation(line) && says(line) ? tab : -1;
  }

  private static int expanded(String indent, int stop) {
    int column = 0;
    for (int i = 0; i < indent.length(); i++) {
      column = indent.charAt(i) == '\t' ? (column / stop + 1) * stop : column + 1;
    }
    return column;
  }
}
