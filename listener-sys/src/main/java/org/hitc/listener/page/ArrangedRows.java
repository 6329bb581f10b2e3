package org.hitc.listener.page;

import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hitc.channel.Arrangement;
import org.hitc.workflow.engine.View;
import org.hitc.workflow.extract.Cell;

/**
 * The rows of a report as somebody wants to see them: found, sorted, one part of them.
 *
 * @param arrangement what of the wish there can be: an unknown column is left out, a part behind
 *     the end is the last one
 * @param rows those of the part
 * @param matching how many rows were found
 * @param parts how many parts they have, at least one
 */
record ArrangedRows(Arrangement arrangement, List<View.RowView> rows, int matching, int parts) {
  /** Rows of one part. */
  static final int PART = 200;

  ArrangedRows {
    rows = List.copyOf(rows);
  }

  /**
   * Arranges.
   *
   * @param order of texts, as readers expect it
   */
  static ArrangedRows of(View.Report report, Arrangement wish, Comparator<String> order) {
    List<String> names = report.columns().stream().map(View.ColumnView::name).toList();
    Optional<Integer> column = wish.sort().map(names::indexOf).filter(i -> i >= 0);
    String find = folded(wish.find());
    List<View.RowView> found = report.rows().stream().filter(row -> matches(row, find)).toList();
    if (column.isPresent()) {
      Comparator<Cell> by = wish.descending() ? cells(order).reversed() : cells(order);
      found =
          found.stream()
              .sorted(Comparator.comparing(row -> row.cells().get(column.get()), emptyLast(by)))
              .toList();
    }
    int parts = Math.max(1, (found.size() + PART - 1) / PART);
    int part = Math.min(wish.part(), parts);
    int from = (part - 1) * PART;
    Arrangement can =
        new Arrangement(
            column.map(names::get),
            column.isPresent() && wish.descending(),
            wish.find(),
            part,
            wish.text(),
            wish.done());
    return new ArrangedRows(
        can, found.subList(from, Math.min(found.size(), from + PART)), found.size(), parts);
  }

  /** One-based number of the first row of the part. */
  int first() {
    return rows.isEmpty() ? 0 : (arrangement.part() - 1) * PART + 1;
  }

  /** One-based number of the last row of the part. */
  int last() {
    return first() + Math.max(0, rows.size() - 1);
  }

  /** Numbers by size, then texts. */
  private static Comparator<Cell> cells(Comparator<String> order) {
    return Comparator.<Cell, Boolean>comparing(cell -> !(cell instanceof Cell.Numeric))
        .thenComparing((a, b) ->
            a instanceof Cell.Numeric x && b instanceof Cell.Numeric y
                ? x.value().compareTo(y.value())
                : order.compare(a.asText(), b.asText()));
  }

  /** What is empty comes last, whichever way the others are sorted. */
  private static Comparator<Cell> emptyLast(Comparator<Cell> others) {
    return Comparator.<Cell, Boolean>comparing(Cell.Empty.class::isInstance)
        .thenComparing((a, b) -> a instanceof Cell.Empty ? 0 : others.compare(a, b));
  }

  private static boolean matches(View.RowView row, String find) {
    return find.isEmpty()
        || IntStream.range(0, row.cells().size())
            .anyMatch(i -> folded(row.cells().get(i).asText()).contains(find));
  }

  private static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT).strip();
  }
}
