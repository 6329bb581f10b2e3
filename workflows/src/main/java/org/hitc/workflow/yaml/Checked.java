package org.hitc.workflow.yaml;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.workflow.model.Workflow;

/**
 * What is to be said about a definition file.
 *
 * @param workflow what it says; empty when there is an error
 * @param problems errors and warnings, in the order of the file
 * @param lines where the texts of the workflow stand, from 1, by the key of each ({@link
 *     org.hitc.workflow.model.SourceText#key}); none when there is an error
 */
public record Checked(
    Optional<Workflow> workflow, List<Problem> problems, Map<String, Integer> lines) {
  public Checked {
    problems = List.copyOf(problems);
    lines = Map.copyOf(lines);
  }
}
