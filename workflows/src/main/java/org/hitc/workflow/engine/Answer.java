package org.hitc.workflow.engine;

/**
 * What a name stands for in a visit.
 *
 * @param value what programs get
 * @param label what people see: a choice's label, otherwise the value
 */
public record Answer(String value, String label) {
  /** An answer that shows itself. */
  public static Answer of(String value) {
    return new Answer(value, value);
  }
}
