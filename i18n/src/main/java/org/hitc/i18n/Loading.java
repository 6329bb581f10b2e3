package org.hitc.i18n;

import java.util.List;

/** Outcome of reading message files: all of them are right, or none is used. */
public sealed interface Loading {

  /** All are right. */
  record Loaded(Messages messages) implements Loading {}

  /** At least one is not; every problem of every file is named. */
  record Refused(List<Problem> problems) implements Loading {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
