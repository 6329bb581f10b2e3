package org.hitc.workflow.extract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hitc.workflow.model.Columns;
import org.hitc.workflow.model.Columns.Named;

/**
 * Rows of values between separators (RFC 4180). A record is a line: a quoted value does not go on
 * in the next one.
 */
final class CsvReader extends RowReader {
  private final Columns.Csv csv;
  private final List<Named> shown;
  private boolean headerWanted;

  /** For every shown column the place of its value in a line. */
  private int[] order;

  /** How many values a line has. */
  private int width;

  private List<Cell> cells = List.of();

  /** A value, and the one-based column at which it begins. */
  private record Value(String text, int position) {}

  CsvReader(Columns.Csv csv) {
    this.csv = csv;
    this.shown = csv.columns().stream().filter(c -> !c.filler()).toList();
    this.headerWanted = csv.header();
    this.width = csv.columns().size();
    this.order = shown.stream().mapToInt(csv.columns()::indexOf).toArray();
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
  boolean allows(char control) {
    return control == csv.separator();
  }

  @Override
  boolean isHeader(Line line) throws RefusedException {
    if (!headerWanted) {
      return false;
    }
    headerWanted = false;
    List<Value> values = values(line);
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      if (places.putIfAbsent(plain(values.get(i).text()), i) != null) {
        throw RefusedException.syntax(
            values.get(i).position(), "the header names '" + values.get(i).text() + "' twice");
      }
    }
    for (int i = 0; i < order.length; i++) {
      Integer place = places.get(plain(shown.get(i).heading()));
      if (place == null) {
        throw RefusedException.syntax(1, "the header does not name " + shown.get(i).heading());
      }
      order[i] = place;
    }
    width = values.size();
    return true;
  }

  /** Names are compared without regard to case, and with blanks and hyphens as underscores. */
  private static String plain(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
  }

  @Override
  boolean isRow(Line line) {
    try {
      return !headerWanted
          && shown.stream().anyMatch(Named::numeric)
          && cells(values(line)).size() == size();
    } catch (RefusedException _) {
      // What cannot be read is no row: that is the answer.
      return false;
    }
  }

  @Override
  void read(Line line) throws RefusedException {
    cells = cells(values(line));
  }

  private List<Cell> cells(List<Value> values) throws RefusedException {
    checkCount(values);
    List<Cell> read = new ArrayList<>(order.length);
    for (int i = 0; i < order.length; i++) {
      Value value = values.get(order[i]);
      read.add(ValueReader.cell(shown.get(i), value.text(), value.position()));
    }
    return List.copyOf(read);
  }

  private void checkCount(List<Value> values) throws RefusedException {
    if (values.size() != width) {
      Value at = values.get(Math.min(width, values.size() - 1));
      throw RefusedException.syntax(
          at.position(), values.size() + " values where " + width + " are wanted");
    }
  }

  @Override
  List<Cell> total(Line line, Set<String> wanted) throws RefusedException {
    List<Value> values = values(line);
    checkCount(values);
    List<Cell> read = new ArrayList<>();
    for (int i = 0; i < order.length; i++) {
      Value value = values.get(order[i]);
      Named column = shown.get(i);
      boolean used =
          column.numeric() && (wanted.contains(column.name()) || !value.text().isBlank());
      read.add(used ? ValueReader.cell(column, value.text(), value.position()) : new Cell.Empty());
    }
    return List.copyOf(read);
  }

  private List<Value> values(Line line) throws RefusedException {
    List<Value> values = new ArrayList<>();
    int at = 0;
    while (true) {
      int end = line.text[at] == '"' && at < line.fullLength ? quoted(line, at, values) : -1;
      if (end < 0) {
        end = bare(line, at, values);
      }
      if (end >= line.fullLength) {
        return values;
      }
      at = end + 1;
    }
  }

  /** Adds a value without quotes; returns where it ends. */
  private int bare(Line line, int from, List<Value> values) throws RefusedException {
    int at = from;
    while (at < line.fullLength && line.text[at] != csv.separator()) {
      if (line.text[at] == '"') {
        throw RefusedException.syntax(at + 1, "a quote inside of a value that has none around it");
      }
      at++;
    }
    values.add(new Value(new String(line.text, from, at - from), from + 1));
    return at;
  }

  /** Adds a value in quotes; returns where it ends. */
  private int quoted(Line line, int from, List<Value> values) throws RefusedException {
    StringBuilder text = new StringBuilder();
    int at = from + 1;
    while (at < line.fullLength) {
      char c = line.text[at];
      boolean doubled = c == '"' && at + 1 < line.fullLength && line.text[at + 1] == '"';
      if (c == '"' && !doubled) {
        int behind = at + 1;
        while (behind < line.fullLength && line.text[behind] == ' ') {
          behind++;
        }
        if (behind < line.fullLength && line.text[behind] != csv.separator()) {
          throw RefusedException.syntax(behind + 1, "text behind the closing quote of a value");
        }
        values.add(new Value(text.toString(), from + 2));
        return behind;
      }
      text.append(c);
      at += doubled ? 2 : 1;
    }
    throw RefusedException.syntax(from + 1, "a quote that is not closed on its line");
  }
}
