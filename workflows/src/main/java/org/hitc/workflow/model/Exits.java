package org.hitc.workflow.model;

import java.util.List;

/** The rule of exit statuses: a program's exit status is one byte. */
final class Exits {
  private Exits() {}

  static List<Integer> check(List<Integer> exits) {
    if (exits.isEmpty() || exits.stream().anyMatch(e -> e < 0 || e > 255)) {
      throw new IllegalArgumentException("exit statuses are 0 to 255");
    }
    return List.copyOf(exits);
  }
}
