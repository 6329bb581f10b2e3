package org.hitc.workflow.model;

import java.util.List;

/** Where the choices of a field come from. */
public sealed interface Choices {
  /** The file says them. */
  record Fixed(List<Choice> choices) implements Choices {
    public Fixed {
      choices = List.copyOf(choices);
      if (choices.isEmpty()) {
        throw new IllegalArgumentException("at least one choice");
      }
    }
  }

  /** A program prints them: a line is {@code value}, or {@code value}, a tab, {@code label}. */
  record FromProgram(ProgramCall call) implements Choices {}

  /**
   * The rows of a report are the choices.
   *
   * @param report name of the report step
   * @param value column that is the answer
   * @param label column that is shown
   */
  record FromRows(String report, String value, String label) implements Choices {}

  /** One choice of a fixed list. */
  record Choice(String value, String label) {}
}
