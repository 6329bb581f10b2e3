package org.hitc.listener.page;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.Page;
import org.hitc.channel.Text;
import org.hitc.i18n.Formats;
import org.hitc.workflow.engine.View;
import org.hitc.workflow.extract.Cell;
import org.hitc.workflow.model.ReportStep;

/** Makes the picture of a report's rows. */
final class Charts {
  /** More bars or points than this are no picture any more. */
  static final int MOST = 40;

  private Charts() {}

  /** The chart of a report; nothing without rows, or with more than fit. */
  static Optional<Page.Chart> of(View.Report report, Reader reader) {
    boolean drawn = !report.rows().isEmpty() && report.rows().size() <= MOST;
    return report.chart().filter(_ -> drawn).map(chart -> of(chart, report, reader));
  }

  private static Page.Chart of(ReportStep.Chart chart, View.Report report, Reader reader) {
    List<String> names = report.columns().stream().map(View.ColumnView::name).toList();
    List<String> categories =
        column(report, names.indexOf(chart.by())).stream().map(Cell::asText).toList();
    List<Page.Series> series = new ArrayList<>();
    for (String shown : chart.show()) {
      series.add(series(report, names.indexOf(shown), reader));
    }
    return new Page.Chart(
        Page.ChartType.valueOf(chart.type().name()),
        reader.definition(report.title()),
        description(categories, series, reader),
        categories,
        series);
  }

  private static Page.Series series(View.Report report, int column, Reader reader) {
    Formats formats = reader.words().formats();
    List<BigDecimal> values =
        column(report, column).stream()
            .map(cell -> cell instanceof Cell.Numeric(BigDecimal value) ? value : BigDecimal.ZERO)
            .toList();
    return new Page.Series(
        reader.definition(report.columns().get(column).label()),
        values,
        values.stream().map(formats::decimal).toList());
  }

  private static List<Cell> column(View.Report report, int column) {
    return report.rows().stream().map(row -> row.cells().get(column)).toList();
  }

  /** The largest and the smallest value of each series. */
  private static Text description(
      List<String> categories, List<Page.Series> series, Reader reader) {
    List<String> sentences = new ArrayList<>();
    for (Page.Series one : series) {
      int largest = 0;
      int smallest = 0;
      for (int i = 1; i < categories.size(); i++) {
        largest = one.values().get(i).compareTo(one.values().get(largest)) > 0 ? i : largest;
        smallest = one.values().get(i).compareTo(one.values().get(smallest)) < 0 ? i : smallest;
      }
      sentences.add(
          reader
              .message(
                  "chart.description",
                  Map.of(
                      "series", one.name().value(),
                      "largest", categories.get(largest),
                      "most", one.shown().get(largest),
                      "smallest", categories.get(smallest),
                      "least", one.shown().get(smallest)))
              .value());
    }
    return Text.of(String.join(" ", sentences));
  }
}
