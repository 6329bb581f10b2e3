package org.hitc.workflow.model;

import java.util.List;
import java.util.Optional;

/**
 * {@code report:} runs a program and shows what it printed as a table.
 *
 * @param title the page's heading
 * @param call what runs
 * @param lines which lines are headings and totals
 * @param columns how a detail line becomes cells
 * @param checkTotals columns whose sum must equal the printed total
 * @param chart a picture of the rows
 * @param downloads files that are offered
 * @param drillDown name of the report that a row leads to
 * @param next where its button leads, instead of the step below
 * @param successExit exit statuses that mean success; at least one
 * @param encoding name of the character set of the printout, instead of the program's own
 * @param limits lowered limits
 */
public record ReportStep(
    String name,
    Template title,
    ProgramCall call,
    Lines lines,
    Columns columns,
    List<String> checkTotals,
    Optional<Chart> chart,
    List<Download> downloads,
    Optional<String> drillDown,
    Optional<String> next,
    List<Integer> successExit,
    Optional<String> encoding,
    Limits limits)
    implements Step {

  /**
   * Which lines are not details.
   *
   * @param pageHeading how many lines at the top of every printed page are heading
   * @param total how the total line is known
   */
  public record Lines(int pageHeading, Optional<Total> total) {
    /** No heading, no total. */
    public static final Lines DETAILS_ONLY = new Lines(0, Optional.empty());

    public Lines {
      if (pageHeading < 0) {
        throw new IllegalArgumentException("a heading has 0 or more lines");
      }
    }
  }

  /**
   * A line with this text at this position is the total line.
   *
   * @param position one-based, as in VMS SORT
   */
  public record Total(int position, String text) {
    public Total {
      if (position < 1 || text.isBlank()) {
        throw new IllegalArgumentException("a total has a position from 1 and a text");
      }
    }
  }

  /**
   * A chart above the table.
   *
   * @param by the column that names the bars or points
   * @param show the numeric columns that are drawn
   */
  public record Chart(ChartType type, String by, List<String> show) {
    public Chart {
      show = List.copyOf(show);
    }
  }

  /** Kinds of chart. */
  public enum ChartType {
    BAR,
    LINE
  }

  /** Files that a report is offered as. */
  public enum Download {
    CSV,
    XLSX,
    ORIGINAL
  }

  public ReportStep {
    Names.check(name);
    checkTotals = List.copyOf(checkTotals);
    downloads = List.copyOf(downloads);
    successExit = Exits.check(successExit);
  }
}
