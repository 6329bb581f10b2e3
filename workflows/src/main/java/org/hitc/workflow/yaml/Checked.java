package org.hitc.workflow.yaml;

import java.util.List;
import java.util.Optional;
import org.hitc.workflow.model.Workflow;

/**
 * What is to be said about a definition file.
 *
 * @param workflow what it says; empty when there is an error
 * @param problems errors and warnings, in the order of the file
 */
public record Checked(Optional<Workflow> workflow, List<Problem> problems) {
  public Checked {
    problems = List.copyOf(problems);
  }
}
