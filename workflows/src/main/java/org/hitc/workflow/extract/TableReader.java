package org.hitc.workflow.extract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.workflow.model.Columns;
import org.hitc.workflow.model.Columns.Column;
import org.hitc.workflow.model.ReportStep;
import org.hitc.workflow.picture.Picture;
import org.hitc.workflow.picture.Reading;

/** Reads a report with columns at fixed positions into a table. */
public final class TableReader {

  private final ReportStep.Lines lines;
  private final List<Column> columns;
  private final List<String> checkTotals;
  private final int maxRows;
  private final int width;
  private final List<List<Cell>> rows = new ArrayList<>();
  private final Totals totals;
  private Optional<List<Cell>> total = Optional.empty();
  private int lastPage = 1;
  private int lastLine = 1;

  /** Carries a refusal out of the loops of this class; never leaves it. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Table.Refused refused;

    RefusedException(Table.Refused refused) {
      super(refused.reason());
      this.refused = refused;
    }
  }

  private TableReader(
      ReportStep.Lines lines, Columns.ByPosition columns, List<String> checkTotals, int maxRows) {
    this.lines = lines;
    this.columns = columns.columns();
    this.checkTotals = checkTotals;
    this.maxRows = maxRows;
    this.width = columns.columns().stream().mapToInt(Column::end).max().orElse(0);
    this.totals = new Totals(columns.shown(), checkTotals);
  }

  /**
   * Reads a whole printout.
   *
   * @param checkTotals names of numeric columns
   * @param maxRows more rows than this are refused
   */
  public static Table read(
      InputStream in,
      Charset charset,
      ReportStep.Lines lines,
      Columns columns,
      List<String> checkTotals,
      int maxRows)
      throws IOException {
    if (!(columns instanceof Columns.ByPosition byPosition)) {
      throw new IllegalStateException("csv and pattern come with the next commit");
    }
    TableReader reader = new TableReader(lines, byPosition, checkTotals, maxRows);
    try {
      return reader.readAll(PrintoutReader.strict(in, charset));
    } catch (RefusedException e) {
      return e.refused;
    } catch (PrintoutException e) {
      PrintoutException.Place place = e.place();
      return new Table.Refused(
          Refusal.ROWS_SYNTAX,
          place.page(),
          place.line(),
          place.column(),
          String.valueOf(e.getMessage()));
    }
  }

  private Table readAll(PrintoutReader printout)
      throws IOException, PrintoutException, RefusedException {
    for (Optional<PrintedLine> next = printout.next(); next.isPresent(); next = printout.next()) {
      PrintedLine line = next.get();
      lastPage = line.page();
      lastLine = line.line();
      read(line);
    }
    if (lines.total().isPresent() && total.isEmpty()) {
      throw refuse(
          Refusal.ROWS_TOTAL,
          1,
          "the printout ends without its total line (" + lines.total().get().text() + ")");
    }
    if (total.isPresent()) {
      Optional<String> difference = totals.difference(total.get());
      if (difference.isPresent()) {
        throw refuse(Refusal.ROWS_TOTAL, 1, difference.get());
      }
    }
    return new Table.Rows(rows, total);
  }

  private void read(PrintedLine line) throws RefusedException {
    String text = line.text().stripTrailing();
    if (line.line() <= lines.pageHeading()) {
      refuseRowInHeading(text);
    } else if (!text.isEmpty()) {
      checkCharacters(text);
      if (isTotal(text)) {
        readTotal(pad(text));
      } else {
        readDetail(line, text);
      }
    }
  }

  private boolean isTotal(String text) {
    return lines.total().isPresent()
        && text.startsWith(lines.total().get().text(), lines.total().get().position() - 1);
  }

  /** A heading that reads as a row with a number in it is a row under a wrong page_heading. */
  private void refuseRowInHeading(String text) throws RefusedException {
    boolean numeric = columns.stream().anyMatch(c -> c.picture().kind() == Picture.Kind.NUMBER);
    if (numeric && !text.isEmpty() && !isTotal(text) && readsAsRow(text)) {
      throw refuse(
          Refusal.ROWS_SYNTAX,
          1,
          "a row stands among the first " + lines.pageHeading() + " lines of the page");
    }
    if (isTotal(text)) {
      throw refuse(
          Refusal.ROWS_SYNTAX,
          lines.total().orElseThrow().position(),
          "the total line stands among the first " + lines.pageHeading() + " lines of the page");
    }
  }

  private boolean readsAsRow(String text) {
    String padded = pad(text);
    return stray(padded).isEmpty()
        && columns.stream().allMatch(c -> !(read(c, padded) instanceof Reading.Wrong));
  }

  private void checkCharacters(String text) throws RefusedException {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        String reason =
            switch (text.charAt(i)) {
              case '\t' -> "a tab: columns have positions, so blanks are wanted";
              case '\r' -> "a carriage return in the middle of the line (overprinting)";
              default -> String.format("control character X'%02X'", (int) text.charAt(i));
            };
        throw refuse(Refusal.ROWS_SYNTAX, i + 1, reason);
      }
    }
  }

  private void readDetail(PrintedLine line, String text) throws RefusedException {
    if (total.isPresent()) {
      throw refuse(Refusal.ROWS_SYNTAX, 1, "a line below the total line");
    }
    String padded = pad(text);
    List<Cell> cells = new ArrayList<>();
    for (Column column : columns) {
      Cell cell = cell(column, padded);
      if (!column.filler()) {
        cells.add(cell);
      }
    }
    refuseStray(padded);
    if (rows.size() == maxRows) {
      throw refuse(Refusal.ROWS_LIMIT, 1, "more than " + maxRows + " rows");
    }
    rows.add(List.copyOf(cells));
    totals.add(cells, line);
  }

  private void readTotal(String padded) throws RefusedException {
    if (total.isPresent()) {
      throw refuse(Refusal.ROWS_SYNTAX, 1, "a second total line");
    }
    List<Cell> cells = new ArrayList<>();
    for (Column column : columns) {
      if (column.filler()) {
        continue;
      }
      boolean number = column.picture().kind() == Picture.Kind.NUMBER;
      boolean wanted = checkTotals.contains(column.name());
      boolean blank = field(column, padded).isBlank();
      cells.add(number && (wanted || !blank) ? cell(column, padded) : new Cell.Empty());
    }
    total = Optional.of(List.copyOf(cells));
  }

  private Cell cell(Column column, String padded) throws RefusedException {
    return switch (read(column, padded)) {
      case Reading.Text(String value) -> new Cell.Text(value);
      case Reading.Numeric(var value) -> new Cell.Numeric(value);
      case Reading.Wrong(int offset, String reason) ->
          throw refuse(
              Refusal.ROWS_SYNTAX,
              column.position() + offset,
              "column " + column.name() + " (" + column.picture() + "): " + reason);
    };
  }

  private static Reading read(Column column, String padded) {
    String field = field(column, padded);
    return column.blankWhenZero() && field.isBlank()
        ? column.picture().zero()
        : column.picture().read(field);
  }

  private static String field(Column column, String padded) {
    return padded.substring(column.position() - 1, column.end());
  }

  private void refuseStray(String padded) throws RefusedException {
    Optional<Integer> stray = stray(padded);
    if (stray.isPresent()) {
      throw refuse(
          Refusal.ROWS_SYNTAX,
          stray.get(),
          "'"
              + padded.charAt(stray.get() - 1)
              + "' stands outside of every column; a column called filler reads over it");
    }
  }

  /** One-based column of the first character that no column covers. */
  private Optional<Integer> stray(String padded) {
    int at = 0;
    for (Column column : columns) {
      for (; at < column.position() - 1; at++) {
        if (padded.charAt(at) != ' ') {
          return Optional.of(at + 1);
        }
      }
      at = column.end();
    }
    for (; at < padded.length(); at++) {
      if (padded.charAt(at) != ' ') {
        return Optional.of(at + 1);
      }
    }
    return Optional.empty();
  }

  private String pad(String text) {
    return text.length() >= width ? text : text + " ".repeat(width - text.length());
  }

  private RefusedException refuse(Refusal why, int column, String reason) {
    return new RefusedException(new Table.Refused(why, lastPage, lastLine, column, reason));
  }
}
