package org.hitc.workflow.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a visit knows on the way to a page, and with it. Holds no password.
 *
 * @param answers of forms, by name; {@code row.column} for a row that was followed
 * @param values that programs printed ({@code output: values}), by name: what holds before anything
 *     is changed
 * @param rows that programs printed and later forms offer, by the name of the step
 * @param taken exit statuses by which a run chose the way, by the name of the step
 * @param passedBy runs that lie on another branch than the one that was taken
 */
public record Known(
    Map<String, Answer> answers,
    Map<String, String> values,
    Map<String, Kept> rows,
    Map<String, Exit> taken,
    List<String> passedBy) {

  /** Nothing yet. */
  public static final Known NOTHING = new Known(Map.of(), Map.of(), Map.of(), Map.of(), List.of());

  /** An exit status by which a run chose the way. */
  public record Exit(int status) {}

  /**
   * Rows of a report, as far as they are needed.
   *
   * @param columns names of the columns that are kept
   * @param rows one text for each of them
   */
  public record Kept(List<String> columns, List<List<String>> rows) {
    public Kept {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  public Known {
    answers = Map.copyOf(answers);
    values = Map.copyOf(values);
    rows = Map.copyOf(rows);
    taken = Map.copyOf(taken);
    passedBy = List.copyOf(passedBy);
  }

  Known withAnswers(Map<String, Answer> newer) {
    return new Known(merged(answers, newer), values, rows, taken, passedBy);
  }

  /** With this row followed, and no other. */
  Known withRow(Map<String, Answer> row) {
    Map<String, Answer> others = new HashMap<>(answers);
    others.keySet().removeIf(name -> name.startsWith("row."));
    others.putAll(row);
    return new Known(others, values, rows, taken, passedBy);
  }

  Known withValues(Map<String, String> newer) {
    return new Known(answers, merged(values, newer), rows, taken, passedBy);
  }

  Known withRows(String step, Kept kept) {
    return new Known(answers, values, merged(rows, Map.of(step, kept)), taken, passedBy);
  }

  Known withTaken(String step, int exit) {
    return new Known(answers, values, rows, merged(taken, Map.of(step, new Exit(exit))), passedBy);
  }

  Known withPassedBy(List<String> runs) {
    return new Known(answers, values, rows, taken, runs);
  }

  private static <T> Map<String, T> merged(Map<String, T> older, Map<String, T> newer) {
    Map<String, T> merged = new HashMap<>(older);
    merged.putAll(newer);
    return merged;
  }
}
