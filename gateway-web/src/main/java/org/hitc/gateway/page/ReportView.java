package org.hitc.gateway.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.Arrangement;
import org.hitc.channel.Page;
import org.jspecify.annotations.Nullable;

/** How a report is laid out: its cells, and the links that arrange it in another way. */
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

  /** The report sorted by a column; from the largest when it is sorted by it already. */
  public static String sorted(Page.Report report, Page.Column column) {
    Arrangement now = report.arrangement();
    boolean again = isSorted(now, column) && !now.descending();
    return Links.page(report.address(), now.sortedBy(column.name(), again));
  }

  /** Value of {@code aria-sort} of a column's head; null when the rows have another order. */
  public static @Nullable String order(Page.Report report, Page.Column column) {
    if (!isSorted(report.arrangement(), column)) {
      return null;
    }
    return report.arrangement().descending() ? "descending" : "ascending";
  }

  /** The report in the order in which it was printed; absent when it has that order. */
  public static Optional<String> unsorted(Page.Report report) {
    Arrangement now = report.arrangement();
    return now.sort()
        .map(_ ->
            Links.page(
                report.address(),
                new Arrangement(Optional.empty(), false, now.find(), 1, now.text(), now.done())));
  }

  /** The report with all its rows; absent when nothing is looked for. */
  public static Optional<String> everything(Page.Report report) {
    return report.arrangement().find().isEmpty()
        ? Optional.empty()
        : Optional.of(Links.page(report.address(), looking(report.arrangement(), "")));
  }

  /** What the find box carries along, besides what is looked for. */
  public static Map<String, String> carried(Page.Report report) {
    return looking(report.arrangement(), "").parameters();
  }

  /** False when the rows are so few, and all there, that nobody needs to look for one. */
  public static boolean needsFind(Page.Report report) {
    int few = 5;
    return report.rows().size() > few
        || report.parts() > 1
        || !report.arrangement().find().isEmpty();
  }

  /** Another part of the rows; absent when there is none such. */
  public static Optional<String> part(Page.Report report, int part) {
    return part < 1 || part > report.parts()
        ? Optional.empty()
        : Optional.of(Links.page(report.address(), report.arrangement().atPart(part)));
  }

  /** The same as it was printed. */
  public static String printed(Page.Report report) {
    return Links.page(report.address(), report.arrangement().asText(true));
  }

  /** Class of a printed page that is wider than a sheet of paper; null for the usual ones. */
  public static @Nullable String paper(Page.Sheet sheet) {
    int columns = 100;
    return sheet.lines().stream().anyMatch(line -> line.length() > columns) ? "wide" : null;
  }

  private static boolean isSorted(Arrangement arrangement, Page.Column column) {
    return arrangement.sort().filter(column.name()::equals).isPresent();
  }

  private static Arrangement looking(Arrangement now, String find) {
    return new Arrangement(now.sort(), now.descending(), find, 1, now.text(), now.done());
  }
}
