package org.hitc.workflow.yaml;

import java.util.List;
import org.hitc.workflow.model.Workflow;

/** What became of a definition file. */
public sealed interface Loaded {
  /** It can run. */
  record Good(Workflow workflow) implements Loaded {}

  /** It cannot; every problem, in the order of the file. */
  record Bad(List<Problem> problems) implements Loaded {
    public Bad {
      problems = List.copyOf(problems);
    }
  }
}
