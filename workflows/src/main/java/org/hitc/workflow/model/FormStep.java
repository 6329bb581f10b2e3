package org.hitc.workflow.model;

import java.util.List;
import java.util.Optional;

/**
 * {@code form:} asks for values.
 *
 * @param title the page's heading
 * @param fields in the order of the page; at least one
 * @param button words of the button, instead of the product's own
 * @param next where to go on, instead of the step below
 */
public record FormStep(
    String name, Template title, List<Field> fields, Optional<String> button, Optional<Next> next)
    implements Step {
  public FormStep {
    Names.check(name);
    fields = List.copyOf(fields);
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("a form has fields");
    }
  }

  /** The field of that name, if there is one. */
  public Optional<Field> field(String fieldName) {
    return fields.stream().filter(f -> f.name().equals(fieldName)).findFirst();
  }
}
