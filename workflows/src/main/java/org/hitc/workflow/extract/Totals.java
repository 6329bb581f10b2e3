package org.hitc.workflow.extract;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hitc.workflow.model.Columns.Column;

/**
 * Adds up the columns of {@code check_totals}, exactly, and compares them with what was printed.
 */
final class Totals {
  private final List<Column> columns;
  private final List<String> checked;
  private final List<List<Entry>> entries = new ArrayList<>();

  private record Entry(BigDecimal value, int page, int line) {}

  /**
   * Adds up.
   *
   * @param columns those that become cells, in their order
   */
  Totals(List<Column> columns, List<String> checked) {
    this.columns = columns;
    this.checked = checked;
    columns.forEach(_ -> entries.add(new ArrayList<>()));
  }

  void add(List<Cell> row, PrintedLine line) {
    for (int i = 0; i < columns.size(); i++) {
      if (isChecked(i) && row.get(i) instanceof Cell.Numeric(BigDecimal value)) {
        entries.get(i).add(new Entry(value, line.page(), line.line()));
      }
    }
  }

  /** What does not agree, in words; the first column of it. */
  Optional<String> difference(List<Cell> total) {
    for (int i = 0; i < columns.size(); i++) {
      if (isChecked(i) && total.get(i) instanceof Cell.Numeric(BigDecimal printed)) {
        BigDecimal sum =
            entries.get(i).stream().map(Entry::value).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (sum.compareTo(printed) != 0) {
          return Optional.of(
              "column "
                  + columns.get(i).name()
                  + " adds up to "
                  + sum.toPlainString()
                  + ", printed is "
                  + printed.toPlainString()
                  + likelyCause(entries.get(i), sum, printed));
        }
      }
    }
    return Optional.empty();
  }

  private boolean isChecked(int column) {
    return checked.contains(columns.get(column).name());
  }

  private static String likelyCause(List<Entry> entries, BigDecimal sum, BigDecimal printed) {
    if (sum.negate().compareTo(printed) == 0) {
      return "; only the signs differ: is the sign of the total another than that of the rows?";
    }
    BigDecimal difference = sum.subtract(printed);
    return entries.stream()
        .filter(e -> e.value().signum() != 0 && e.value().add(e.value()).compareTo(difference) == 0)
        .findFirst()
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
