package org.hitc.workflow.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hitc.workflow.model.ProgramCall;
import org.hitc.workflow.model.ReportStep;
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
        "lines",
        "columns",
        "check_totals",
        "chart",
        "download",
        "drill_down",
        "success_exit",
        "encoding",
        "limits");
    map.require("title", "program", "columns");
    if (map.has("chart")) {
      draft.notYet(map.placeOf("chart"), "chart");
    }
    Optional<Template> title =
        map.text("title").flatMap(t -> draft.template(t, index, Draft.Use.TEXT));
    Optional<ProgramCall> call = draft.call(map, "program", index);
    ColumnsReader.Rows rows = new ColumnsReader(draft, map).read();
    List<Download> downloads = downloads();
    Optional<String> drillDown = draft.name(map, "drill_down");
    drillDown.ifPresent(_ -> draft.drillDown(name, map.placeOf("drill_down")));
    List<Integer> successExit = StepReader.successExit(map);
    Optional<String> encoding = StepReader.encoding(map, draft);
    var limits = StepReader.limits(map);
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
                Optional.empty(),
                downloads,
                drillDown,
                successExit,
                encoding,
                limits));
  }

  private List<Download> downloads() {
    List<Download> downloads = new ArrayList<>();
    for (YamlText text : map.texts("download")) {
      switch (text.value()) {
        case "csv" -> downloads.add(Download.CSV);
        case "original" -> downloads.add(Download.ORIGINAL);
        case "xlsx" -> draft.notYet(text.place(), "download: xlsx");
        default ->
            draft
                .problems()
                .add(
                    text.place(),
                    Idents.VALUE_FORM,
                    "'" + text.value() + "' is not a kind of download",
                    Suggestion.cure(text.value(), List.of("csv", "original")));
      }
    }
    return downloads;
  }
}
