package org.hitc.workflow.model;

import java.util.Optional;

/**
 * {@code confirm:} shows what is about to change, and asks.
 *
 * @param title the page's heading
 * @param button words of the button, instead of the product's own
 */
public record ConfirmStep(String name, Template title, Optional<String> button) implements Step {
  public ConfirmStep {
    Names.check(name);
  }
}
