package org.hitc.listener.desk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.listener.job.Printouts;
import org.hitc.listener.page.CsvFile;
import org.hitc.listener.page.Reader;
import org.hitc.listener.page.Readers;
import org.hitc.listener.page.XlsxFile;
import org.hitc.listener.visit.StoredPage;
import org.hitc.workflow.engine.View;

/** The files that a report is offered as. */
final class ReportFiles {
  private static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private final Printouts printouts;
  private final Readers readers;

  ReportFiles(Printouts printouts, Readers readers) {
    this.printouts = printouts;
    this.readers = readers;
  }

  /**
   * A file of this page.
   *
   * @param format a name of {@link org.hitc.channel.Page.Download}, in lower case
   */
  Answered of(Caller caller, Definition definition, StoredPage page, String format) {
    String name = FileNames.of(definition.workflow(), page.snapshot());
    Reader reader = readers.of(caller.reading(), definition.messages());
    View view = page.snapshot().view();
    if (view instanceof View.Report report && format.equals("csv")) {
      return new Answered.WithBytes(
          new Reply.File(name + ".csv", "text/csv; charset=utf-8"),
          to -> {
            Writer text = new OutputStreamWriter(to, StandardCharsets.UTF_8);
            CsvFile.write(report, reader, text);
            text.flush();
            return Optional.empty();
          });
    }
    if (view instanceof View.Report report && format.equals("xlsx")) {
      return new Answered.WithBytes(
          new Reply.File(name + ".xlsx", XLSX),
          to -> {
            XlsxFile.write(report, reader, to);
            return Optional.empty();
          });
    }
    boolean printed = view instanceof View.Report || view instanceof View.Printout;
    Optional<InputStream> original =
        printed && format.equals("original")
            ? page.reference().flatMap(printouts::open)
            : Optional.empty();
    return original
        .<Answered>map(in ->
            new Answered.WithBytes(
                new Reply.File(name + ".txt", "application/octet-stream"), to -> copy(in, to)))
        .orElseGet(() -> new Answered.Refused(Refusal.WF_PAGE, "the page has no file " + format));
  }

  /** Piece by piece: many large printouts may be on their way at once. */
  private static Optional<Refusal> copy(InputStream printout, OutputStream to) throws IOException {
    try (printout) {
      printout.transferTo(to);
    }
    return Optional.empty();
  }
}
