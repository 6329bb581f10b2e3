package org.hitc.workflow.copybook;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a copybook into words. The source format is found out: fixed when columns 1 to 6 of every
 * line can be a sequence number and column 7 an indicator; otherwise free, in which also the lines
 * of VMS's terminal format are (an asterisk or slash in column 1 is a comment).
 */
final class Tokens {
  private static final int INDICATOR = 6;
  private static final int END = 72;
  private static final int TAB = 8;

  private final List<Token> tokens = new ArrayList<>();

  private Tokens() {}

  static List<Token> of(String source) {
    List<String> lines = source.lines().toList();
    boolean fixed = lines.stream().allMatch(Tokens::canBeFixed);
    Tokens split = new Tokens();
    for (int i = 0; i < lines.size(); i++) {
      if (fixed) {
        split.fixed(lines.get(i), i + 1);
      } else {
        split.free(lines.get(i), i + 1);
      }
    }
    return List.copyOf(split.tokens);
  }

  private static boolean canBeFixed(String line) {
    int tab = line.indexOf('\t');
    if (line.isBlank() || (tab >= 0 && tab <= INDICATOR && line.substring(0, tab).isBlank())) {
      return true;
    }
    String sequence = line.substring(0, Math.min(INDICATOR, line.length()));
    boolean numbered = sequence.isBlank() || sequence.strip().matches("[0-9]+");
    boolean marked = sequence.length() == INDICATOR && sequence.matches("[A-Z0-9a-z]+");
    return (numbered || marked)
        && (line.length() <= INDICATOR || " *-/$Dd".indexOf(line.charAt(INDICATOR)) >= 0);
  }

  private void fixed(String line, int number) {
    // A tab before the program text stands for the columns up to it.
    int tab = line.indexOf('\t');
    if (tab >= 0 && tab <= INDICATOR) {
      split(line, tab, line.length(), number);
    } else if (line.length() > INDICATOR && "*/$Dd".indexOf(line.charAt(INDICATOR)) < 0) {
      split(line, INDICATOR + 1, endOfText(line), number);
    }
  }

  /** Where column 73 is, in characters of the line. */
  private static int endOfText(String line) {
    int column = 0;
    for (int i = 0; i < line.length(); i++) {
      column = line.charAt(i) == '\t' ? (column / TAB + 1) * TAB : column + 1;
      if (column > END) {
        return i;
      }
    }
    return line.length();
  }

  private void free(String line, int number) {
    if (!line.startsWith("*") && !line.startsWith("/")) {
      split(line, 0, line.length(), number);
    }
  }

  private void split(String line, int from, int to, int number) {
    int at = from;
    while (at < to) {
      char c = line.charAt(at);
      if (Character.isWhitespace(c) || c == ',' || c == ';') {
        at++;
      } else if (line.startsWith("*>", at)) {
        return;
      } else if (c == '"' || c == '\'') {
        int close = line.indexOf(c, at + 1);
        int end = close < 0 || close >= to ? to : close + 1;
        tokens.add(new Token(line.substring(at, end), number, at + 1));
        at = end;
      } else {
        at = word(line, at, to, number);
      }
    }
  }

  private int word(String line, int from, int to, int number) {
    int end = from;
    while (end < to && !Character.isWhitespace(line.charAt(end)) && line.charAt(end) != '"') {
      end++;
    }
    int text = end;
    while (text > from + 1 && ",;".indexOf(line.charAt(text - 1)) >= 0) {
      text--;
    }
    boolean period = line.charAt(text - 1) == '.';
    if (period) {
      text--;
    }
    if (text > from) {
      tokens.add(new Token(line.substring(from, text), number, from + 1));
    }
    if (period) {
      tokens.add(new Token(Token.PERIOD, number, text + 1));
    }
    return end;
  }
}
