package org.hitc.listener.page;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.hitc.workflow.engine.View;
import org.hitc.workflow.extract.Cell;

/**
 * A report as a workbook of one sheet (ISO/IEC 29500): numbers are numbers, everything else is text
 * and never a formula.
 */
public final class XlsxFile {
  private static final String APPLICATION = "hitc";
  private static final String VERSION = "2.0";
  private static final String SHEET = "Report";

  private XlsxFile() {}

  /**
   * Writes a heading line, the rows, and the total when there is one.
   *
   * @param to is not closed
   * @throws IOException when {@code to} fails
   */
  public static void write(View.Report report, Reader reader, OutputStream to) throws IOException {
    try (Workbook workbook = new Workbook(new Unclosed(to), APPLICATION, VERSION)) {
      Worksheet sheet = workbook.newWorksheet(SHEET);
      int line = 0;
      for (int i = 0; i < report.columns().size(); i++) {
        sheet.value(0, i, reader.definition(report.columns().get(i).label()).value());
        sheet.style(0, i).bold().set();
      }
      sheet.freezePane(0, 1);
      for (View.RowView row : report.rows()) {
        line++;
        write(sheet, line, row.cells());
      }
      if (report.total().isPresent()) {
        line++;
        write(sheet, line, Pages.named(report.total().get(), reader));
      }
    }
  }

  private static void write(Worksheet sheet, int line, List<Cell> cells) {
    for (int i = 0; i < cells.size(); i++) {
      switch (cells.get(i)) {
        case Cell.Text text -> sheet.value(line, i, text.value());
        case Cell.Numeric number -> {
          sheet.value(line, i, number.value());
          sheet.style(line, i).format(format(number.value().scale())).set();
        }
        case Cell.Empty _ -> {}
      }
    }
  }

  private static String format(int scale) {
    return scale <= 0 ? "#,##0" : "#,##0." + "0".repeat(scale);
  }

  /** The workbook closes what it writes to; the reply goes on to its end. */
  private static final class Unclosed extends java.io.FilterOutputStream {
    Unclosed(OutputStream to) {
      super(to);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
