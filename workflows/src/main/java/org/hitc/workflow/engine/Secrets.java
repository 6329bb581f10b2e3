package org.hitc.workflow.engine;

import java.util.Map;

/**
 * Passwords of the form that was just submitted: gone with the job, never stored, never printed.
 */
public final class Secrets {
  static final Secrets NONE = new Secrets(Map.of());

  private final Map<String, String> byField;

  Secrets(Map<String, String> byField) {
    this.byField = Map.copyOf(byField);
  }

  Map<String, String> byField() {
    return byField;
  }

  /** Names only. */
  @Override
  public String toString() {
    return "Secrets" + byField.keySet();
  }
}
