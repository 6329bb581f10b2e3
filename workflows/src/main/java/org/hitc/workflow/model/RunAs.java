package org.hitc.workflow.model;

/** As whom the programs of a workflow run. */
public enum RunAs {
  /** As the service's own user. */
  SERVICE,
  /** As the user who signed in. */
  USER
}
