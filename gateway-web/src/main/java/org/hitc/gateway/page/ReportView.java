package org.hitc.gateway.page;

import java.util.List;
import org.hitc.channel.Page;
import org.jspecify.annotations.Nullable;

/** How the cells of a report look. */
public final class ReportView {

  private ReportView() {}

  /** True when any row can be followed: the table then has one column more. */
  public static boolean hasLinks(Page.Report report) {
    return report.rows().stream().anyMatch(row -> row.follow().isPresent());
  }

  /**
   * Class of a cell, or null for none (the template then leaves the attribute out).
   *
   * @param index place of the cell in its row, from 0
   */
  public static @Nullable String style(List<Page.Column> columns, int index, Page.Cell cell) {
    boolean numeric = index < columns.size() && columns.get(index).numeric();
    if (!numeric) {
      return null;
    }
    return cell.negative() ? "number negative" : "number";
  }
}
