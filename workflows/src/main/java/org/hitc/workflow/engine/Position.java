package org.hitc.workflow.engine;

/** Where a visit stands when an event comes. */
public sealed interface Position permits Position.Beginning, Snapshot, Pending {
  /** Nothing has been shown yet. */
  record Beginning() implements Position {}
}
