package org.hitc.workflow.model;

import java.util.Optional;

/**
 * {@code done:} says what has been done.
 *
 * @param title the page's heading
 * @param text what follows from it
 */
public record DoneStep(String name, Template title, Optional<Template> text) implements Step {
  public DoneStep {
    Names.check(name);
  }
}
