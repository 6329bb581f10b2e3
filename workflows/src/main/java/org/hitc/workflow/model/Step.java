package org.hitc.workflow.model;

/** One element of a workflow. Its name is unique in the workflow. */
public sealed interface Step permits FormStep, RunStep, ReportStep, ConfirmStep, DoneStep {
  /** Name, in the shape of {@link Names}. */
  String name();
}
