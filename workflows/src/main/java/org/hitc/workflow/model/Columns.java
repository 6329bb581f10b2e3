package org.hitc.workflow.model;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hitc.workflow.picture.Picture;

/**
 * How a detail line becomes cells. Whoever only shows, names or refers to the cells needs nothing
 * but the {@link #headings}.
 */
public sealed interface Columns {

  /** What stands above the cells of a row: one heading for each cell, in the order of the cells. */
  List<Heading> headings();

  /**
   * What stands above a column.
   *
   * @param name by which definitions refer to it
   * @param label words for people
   * @param numeric its cells are numbers
   */
  record Heading(String name, String label, boolean numeric) {}

  /** Fixed positions; in the order of the line, without overlap. */
  record ByPosition(List<Column> columns) implements Columns {
    public ByPosition {
      columns = List.copyOf(columns);
      if (columns.stream().allMatch(Column::filler)) {
        throw new IllegalArgumentException("at least one column that is not filler");
      }
    }

    /** The columns that become cells: all but fillers. */
    public List<Column> shown() {
      return columns.stream().filter(c -> !c.filler()).toList();
    }

    @Override
    public List<Heading> headings() {
      return shown().stream()
          .map(c -> new Heading(c.name(), c.label(), c.picture().kind() == Picture.Kind.NUMBER))
          .toList();
    }
  }

  /**
   * Values between separators, as in RFC 4180, one record a line.
   *
   * @param header the first line that is no page heading names the columns, which may then stand in
   *     any order and among others; without it, values are taken in the order of {@code columns}
   */
  record Csv(char separator, boolean header, List<Named> columns) implements Columns {
    public Csv {
      columns = List.copyOf(columns);
      if (separator == '"' || separator == '\r' || separator == '\n' || separator == '\f') {
        throw new IllegalArgumentException("a separator that is no quote and no line end");
      }
      Named.checkShown(columns);
    }

    @Override
    public List<Heading> headings() {
      return Named.headings(columns);
    }
  }

  /**
   * The groups of a pattern (RE2), which must match the whole line without the blanks at its end.
   * When its groups have names they are the columns' names; otherwise the first group is the first
   * column.
   */
  record ByPattern(String pattern, List<Named> columns) implements Columns {
    /** Longest pattern, in characters. */
    public static final int MAX_LENGTH = 1_000;

    /**
     * Checks that every group has its column.
     *
     * @throws IllegalArgumentException with the reason when the pattern is none, or when its groups
     *     are not those of the columns
     */
    public ByPattern {
      columns = List.copyOf(columns);
      Named.checkShown(columns);
      groups(pattern, columns);
    }

    /** The pattern, compiled. */
    public Pattern compiled() {
      return compile(pattern);
    }

    /** For every column the number of its group. */
    public List<Integer> groups() {
      return groups(pattern, columns);
    }

    private static List<Integer> groups(String pattern, List<Named> columns) {
      Pattern compiled = compile(pattern);
      Map<String, Integer> named = compiled.namedGroups();
      if (compiled.groupCount() != columns.size()) {
        throw new IllegalArgumentException(
            "the pattern has "
                + compiled.groupCount()
                + " groups for "
                + columns.size()
                + " columns; (?:...) is no group");
      }
      if (named.isEmpty()) {
        return IntStream.rangeClosed(1, columns.size()).boxed().toList();
      }
      return columns.stream()
          .map(c -> {
            Integer group = named.get(c.name());
            if (group == null) {
              throw new IllegalArgumentException("no group of the pattern is called " + c.name());
            }
            return group;
          })
          .toList();
    }

    private static Pattern compile(String pattern) {
      if (pattern.length() > MAX_LENGTH) {
        throw new IllegalArgumentException("longer than " + MAX_LENGTH + " characters");
      }
      if (PatternSize.isTooLarge(pattern)) {
        throw new IllegalArgumentException("its repetitions make it too large");
      }
      try {
        return Pattern.compile(pattern);
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
      }
    }

    @Override
    public List<Heading> headings() {
      return Named.headings(columns);
    }
  }

  /** What a value may be that has no position. */
  sealed interface Content {
    /** Any text. */
    record Text() implements Content {}

    /** A plain number: a sign, digits, a point, digits. */
    record Numeral() implements Content {}

    /** What fits a picture; blanks at either end may be missing. */
    record Pictured(Picture picture) implements Content {}
  }

  /**
   * A column that is known by its order or its name.
   *
   * @param name {@code filler} for what is there and not shown
   * @param label words above it
   * @param heading what a CSV header calls it
   * @param blankWhenZero nothing means zero
   */
  record Named(String name, String label, String heading, Content content, boolean blankWhenZero) {
    public Named {
      Names.check(name);
    }

    /** True for what is there and not shown. */
    public boolean filler() {
      return name.equals(Column.FILLER);
    }

    /** True when its cells are numbers. */
    public boolean numeric() {
      return switch (content) {
        case Content.Text() -> false;
        case Content.Numeral() -> true;
        case Content.Pictured(Picture picture) -> picture.kind() == Picture.Kind.NUMBER;
      };
    }

    private static List<Heading> headings(List<Named> columns) {
      return columns.stream()
          .filter(c -> !c.filler())
          .map(c -> new Heading(c.name(), c.label(), c.numeric()))
          .toList();
    }

    private static void checkShown(List<Named> columns) {
      if (columns.stream().allMatch(Named::filler)) {
        throw new IllegalArgumentException("at least one column that is not filler");
      }
    }
  }

  /**
   * A column at a fixed position.
   *
   * @param name {@code filler} for what is there and not shown
   * @param label words above it
   * @param position one-based position of its first character
   * @param picture its width and meaning
   * @param blankWhenZero blanks mean zero
   */
  record Column(String name, String label, int position, Picture picture, boolean blankWhenZero) {
    /** The name of columns that are read over, as in COBOL. */
    public static final String FILLER = "filler";

    /** Positions from 1 to this one. */
    public static final int MAX_POSITION = 8_192;

    public Column {
      Names.check(name);
      if (position < 1 || position > MAX_POSITION) {
        throw new IllegalArgumentException("positions go from 1 to " + MAX_POSITION);
      }
    }

    /** One-based position of its last character. */
    public int end() {
      return position + picture.width() - 1;
    }

    /** True for what is there and not shown. */
    public boolean filler() {
      return name.equals(FILLER);
    }
  }
}
