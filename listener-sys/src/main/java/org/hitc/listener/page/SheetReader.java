package org.hitc.listener.page;

import java.util.List;
import org.hitc.channel.Page;
import org.hitc.listener.job.Printouts;
import org.hitc.workflow.extract.Sheets;

/**
 * Reads kept printouts as sheets.
 *
 * @param printouts where they are kept
 */
public record SheetReader(Printouts printouts) implements Pages.Printouts {
  @Override
  public List<Page.Sheet> sheets(String reference, String encoding) {
    return printouts.read(reference).map(bytes -> Sheets.of(bytes, encoding)).orElse(List.of()).stream()
        .map(Page.Sheet::new)
        .toList();
  }
}
