package org.hitc.listener.page;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.hitc.workflow.engine.View;
import org.hitc.workflow.extract.Cell;

/**
 * A report as CSV (RFC 4180) for spreadsheets: UTF-8 with a byte order mark, numbers as plain
 * numbers, and text that a spreadsheet would take for a formula quoted by an apostrophe.
 */
public final class CsvFile {
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final String FORMULA_STARTS = "=+-@\t\r";

  private CsvFile() {}

  /**
   * Writes a heading line, the rows, and the total when there is one.
   *
   * @param to encodes as UTF-8; is not closed
   * @throws IOException when {@code to} fails
   */
  public static void write(View.Report report, Reader reader, Writer to) throws IOException {
    to.write(BYTE_ORDER_MARK);
    CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(to);
    csv.writeRecord(
        report.columns().stream().map(c -> text(reader.definition(c.label()).value())).toList());
    for (View.RowView row : report.rows()) {
      csv.writeRecord(cells(row.cells()));
    }
    if (report.total().isPresent()) {
      csv.writeRecord(cells(Pages.named(report.total().get(), reader)));
    }
    csv.flush();
  }

  private static List<String> cells(List<Cell> cells) {
    return cells.stream()
        .map(cell ->
            switch (cell) {
              case Cell.Text text -> text(text.value());
              case Cell.Numeric number -> number.value().toPlainString();
              case Cell.Empty _ -> "";
            })
        .toList();
  }

  private static String text(String value) {
    return !value.isEmpty() && FORMULA_STARTS.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
  }
}
