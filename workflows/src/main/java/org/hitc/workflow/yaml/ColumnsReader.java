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
import org.hitc.workflow.model.Columns.Content;
import org.hitc.workflow.model.Columns.Heading;
import org.hitc.workflow.model.Columns.Named;
import org.hitc.workflow.model.ReportStep.Lines;
import org.hitc.workflow.model.ReportStep.Total;
import org.hitc.workflow.picture.Picture;

/**
 * Reads how the lines of a printout become rows: {@code lines:}, {@code columns:} and {@code
 * check_totals:} of a step. The step itself says that it knows these keys.
 */
final class ColumnsReader {
  private static final List<String> KINDS = List.of("copybook", "csv", "pattern");

  private final Draft draft;
  private final YamlMap map;
  private final Map<String, Place> places = new HashMap<>();

  /**
   * What was read.
   *
   * @param columns empty when there are none, or when they are wrong
   * @param checkTotals names of columns with numbers
   */
  record Rows(Lines lines, Optional<Columns> columns, List<String> checkTotals) {}

  ColumnsReader(Draft draft, YamlMap map) {
    this.draft = draft;
    this.map = map;
  }

  Rows read() {
    Lines lines = lines();
    Optional<Columns> columns = columns();
    return new Rows(lines, columns, checkTotals(columns, lines));
  }

  private Lines lines() {
    Optional<YamlMap> lines = map.map("lines");
    lines.ifPresent(l -> l.only("page_heading", "total"));
    int heading = lines.flatMap(l -> l.integer("page_heading", 0, 200)).orElse(0);
    Optional<YamlMap> total = lines.flatMap(l -> l.map("total"));
    total.ifPresent(t -> t.only("position", "text"));
    total.ifPresent(t -> t.require("position", "text"));
    Optional<Integer> position = total.flatMap(t -> t.integer("position", 1, Column.MAX_POSITION));
    Optional<String> text = total.flatMap(t -> t.text("text")).map(YamlText::value);
    return new Lines(heading, position.flatMap(p -> text.map(t -> new Total(p, t))));
  }

  private Optional<Columns> columns() {
    return switch (map.value("columns").orElse(null)) {
      case null -> Optional.empty();
      case YamlList list -> byPosition(list);
      case YamlMap other -> other(other);
      case YamlText text -> {
        problem(
            text.place(),
            Idents.VALUE_KIND,
            "'columns' has text where a list is wanted",
            "such as - { column: object, position: 1, pic: 9(6) }");
        yield Optional.empty();
      }
    };
  }

  private Optional<Columns> other(YamlMap other) {
    List<String> kinds = other.keys().stream().filter(KINDS::contains).toList();
    if (kinds.size() != 1) {
      String first = other.keys().stream().findFirst().orElse("");
      problem(
          other.place(),
          Idents.VALUE_FORM,
          "columns are a list with positions, or exactly one of " + String.join(", ", KINDS),
          Suggestion.cure(first, KINDS));
      return Optional.empty();
    }
    return switch (kinds.getFirst()) {
      case "csv" -> csv(other);
      case "pattern" -> byPattern(other);
      default -> draft.copybooks().columns(other);
    };
  }

  private Optional<Columns> byPosition(YamlList list) {
    List<Column> columns = new ArrayList<>();
    maps(list).forEach(column -> positioned(column).ifPresent(columns::add));
    columns.sort(Comparator.comparingInt(Column::position));
    for (int i = 1; i < columns.size(); i++) {
      Column left = columns.get(i - 1);
      Column right = columns.get(i);
      if (right.position() <= left.end()) {
        problem(
            places.getOrDefault(right.name(), list.place()),
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
    if (columns.size() < list.items().size()) {
      return Optional.empty();
    }
    return columns.stream().allMatch(Column::filler)
        ? noColumn(list.place())
        : Optional.of(new Columns.ByPosition(columns));
  }

  private Optional<Column> positioned(YamlMap column) {
    column.only("column", "object", "position", "pic", "label", "blank_when_zero");
    column.require("position", "pic");
    Optional<String> name = name(column);
    Optional<Integer> position = column.integer("position", 1, Column.MAX_POSITION);
    Optional<Picture> picture = PictureReader.read(column);
    Optional<String> label = column.text("label").map(YamlText::value);
    boolean blankWhenZero = column.bool("blank_when_zero").orElse(false);
    return name.flatMap(n ->
        position.flatMap(
            at -> picture.map(p -> new Column(n, label.orElse(n), at, p, blankWhenZero))));
  }

  private Optional<Columns> csv(YamlMap other) {
    other.only("csv");
    Optional<YamlMap> csv = other.map("csv");
    if (csv.isEmpty()) {
      return Optional.empty();
    }
    csv.get().only("separator", "header", "columns");
    csv.get().require("columns");
    Optional<Character> separator = separator(csv.get());
    boolean header = csv.get().bool("header").orElse(false);
    Optional<List<Named>> columns = named(csv.get(), header);
    return separator.flatMap(s -> columns.map(c -> new Columns.Csv(s, header, c)));
  }

  /** A sign, or the word {@code tab}; a comma when nothing is said. */
  private Optional<Character> separator(YamlMap csv) {
    Optional<YamlText> text = csv.text("separator");
    if (text.isEmpty()) {
      return csv.has("separator") ? Optional.empty() : Optional.of(',');
    }
    String value = text.get().value();
    if (value.equals("tab")) {
      return Optional.of('\t');
    }
    if (value.length() == 1 && ",;|:!#$%&/~^".contains(value)) {
      return Optional.of(value.charAt(0));
    }
    problem(
        text.get().place(),
        Idents.VALUE_FORM,
        "'" + value + "' cannot separate values",
        "one of , ; | : ! # $ % & / ~ ^ or the word tab");
    return Optional.empty();
  }

  private Optional<Columns> byPattern(YamlMap other) {
    other.only("pattern", "columns");
    other.require("columns");
    Optional<YamlText> pattern = other.text("pattern");
    Optional<List<Named>> columns = named(other, false);
    if (pattern.isEmpty() || columns.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Columns.ByPattern(pattern.get().value(), columns.get()));
    } catch (IllegalArgumentException e) {
      problem(
          pattern.get().place(),
          "PATTERN_FORM",
          "the pattern: " + e.getMessage(),
          "one (...) for each column, in their order, or (?P<name>...) with their names");
      return Optional.empty();
    }
  }

  private Optional<List<Named>> named(YamlMap map, boolean header) {
    Optional<YamlList> list = map.list("columns");
    if (list.isEmpty()) {
      return Optional.empty();
    }
    List<Named> columns = new ArrayList<>();
    maps(list.get()).forEach(column -> unpositioned(column, header).ifPresent(columns::add));
    if (columns.size() < list.get().items().size()) {
      return Optional.empty();
    }
    return columns.stream().allMatch(Named::filler)
        ? noColumn(list.get().place())
        : Optional.of(columns);
  }

  private Optional<Named> unpositioned(YamlMap column, boolean header) {
    column.only("column", "object", "label", "heading", "pic", "type", "blank_when_zero");
    if (!header && column.has("heading")) {
      problem(
          column.placeOf("heading"),
          Idents.KEY_MISPLACED,
          "'heading' is what a CSV header calls the column, and there is no header",
          "add header: true to csv:, or remove it");
    }
    if (column.has("pic") && column.has("type")) {
      problem(
          column.placeOf("type"),
          Idents.KEY_TWICE,
          "a column has a 'pic' or a 'type'",
          "remove one of them");
    }
    Optional<String> name = name(column);
    Optional<Content> content =
        column.has("pic")
            ? PictureReader.read(column).map(Content.Pictured::new)
            : Optional.of(
                column.oneOf("type", Set.of("text", "number")).orElse("text").equals("number")
                    ? new Content.Numeral()
                    : new Content.Text());
    Optional<String> label = column.text("label").map(YamlText::value);
    Optional<String> heading = column.text("heading").map(YamlText::value);
    boolean blankWhenZero = column.bool("blank_when_zero").orElse(false);
    return name.flatMap(
        n -> content.map(c -> new Named(n, label.orElse(n), heading.orElse(n), c, blankWhenZero)));
  }

  /** The name of a column; twice is a problem, but for filler. */
  private Optional<String> name(YamlMap column) {
    String key = column.has("object") ? "object" : "column";
    if (column.has("object") && column.has("column")) {
      problem(
          column.placeOf("object"),
          Idents.KEY_TWICE,
          "'object' and 'column' are two words for the column's name",
          "remove one of them");
    }
    column.require(key);
    Optional<String> name = draft.name(column, key);
    if (name.isPresent()) {
      Place first = places.putIfAbsent(name.get(), column.placeOf(key));
      if (first != null && !name.get().equals(Column.FILLER)) {
        problem(
            column.placeOf(key),
            "COLUMN_TWICE",
            "a column called " + name.get() + " stands on line " + first.line() + " already",
            "choose another name");
      }
    }
    return name;
  }

  private List<YamlMap> maps(YamlList list) {
    List<YamlMap> maps = new ArrayList<>();
    for (YamlValue item : list.items()) {
      if (item instanceof YamlMap column) {
        maps.add(column);
      } else {
        problem(item.place(), Idents.VALUE_KIND, "a column has keys with values", "such as pic:");
      }
    }
    return maps;
  }

  private <T> Optional<T> noColumn(Place place) {
    problem(place, Idents.VALUE_FORM, "no column", "such as - column: object");
    return Optional.empty();
  }

  private List<String> checkTotals(Optional<Columns> columns, Lines lines) {
    List<String> checked = new ArrayList<>();
    for (YamlText text : map.texts("check_totals")) {
      checked.add(text.value());
      columns.ifPresent(c -> checkTotal(text, c.headings()));
    }
    if (!checked.isEmpty() && lines.total().isEmpty()) {
      slip(
          map.placeOf("check_totals"),
          "TOTAL_MISSING",
          "check_totals has no total line to compare with",
          "add total: { position: ..., text: ... } to lines:");
    }
    return checked;
  }

  private void checkTotal(YamlText text, List<Heading> headings) {
    List<String> numeric = headings.stream().filter(Heading::numeric).map(Heading::name).toList();
    if (!numeric.contains(text.value())) {
      boolean known = headings.stream().anyMatch(h -> h.name().equals(text.value()));
      slip(
          text.place(),
          known ? "COLUMN_KIND" : "COLUMN_UNKNOWN",
          known
              ? "the column " + text.value() + " holds no numbers: its picture is text or a code"
              : "no column is called " + text.value(),
          numberCure(text.value(), numeric));
    }
  }

  /** What can stand where a column of numbers is wanted. */
  static String numberCure(String name, List<String> numeric) {
    return numeric.isEmpty()
        ? "no column holds numbers; give one a picture such as Z(5)9 or Z(5)9.99-"
        : Suggestion.cure(name, numeric);
  }

  private void slip(Place place, String ident, String text, String cure) {
    draft.problems().slip(place, ident, text, cure);
  }

  private void problem(Place place, String ident, String text, String cure) {
    draft.problems().add(place, ident, text, cure);
  }
}
