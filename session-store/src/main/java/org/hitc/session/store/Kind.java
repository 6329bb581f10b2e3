package org.hitc.session.store;

/** What an entry is about: a closed list, so that nobody invents a second meaning for a key. */
public enum Kind {
  /** One sign-in; owner is the user. */
  SESSION(1),
  /** A revocation epoch; owner is the user, or nobody for everybody's. */
  EPOCH(2),
  /** One user's way through one workflow; owner is the user. */
  VISIT(3),
  /** One screen of a visit with its offers; owner is the visit. */
  PAGE(4),
  /** One execution of programs and its outcome; owner is the user. */
  JOB(5),
  /** A sign-in between two screens; owner is the user. */
  SIGN_IN(6),
  /** What a sign-in provider said about a user at the last sign-in; owner is the user. */
  USER(7),
  /** What an operator's command did, until the listener has audited it; owner is everybody's. */
  NOTICE(8),
  /** The name of a node, taken by it; owner is that node's id. */
  NODE(9),
  /** The end of a grant that the launcher could not be told yet; owner is the node of it. */
  REVOCATION(10),
  /** The language that a user has chosen; owner is the user. */
  LANGUAGE(11);

  private final int number;

  Kind(int number) {
    this.number = number;
  }

  /** How the kind is written in the table; never given to another one. */
  int number() {
    return number;
  }
}
