package org.hitc.session;

/** Whether a request shows that somebody is there. */
public enum Activity {
  /** Somebody pressed something: the idle limit begins anew. */
  BY_USER,
  /** The page asked by itself, as polling does: the idle limit runs on. */
  AUTOMATIC
}
