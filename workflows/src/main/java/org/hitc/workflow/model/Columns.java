package org.hitc.workflow.model;

import java.util.List;
import org.hitc.workflow.picture.Picture;

/** How a detail line becomes cells. */
public sealed interface Columns {
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
  }

  /** A record layout of COBOL, in a file beside the definition. */
  record ByCopybook(String file) implements Columns {}

  /** Values between separators. */
  record Csv(char separator, List<Named> columns) implements Columns {
    public Csv {
      columns = List.copyOf(columns);
    }
  }

  /** The groups of a pattern (RE2). */
  record ByPattern(String pattern, List<Named> columns) implements Columns {
    public ByPattern {
      columns = List.copyOf(columns);
    }
  }

  /** A column that is known by its order. */
  record Named(String name, String label, Picture picture) {
    public Named {
      Names.check(name);
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

    public Column {
      Names.check(name);
      if (position < 1) {
        throw new IllegalArgumentException("positions begin at 1");
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
