package org.hitc.workflow.yaml;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a text that holds a colon and a blank, but stands without quotes, in quotes. */
final class Colons {
  private static final Pattern LINE =
      Pattern.compile("( *(?:- +)*([A-Za-z0-9_-]+): +)([^\"'\\[\\]{}|>&*!#%@` ].*?)( +#.*)?");

  /**
   * The mended text.
   *
   * @param quoted what stands on the line instead, such as {@code title: "a: b"}
   * @param column where it begins, from 1
   */
  record Mended(String text, String quoted, int column) {}

  private Colons() {}

  /** Mends one line, from 1; empty when that is not what is wrong with it. */
  static Optional<Mended> mend(String text, int line) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    if (line > lines.size()) {
      return Optional.empty();
    }
    Matcher m = LINE.matcher(lines.get(line - 1));
    if (!m.matches() || !(m.group(3).contains(": ") || m.group(3).endsWith(":"))) {
      return Optional.empty();
    }
    String value = '"' + m.group(3).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    String comment = Optional.ofNullable(m.group(4)).orElse("");
    lines.set(line - 1, m.group(1) + value + comment);
    return Optional.of(
        new Mended(
            String.join("\n", lines) + "\n", m.group(2) + ": " + value, m.group(1).length() + 1));
  }
}
