package org.hitc.listener.desk;

import org.hitc.i18n.Messages;
import org.hitc.workflow.engine.Engine;
import org.hitc.workflow.model.Workflow;

/** A workflow that can be used, with its words. */
public record Definition(Workflow workflow, Engine engine, Messages messages) {

  /** A workflow with its words. */
  public static Definition of(Workflow workflow, Messages messages) {
    return new Definition(workflow, new Engine(workflow), messages);
  }
}
