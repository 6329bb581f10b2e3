package org.hitc.workflow.extract;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.hitc.workflow.model.Columns;
import org.hitc.workflow.model.Columns.Column;
import org.hitc.workflow.picture.NumberScanner;
import org.hitc.workflow.picture.Picture;
import org.hitc.workflow.picture.Reading;

/** Rows with columns at fixed positions. */
final class PositionReader extends RowReader {
  private final Column[] columns;
  private final Optional<NumberScanner>[] scanners;
  private final boolean[] numeric;
  private final boolean[] free;
  private final int[] shown;
  private final int[] gaps;
  private final int width;
  private final boolean anyNumber;

  /** Per column, where a sign was seen that the text behind it reads over. */
  private final String[] lostSigns;

  private final long[] unscaled;
  private final BigDecimal[] numbers;
  private final Line line;

  PositionReader(Columns.ByPosition byPosition, Line line) {
    this.line = line;
    this.columns = byPosition.columns().toArray(Column[]::new);
    this.scanners = scanners(byPosition.columns());
    this.numeric = new boolean[columns.length];
    this.free = new boolean[columns.length];
    for (int i = 0; i < columns.length; i++) {
      numeric[i] = columns[i].picture().kind() == Picture.Kind.NUMBER;
      free[i] = columns[i].picture().isFreeText();
    }
    this.anyNumber = byPosition.headings().stream().anyMatch(Columns.Heading::numeric);
    this.shown = IntStream.range(0, columns.length).filter(i -> !columns[i].filler()).toArray();
    this.width = Arrays.stream(columns).mapToInt(Column::end).max().orElse(0);
    this.gaps = IntStream.range(0, width).filter(i -> !isCovered(i + 1)).toArray();
    this.lostSigns = new String[columns.length];
    Arrays.fill(lostSigns, "");
    this.unscaled = new long[columns.length];
    this.numbers = new BigDecimal[columns.length];
    Arrays.fill(numbers, BigDecimal.ZERO);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Optional<NumberScanner>[] scanners(List<Column> columns) {
    return columns.stream().map(c -> c.picture().scanner()).toArray(Optional[]::new);
  }

  private boolean isCovered(int position) {
    return Arrays.stream(columns).anyMatch(c -> c.position() <= position && position <= c.end());
  }

  @Override
  public int size() {
    return shown.length;
  }

  @Override
  public Cell cell(int column) {
    int index = shown[column];
    if (numeric[index]) {
      return new Cell.Numeric(number(column));
    }
    Column of = columns[index];
    return new Cell.Text(
        new String(line.text, of.position() - 1, of.picture().width()).stripTrailing());
  }

  @Override
  BigDecimal number(int column) {
    int index = shown[column];
    return unscaled[index] == NumberScanner.NONE
        ? numbers[index]
        : BigDecimal.valueOf(unscaled[index], scale(column));
  }

  @Override
  long unscaled(int column) {
    return unscaled[shown[column]];
  }

  @Override
  int scale(int column) {
    return columns[shown[column]].picture().scale();
  }

  @Override
  String lostSign(int column) {
    return lostSigns[shown[column]];
  }

  @Override
  boolean isRow(Line candidate) {
    candidate.pad(width);
    if (!anyNumber || stray(candidate) >= 0) {
      return false;
    }
    for (int i = 0; i < columns.length; i++) {
      if (!fits(i, candidate) && reading(columns[i], candidate) instanceof Reading.Wrong) {
        return false;
      }
    }
    return true;
  }

  private boolean fits(int index, Line in) {
    int from = columns[index].position() - 1;
    return scanners[index].isPresent()
        ? scanners[index].get().scan(in.text, from) != NumberScanner.NONE
        : columns[index].picture().fitsText(in.text, from);
  }

  @Override
  void read(Line row) throws RefusedException {
    row.pad(width);
    for (int i = 0; i < columns.length; i++) {
      readColumn(i, row);
    }
    int stray = stray(row);
    if (stray >= 0) {
      throw RefusedException.syntax(stray + 1, strayReason(row, stray));
    }
  }

  private void readColumn(int index, Line row) throws RefusedException {
    Column column = columns[index];
    int from = column.position() - 1;
    if (scanners[index].isPresent()) {
      unscaled[index] = scanners[index].get().scan(row.text, from);
      if (unscaled[index] != NumberScanner.NONE) {
        return;
      }
    } else if (free[index] || column.picture().fitsText(row.text, from)) {
      noteLostSign(index, row);
      return;
    }
    readGenerally(index, row);
  }

  private void readGenerally(int index, Line row) throws RefusedException {
    unscaled[index] = NumberScanner.NONE;
    if (value(columns[index], row) instanceof Reading.Numeric(BigDecimal value)) {
      numbers[index] = value;
    }
  }

  /** Text or a filler that begins with a sign right behind an unsigned number is suspicious. */
  private void noteLostSign(int index, Line row) {
    int at = columns[index].position() - 1;
    if (index == 0 || row.text[at] == ' ' || columns[index - 1].end() != at) {
      return;
    }
    String lost = lostSigns[index - 1].isEmpty() ? lostSign(columns[index - 1], row, at) : "";
    if (!lost.isEmpty()) {
      lostSigns[index - 1] = "; on page " + row.page + ", line " + row.line + " " + lost;
    }
  }

  @Override
  List<Cell> total(Line row, Set<String> wanted) throws RefusedException {
    row.pad(width);
    List<Cell> cells = new ArrayList<>();
    for (int index : shown) {
      Column column = columns[index];
      boolean blank = row.isBlank(column.position() - 1, column.end());
      boolean used = numeric[index] && (wanted.contains(column.name()) || !blank);
      cells.add(
          used && value(column, row) instanceof Reading.Numeric(BigDecimal value)
              ? new Cell.Numeric(value)
              : new Cell.Empty());
    }
    return List.copyOf(cells);
  }

  private static Reading value(Column column, Line row) throws RefusedException {
    Reading reading = reading(column, row);
    if (reading instanceof Reading.Wrong(int offset, String reason)) {
      throw RefusedException.syntax(
          column.position() + offset,
          "column " + column.name() + " (" + column.picture() + "): " + reason);
    }
    return reading;
  }

  private static Reading reading(Column column, Line row) {
    int from = column.position() - 1;
    return column.blankWhenZero() && row.isBlank(from, column.end())
        ? column.picture().zero()
        : column.picture().read(new String(row.text, from, column.picture().width()));
  }

  /** Zero-based offset of the first character that no column covers, or -1. */
  private int stray(Line row) {
    char[] text = row.text;
    for (int gap : gaps) {
      if (text[gap] != ' ') {
        return gap;
      }
    }
    for (int i = width; i < row.length; i++) {
      if (text[i] != ' ') {
        return i;
      }
    }
    return -1;
  }

  private String strayReason(Line row, int stray) {
    for (Column column : columns) {
      if (column.end() == stray) {
        String lost = lostSign(column, row, stray);
        if (!lost.isEmpty()) {
          return lost;
        }
      }
    }
    return "'"
        + row.text[stray]
        + "' stands outside of every column; a column called filler reads over it";
  }

  /** What the sign right behind a column says about its picture; or nothing. */
  private static String lostSign(Column column, Line row, int at) {
    String sign = sign(row, at);
    Picture picture = column.picture();
    if (sign.isEmpty() || picture.kind() == Picture.Kind.TEXT || picture.signed()) {
      return "";
    }
    return "'"
        + sign
        + "' stands right behind the column "
        + column.name()
        + ", whose picture "
        + picture
        + " probably lacks its sign: "
        + picture
        + sign
        + " would read it";
  }

  private static String sign(Line row, int at) {
    char c = row.text[at];
    char next = at + 1 < row.length ? row.text[at + 1] : ' ';
    return c == '-' || c == '+'
        ? String.valueOf(c)
        : (c == 'C' && next == 'R') || (c == 'D' && next == 'B') ? c + "" + next : "";
  }
}
