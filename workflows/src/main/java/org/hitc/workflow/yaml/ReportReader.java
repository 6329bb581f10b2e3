package org.hitc.workflow.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hitc.workflow.model.Columns;
import org.hitc.workflow.model.ProgramCall;
import org.hitc.workflow.model.ReportStep;
import org.hitc.workflow.model.ReportStep.Chart;
import org.hitc.workflow.model.ReportStep.ChartType;
import org.hitc.workflow.model.ReportStep.Download;
import org.hitc.workflow.model.Step;
import org.hitc.workflow.model.Template;

/** Reads one {@code report:}. */
final class ReportReader {
  private final Draft draft;
  private final YamlMap map;
  private final String name;
  private final int index;

  ReportReader(Draft draft, YamlMap map, String name, int index) {
    this.draft = draft;
    this.map = map;
    this.name = name;
    this.index = index;
  }

  Optional<Step> read() {
    map.only(
        "report",
        "title",
        "program",
        "args",
        "stdin",
        "run_as",
        "lines",
        "columns",
        "check_totals",
        "chart",
        "download",
        "drill_down",
        "next",
        "success_exit",
        "encoding",
        "limits");
    map.require("title", "program", "columns");
    Optional<Template> title =
        map.text("title").flatMap(t -> draft.template(t, index, Draft.Use.TEXT));
    Optional<ProgramCall> call = draft.call(map, "program", index);
    ColumnsReader.Rows rows = new ColumnsReader(draft, map).read();
    List<Download> downloads = downloads();
    Optional<String> drillDown = draft.name(map, "drill_down");
    drillDown.ifPresent(to -> draft.target(index, map.placeOf("drill_down"), to));
    Optional<String> next = draft.name(map, "next");
    next.ifPresent(to -> draft.target(index, map.placeOf("next"), to));
    Optional<Chart> chart = rows.columns().flatMap(this::chart);
    List<Integer> successExit = StepReader.successExit(map);
    Optional<String> encoding = StepReader.encoding(map, draft);
    var limits = StepReader.limits(map, call, draft);
    return title.isEmpty() || call.isEmpty() || rows.columns().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ReportStep(
                name,
                title.get(),
                call.get(),
                rows.lines(),
                rows.columns().get(),
                rows.checkTotals(),
                chart,
                downloads,
                drillDown,
                next,
                successExit,
                encoding,
                limits));
  }

  private Optional<Chart> chart(Columns columns) {
    Optional<YamlMap> chart = map.map("chart");
    if (chart.isEmpty()) {
      return Optional.empty();
    }
    chart.get().only("type", "by", "show");
    chart.get().require("by", "show");
    boolean line = chart.get().oneOf("type", Set.of("bar", "line")).equals(Optional.of("line"));
    List<String> names = columns.headings().stream().map(Columns.Heading::name).toList();
    Optional<YamlText> by = chart.get().text("by");
    by.ifPresent(text -> requireColumn(text, names));
    List<String> numeric =
        columns.headings().stream()
            .filter(Columns.Heading::numeric)
            .map(Columns.Heading::name)
            .toList();
    List<YamlText> show = chart.get().texts("show");
    show.forEach(text -> requireColumn(text, numeric));
    return by.isEmpty() || show.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Chart(
                line ? ChartType.LINE : ChartType.BAR,
                by.get().value(),
                show.stream().map(YamlText::value).toList()));
  }

  private void requireColumn(YamlText text, List<String> usable) {
    if (!usable.contains(text.value())) {
      draft
          .problems()
          .slip(
              text.place(),
              "COLUMN_UNKNOWN",
              "a chart cannot show '" + text.value() + "'",
              ColumnsReader.numberCure(text.value(), usable));
    }
  }

  private List<Download> downloads() {
    List<Download> downloads = new ArrayList<>();
    for (YamlText text : map.texts("download")) {
      switch (text.value()) {
        case "csv" -> downloads.add(Download.CSV);
        case "original" -> downloads.add(Download.ORIGINAL);
        case "xlsx" -> downloads.add(Download.XLSX);
        default ->
            draft
                .problems()
                .add(
                    text.place(),
                    Idents.VALUE_FORM,
                    "'" + text.value() + "' is not a kind of download",
                    Suggestion.cure(text.value(), List.of("csv", "xlsx", "original")));
      }
    }
    return downloads;
  }
}
