package org.hitc.workflow.extract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hitc.channel.Refusal;
import org.hitc.workflow.model.Columns;
import org.hitc.workflow.model.ReportStep;

/**
 * Reads a printout into rows: every line is heading, detail, total or blank. Its memory grows
 * neither with the number of lines nor with their length.
 */
public final class TableReader {

  private final PrintoutReader printout;
  private final ReportStep.Lines lines;
  private final Set<String> checkTotals;
  private final long maxRows;
  private final RowSink sink;
  private final RowReader row;
  private final Totals totals;
  private long rows;
  private Optional<List<Cell>> total = Optional.empty();

  private TableReader(
      PrintoutReader printout,
      ReportStep.Lines lines,
      Columns columns,
      List<String> checkTotals,
      long maxRows,
      RowSink sink) {
    this.printout = printout;
    this.lines = lines;
    this.checkTotals = Set.copyOf(checkTotals);
    this.maxRows = maxRows;
    this.sink = sink;
    this.row = RowReader.of(columns, printout.current());
    this.totals = new Totals(columns.headings(), checkTotals);
  }

  /**
   * Reads a whole printout, for a page.
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
    List<List<Cell>> rows = new ArrayList<>();
    TableReader reader =
        new TableReader(
            PrintoutReader.strict(in, charset),
            lines,
            columns,
            checkTotals,
            maxRows,
            row -> rows.add(row.cells()));
    return switch (reader.readAll()) {
      case Table.Refused refused -> refused;
      case Extraction.Complete(_, var total) -> new Table.Rows(rows, total);
    };
  }

  /**
   * Reads a printout of any length and passes its rows on as they come. Rows have gone to the sink
   * before a line further down is refused or a total disagrees: what they were written to is good
   * only when the result is {@link Extraction.Complete}.
   *
   * @param checkTotals names of numeric columns
   */
  public static Extraction stream(
      InputStream in,
      Charset charset,
      ReportStep.Lines lines,
      Columns columns,
      List<String> checkTotals,
      RowSink sink)
      throws IOException {
    PrintoutReader printout = PrintoutReader.strict(in, charset);
    return new TableReader(printout, lines, columns, checkTotals, Long.MAX_VALUE, sink).readAll();
  }

  private Extraction readAll() throws IOException {
    Line line = printout.current();
    try {
      while (printout.advance()) {
        line.trim();
        read(line);
      }
      if (lines.total().isPresent() && total.isEmpty()) {
        throw new RefusedException(
            Refusal.ROWS_TOTAL,
            1,
            "the printout ends without its total line (" + lines.total().get().text() + ")");
      }
      Optional<String> difference = total.flatMap(printed -> totals.difference(printed, row));
      if (difference.isPresent()) {
        throw new RefusedException(Refusal.ROWS_TOTAL, 1, difference.get());
      }
      return new Extraction.Complete(rows, total);
    } catch (RefusedException e) {
      return e.at(line);
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

  private void read(Line line) throws IOException, RefusedException {
    if (line.line <= lines.pageHeading()) {
      refuseRowInHeading(line);
    } else if (line.length > 0) {
      checkCharacters(line);
      if (isTotal(line)) {
        if (total.isPresent()) {
          throw RefusedException.syntax(1, "a second total line");
        }
        total = Optional.of(row.total(line, checkTotals));
      } else if (!row.isHeader(line)) {
        readDetail(line);
      }
    }
  }

  private boolean isTotal(Line line) {
    Optional<ReportStep.Total> known = lines.total();
    return known.isPresent() && line.startsWith(known.get().text(), known.get().position() - 1);
  }

  /** A heading that reads as a row with a number in it is a row under a wrong page_heading. */
  private void refuseRowInHeading(Line line) throws RefusedException {
    if (isTotal(line)) {
      throw RefusedException.syntax(
          lines.total().orElseThrow().position(),
          "the total line stands among the first " + lines.pageHeading() + " lines of the page");
    }
    if (line.length > 0 && row.isRow(line)) {
      throw RefusedException.syntax(
          1, "a row stands among the first " + lines.pageHeading() + " lines of the page");
    }
  }

  private void checkCharacters(Line line) throws RefusedException {
    char[] text = line.text;
    for (int i = 0; i < line.length; i++) {
      char c = text[i];
      if ((c < ' ' || (c >= 0x7F && c <= 0x9F)) && !row.allows(c)) {
        String reason =
            switch (c) {
              case '\t' -> "a tab: columns have positions, so blanks are wanted";
              case '\r' -> "a carriage return in the middle of the line (overprinting)";
              default -> String.format("control character X'%02X'", (int) c);
            };
        throw RefusedException.syntax(i + 1, reason);
      }
    }
  }

  private void readDetail(Line line) throws IOException, RefusedException {
    if (total.isPresent()) {
      throw RefusedException.syntax(1, "a line below the total line");
    }
    row.read(line);
    if (rows == maxRows) {
      throw new RefusedException(Refusal.ROWS_LIMIT, 1, "more than " + maxRows + " rows");
    }
    rows++;
    totals.add(row, line);
    sink.row(row);
  }
}
