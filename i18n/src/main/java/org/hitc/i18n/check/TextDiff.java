package org.hitc.i18n.check;

import java.util.List;
import java.util.regex.Pattern;

/** How one text became another, on one line. */
final class TextDiff {
  private static final Pattern WORD = Pattern.compile("(?<=\\s)|(?=\\s)|(?<=[{}])|(?=[{}])");

  /** The table of longer texts would be large; then the middle is shown as a whole. */
  private static final int LONGEST = 400;

  private final List<String> before;
  private final List<String> after;
  private final StringBuilder out = new StringBuilder();

  private TextDiff(List<String> before, List<String> after) {
    this.before = before;
    this.after = after;
  }

  /** {@code Budget [-of-]{+for+} {account}}: what is gone, and what is new. */
  static String of(String before, String after) {
    List<String> old = List.of(WORD.split(before, -1));
    List<String> now = List.of(WORD.split(after, -1));
    boolean small = old.size() <= LONGEST && now.size() <= LONGEST;
    TextDiff diff = new TextDiff(old, now);
    String change = small ? diff.words() : "[-" + before + "-]{+" + after + "+}";
    return change.replace("\n", "\\n");
  }

  private String words() {
    int[][] common = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        common[i][j] =
            before.get(i).equals(after.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    StringBuilder gone = new StringBuilder();
    StringBuilder added = new StringBuilder();
    while (i < before.size() || j < after.size()) {
      if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
        flush(gone, added);
        out.append(before.get(i));
        i++;
        j++;
      } else if (j == after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
        gone.append(before.get(i));
        i++;
      } else {
        added.append(after.get(j));
        j++;
      }
    }
    flush(gone, added);
    return out.toString();
  }

  private void flush(StringBuilder gone, StringBuilder added) {
    if (!gone.isEmpty()) {
      out.append("[-").append(gone).append("-]");
      gone.setLength(0);
    }
    if (!added.isEmpty()) {
      out.append("{+").append(added).append("+}");
      added.setLength(0);
    }
  }
}
