package org.hitc.listener.desk;

import org.hitc.i18n.Messages;
import org.hitc.workflow.model.Workflow;

/** A workflow that can be used, with its words. */
public record Definition(Workflow workflow, Messages messages) {}
