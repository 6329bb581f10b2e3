package org.hitc.workflow.extract;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hitc.workflow.model.Columns.Heading;
import org.hitc.workflow.picture.NumberScanner;

/**
 * Adds up the columns of {@code check_totals}, exactly, and compares them with what was printed. Of
 * the rows it remembers only the first ones, to find the likely cause of a difference.
 */
final class Totals {
  private final List<Checked> checked = new ArrayList<>();

  private record Checked(int column, String name, Sum sum) {}

  Totals(List<Heading> headings, List<String> names) {
    for (int i = 0; i < headings.size(); i++) {
      if (names.contains(headings.get(i).name())) {
        checked.add(new Checked(i, headings.get(i).name(), new Sum()));
      }
    }
  }

  void add(RowReader row, Line line) {
    for (int i = 0; i < checked.size(); i++) {
      Checked column = checked.get(i);
      long unscaled = row.unscaled(column.column());
      if (unscaled == NumberScanner.NONE) {
        column.sum().add(row.number(column.column()), line);
      } else {
        column.sum().add(unscaled, row.scale(column.column()), line);
      }
    }
  }

  /** What does not agree, in words; the first column of it. */
  Optional<String> difference(List<Cell> total, RowReader rows) {
    for (Checked column : checked) {
      if (total.get(column.column()) instanceof Cell.Numeric(BigDecimal printed)) {
        BigDecimal sum = column.sum().value();
        if (sum.compareTo(printed) != 0) {
          String lost = rows.lostSign(column.column());
          return Optional.of(
              "column "
                  + column.name()
                  + " adds up to "
                  + sum.toPlainString()
                  + ", printed is "
                  + printed.toPlainString()
                  + (lost.isEmpty() ? likelyCause(column.sum(), sum, printed) : lost));
        }
      }
    }
    return Optional.empty();
  }

  private static String likelyCause(Sum of, BigDecimal sum, BigDecimal printed) {
    if (sum.negate().compareTo(printed) == 0) {
      return "; only the signs differ: is the sign of the total another than that of the rows?";
    }
    return of.halfOf(sum.subtract(printed))
        .map(e ->
            "; it would agree if "
                + e.value().toPlainString()
                + " on page "
                + e.page()
                + ", line "
                + e.line()
                + " had the other sign: does the picture have its sign?")
        .orElse("");
  }
}
