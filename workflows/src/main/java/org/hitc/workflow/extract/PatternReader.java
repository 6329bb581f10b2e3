package org.hitc.workflow.extract;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hitc.workflow.model.Columns;
import org.hitc.workflow.model.Columns.Named;

/** Rows that a pattern takes apart, in time that grows with the length of the line (RE2). */
final class PatternReader extends RowReader {
  private final Pattern pattern;
  private final List<Named> shown = new ArrayList<>();
  private final List<Integer> groups = new ArrayList<>();
  private List<Cell> cells = List.of();

  PatternReader(Columns.ByPattern byPattern) {
    this.pattern = byPattern.compiled();
    List<Integer> all = byPattern.groups();
    for (int i = 0; i < all.size(); i++) {
      if (!byPattern.columns().get(i).filler()) {
        shown.add(byPattern.columns().get(i));
        groups.add(all.get(i));
      }
    }
  }

  @Override
  public int size() {
    return shown.size();
  }

  @Override
  public Cell cell(int column) {
    return cells.get(column);
  }

  @Override
  boolean isRow(Line line) {
    try {
      Matcher matcher = pattern.matcher(line.trimmed());
      return shown.stream().anyMatch(Named::numeric)
          && matcher.matches()
          && cells(matcher).size() == size();
    } catch (RefusedException _) {
      // What cannot be read is no row: that is the answer.
      return false;
    }
  }

  @Override
  void read(Line line) throws RefusedException {
    cells = cells(matched(line));
  }

  private Matcher matched(Line line) throws RefusedException {
    Matcher matcher = pattern.matcher(line.trimmed());
    if (!matcher.matches()) {
      throw RefusedException.syntax(1, "the line does not match the pattern of the columns");
    }
    return matcher;
  }

  private List<Cell> cells(Matcher matcher) throws RefusedException {
    List<Cell> read = new ArrayList<>(shown.size());
    for (int i = 0; i < shown.size(); i++) {
      read.add(ValueReader.cell(shown.get(i), text(matcher, i), position(matcher, i)));
    }
    return List.copyOf(read);
  }

  @Override
  List<Cell> total(Line line, Set<String> wanted) throws RefusedException {
    Matcher matcher = matched(line);
    List<Cell> read = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      Named column = shown.get(i);
      String text = text(matcher, i);
      boolean used = column.numeric() && (wanted.contains(column.name()) || !text.isBlank());
      read.add(used ? ValueReader.cell(column, text, position(matcher, i)) : new Cell.Empty());
    }
    return List.copyOf(read);
  }

  private String text(Matcher matcher, int column) {
    return Optional.ofNullable(matcher.group(groups.get(column))).orElse("");
  }

  private int position(Matcher matcher, int column) {
    return Math.max(0, matcher.start(groups.get(column))) + 1;
  }
}
