package org.hitc.listener.desk;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hitc.listener.page.Parameters;
import org.hitc.workflow.engine.Snapshot;
import org.hitc.workflow.model.Workflow;

/** Names of downloads that say what is in them: {@code budget_12-budget-204110-2026-06}. */
final class FileNames {
  private static final int LONGEST = 80;

  private FileNames() {}

  /** Letters, digits, dot, hyphen and underscore only; the workflow, the step, the answers. */
  static String of(Workflow workflow, Snapshot page) {
    String name =
        Stream.concat(
                Stream.of(workflow.name(), page.step()),
                Parameters.of(workflow, page.known()).stream())
            .map(part -> part.replaceAll("[^A-Za-z0-9._-]", "_"))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("-"));
    return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
  }
}
