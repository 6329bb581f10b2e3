package org.hitc.workflow.extract;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.hitc.workflow.model.Columns;
import org.hitc.workflow.picture.NumberScanner;

/** Reads the lines of one kind of columns. It is the row that it has read last. */
abstract sealed class RowReader implements Row permits PositionReader, CsvReader, PatternReader {

  /**
   * A reader.
   *
   * @param line the one that all lines will come in
   */
  static RowReader of(Columns columns, Line line) {
    return switch (columns) {
      case Columns.ByPosition byPosition -> new PositionReader(byPosition, line);
      case Columns.Csv csv -> new CsvReader(csv);
      case Columns.ByPattern byPattern -> new PatternReader(byPattern);
    };
  }

  /** True for a line that says how those below it are read; it is no row. */
  boolean isHeader(Line line) throws RefusedException {
    return false;
  }

  /** True for control characters that are part of a row. */
  boolean allows(char control) {
    return false;
  }

  /** True when a line reads as a row with a number in it. */
  abstract boolean isRow(Line line);

  /** Reads a detail line. */
  abstract void read(Line line) throws RefusedException;

  /**
   * Reads a total line; text of it is not used.
   *
   * @param wanted columns that must have a number
   */
  abstract List<Cell> total(Line line, Set<String> wanted) throws RefusedException;

  /** The number of a cell without its point, or {@link NumberScanner#NONE}. */
  long unscaled(int column) {
    return NumberScanner.NONE;
  }

  /** How many digits of {@link #unscaled} stand behind the point. */
  int scale(int column) {
    return 0;
  }

  /** Why a sign of this column may have been lost, as the end of a sentence; or nothing. */
  String lostSign(int column) {
    return "";
  }

  /** The number of a cell that has one. */
  BigDecimal number(int column) {
    return cell(column) instanceof Cell.Numeric(BigDecimal value) ? value : BigDecimal.ZERO;
  }
}
