package org.hitc.listener.page;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.hitc.channel.Page;
import org.hitc.listener.job.Printouts;
import org.hitc.workflow.encoding.Encodings;
import org.hitc.workflow.engine.Visible;
import org.hitc.workflow.extract.Sheets;

/**
 * Reads kept printouts as sheets.
 *
 * @param printouts where they are kept
 */
public record SheetReader(Printouts printouts) implements Pages.Printouts {
  /** More lines than anybody reads on a screen; the rest is in the download. */
  private static final int MAX_LINES = 20_000;

  /** What a page can carry of it, in characters. */
  private static final int MAX_CHARACTERS = 1_000_000;

  @Override
  public Pages.Printed sheets(String reference, String encoding) {
    return printouts
        .open(reference)
        .map(file -> sheets(file, encoding))
        .orElse(new Pages.Printed(List.of(), true));
  }

  private static Pages.Printed sheets(InputStream printout, String encoding) {
    try (InputStream in = new BufferedInputStream(printout)) {
      Sheets.Printed printed =
          Sheets.read(in, Encodings.find(encoding).orElseThrow(), MAX_LINES, MAX_CHARACTERS);
      return new Pages.Printed(
          printed.sheets().stream()
              .map(lines -> new Page.Sheet(lines.stream().map(Visible::of).toList()))
              .toList(),
          printed.complete());
    } catch (IOException e) {
      throw new UncheckedIOException("reading a printout", e);
    }
  }
}
