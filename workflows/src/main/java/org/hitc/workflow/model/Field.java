package org.hitc.workflow.model;

import java.util.Optional;

/**
 * One field of a form.
 *
 * @param name unique in the workflow; {@code $name} refers to its answer
 * @param label words beside it
 * @param hint words that help
 * @param type what may be typed or chosen
 * @param required an empty answer is refused
 * @param initial what it shows at first
 * @param mayStartWithDash a value that begins like an option may become an argument
 */
public record Field(
    String name,
    String label,
    Optional<String> hint,
    FieldType type,
    boolean required,
    Optional<Template> initial,
    boolean mayStartWithDash) {
  public Field {
    Names.check(name);
    if (label.isBlank()) {
      throw new IllegalArgumentException("a field has a label");
    }
  }
}
