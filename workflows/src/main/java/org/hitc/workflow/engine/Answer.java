package org.hitc.workflow.engine;

import java.util.List;

/**
 * What a field was answered with.
 *
 * @param values what programs get: one, except where several may be chosen
 * @param labels what people see, one for each value: a choice's label, otherwise the value itself
 */
public record Answer(List<String> values, List<String> labels) {
  public Answer {
    values = List.copyOf(values);
    labels = List.copyOf(labels);
    if (values.size() != labels.size()) {
      throw new IllegalArgumentException("a label for each value");
    }
  }

  /** An answer that shows itself. */
  public static Answer of(String value) {
    return of(value, value);
  }

  /** An answer that shows something else. */
  public static Answer of(String value, String label) {
    return new Answer(List.of(value), List.of(label));
  }

  /** The value; several are joined by commas. */
  public String value() {
    return String.join(",", values);
  }

  /** What people see of it. */
  public String label() {
    return String.join(", ", labels);
  }
}
