package org.hitc.workflow.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hitc.workflow.model.Columns;
import org.hitc.workflow.model.Columns.Column;
import org.hitc.workflow.model.ProgramCall;
import org.hitc.workflow.model.ReportStep;
import org.hitc.workflow.model.ReportStep.Download;
import org.hitc.workflow.model.ReportStep.Lines;
import org.hitc.workflow.model.ReportStep.Total;
import org.hitc.workflow.model.Step;
import org.hitc.workflow.model.Template;
import org.hitc.workflow.picture.Picture;

/** Reads one {@code report:}. */
final class ReportReader {
  private static final int MAX_POSITION = 8_192;

  private final Draft draft;
  private final YamlMap map;
  private final String name;
  private final int index;
  private final Map<String, Place> columnPlaces = new HashMap<>();

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
    Lines lines = lines();
    Optional<Columns> columns = columns();
    List<String> checkTotals = checkTotals(columns, lines);
    List<Download> downloads = downloads();
    Optional<String> drillDown = draft.name(map, "drill_down");
    drillDown.ifPresent(_ -> draft.drillDown(name, map.placeOf("drill_down")));
    List<Integer> successExit = StepReader.successExit(map);
    Optional<String> encoding = StepReader.encoding(map, draft);
    var limits = StepReader.limits(map);
    return title.isEmpty() || call.isEmpty() || columns.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ReportStep(
                name,
                title.get(),
                call.get(),
                lines,
                columns.get(),
                checkTotals,
                Optional.empty(),
                downloads,
                drillDown,
                successExit,
                encoding,
                limits));
  }

  private Lines lines() {
    Optional<YamlMap> lines = map.map("lines");
    lines.ifPresent(l -> l.only("page_heading", "total"));
    int heading = lines.flatMap(l -> l.integer("page_heading", 0, 200)).orElse(0);
    Optional<YamlMap> total = lines.flatMap(l -> l.map("total"));
    total.ifPresent(t -> t.only("position", "text"));
    total.ifPresent(t -> t.require("position", "text"));
    Optional<Integer> position = total.flatMap(t -> t.integer("position", 1, MAX_POSITION));
    Optional<String> text = total.flatMap(t -> t.text("text")).map(YamlText::value);
    return new Lines(heading, position.flatMap(p -> text.map(t -> new Total(p, t))));
  }

  private Optional<Columns> columns() {
    return switch (map.value("columns").orElse(null)) {
      case null -> Optional.empty();
      case YamlList list -> byPosition(list);
      case YamlMap other -> {
        other.only("copybook", "csv", "pattern");
        other.keys().stream()
            .filter(Set.of("copybook", "csv", "pattern")::contains)
            .forEach(key -> draft.notYet(other.placeOf(key), "columns by " + key));
        yield Optional.empty();
      }
      case YamlText text -> {
        draft
            .problems()
            .add(
                text.place(),
                Idents.VALUE_KIND,
                "'columns' has text where a list is wanted",
                "such as - { column: object, position: 1, pic: 9(6) }");
        yield Optional.empty();
      }
    };
  }

  private Optional<Columns> byPosition(YamlList list) {
    List<Column> columns = new ArrayList<>();
    for (YamlValue item : list.items()) {
      if (item instanceof YamlMap column) {
        column(column).ifPresent(columns::add);
      } else {
        draft
            .problems()
            .add(item.place(), Idents.VALUE_KIND, "a column has keys with values", "such as pic:");
      }
    }
    columns.sort(Comparator.comparingInt(Column::position));
    for (int i = 1; i < columns.size(); i++) {
      Column left = columns.get(i - 1);
      Column right = columns.get(i);
      if (right.position() <= left.end()) {
        draft
            .problems()
            .add(
                columnPlaces.getOrDefault(right.name(), list.place()),
                "COLUMN_OVERLAP",
                right.name()
                    + " begins at "
                    + right.position()
                    + ", but "
                    + left.name()
                    + " goes from "
                    + left.position()
                    + " to "
                    + left.end(),
                "correct a position or a picture");
      }
    }
    if (columns.stream().allMatch(Column::filler)) {
      draft
          .problems()
          .add(list.place(), Idents.VALUE_FORM, "no column", "such as - column: object");
      return Optional.empty();
    }
    return Optional.of(new Columns.ByPosition(columns));
  }

  private Optional<Column> column(YamlMap column) {
    column.only("column", "object", "position", "pic", "label", "blank_when_zero");
    String key = column.has("object") ? "object" : "column";
    if (column.has("object") && column.has("column")) {
      draft
          .problems()
          .add(
              column.placeOf("object"),
              Idents.KEY_TWICE,
              "'object' and 'column' are two words for the column's name",
              "remove one of them");
    }
    column.require(key, "position", "pic");
    Optional<String> columnName = draft.name(column, key);
    Optional<Integer> position = column.integer("position", 1, MAX_POSITION);
    Optional<Picture> picture = PictureReader.read(column);
    Optional<String> label = column.text("label").map(YamlText::value);
    boolean blankWhenZero = column.bool("blank_when_zero").orElse(false);
    if (columnName.isEmpty() || position.isEmpty() || picture.isEmpty()) {
      return Optional.empty();
    }
    String columnText = columnName.get();
    Place first = columnPlaces.putIfAbsent(columnText, column.placeOf(key));
    if (first != null && !columnText.equals(Column.FILLER)) {
      draft
          .problems()
          .add(
              column.placeOf(key),
              "COLUMN_TWICE",
              "a column called " + columnText + " stands on line " + first.line() + " already",
              "choose another name");
    }
    return Optional.of(
        new Column(
            columnText, label.orElse(columnText), position.get(), picture.get(), blankWhenZero));
  }

  private List<String> checkTotals(Optional<Columns> columns, Lines lines) {
    List<String> checked = new ArrayList<>();
    for (YamlText text : map.texts("check_totals")) {
      checked.add(text.value());
      if (columns.orElse(null) instanceof Columns.ByPosition byPosition) {
        checkTotal(text, byPosition);
      }
    }
    if (!checked.isEmpty() && lines.total().isEmpty()) {
      draft
          .problems()
          .add(
              map.placeOf("check_totals"),
              "TOTAL_MISSING",
              "check_totals has no total line to compare with",
              "add total: { position: ..., text: ... } to lines:");
    }
    return checked;
  }

  private void checkTotal(YamlText text, Columns.ByPosition columns) {
    List<String> numeric =
        columns.shown().stream()
            .filter(c -> c.picture().kind() == Picture.Kind.NUMBER)
            .map(Column::name)
            .toList();
    if (!numeric.contains(text.value())) {
      boolean known = columns.shown().stream().anyMatch(c -> c.name().equals(text.value()));
      draft
          .problems()
          .add(
              text.place(),
              known ? "COLUMN_KIND" : "COLUMN_UNKNOWN",
              known
                  ? "the column "
                      + text.value()
                      + " holds no numbers: its picture is text or a code"
                  : "no column is called " + text.value(),
              Suggestion.cure(text.value(), numeric));
    }
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
