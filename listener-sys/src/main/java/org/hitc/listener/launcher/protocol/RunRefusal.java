package org.hitc.listener.launcher.protocol;

/** Why the launcher does not do it: a closed list, each with the code that people are told. */
public enum RunRefusal {
  /** The account is none that a program may run as: root, of the system, unknown, locked, ... */
  USER("E-RUN-USER"),
  /** The account is in a group that means more than it should. */
  GROUP("E-RUN-GROUP"),
  /** The program's file could have been changed by somebody else, or is not the one expected. */
  PROGRAM("E-RUN-PROGRAM"),
  /** The policy has no such entry, or not for this user or account. */
  POLICY("E-RUN-POLICY"),
  /** The arguments are not those of the policy's template. */
  ARGS("E-RUN-ARGS"),
  /** Nobody has signed in for this, or not any more. */
  GRANT("E-RUN-GRANT"),
  /** Too many at once, or no process is free. */
  BUSY("E-BUSY"),
  /** It cannot be executed. */
  START("E-JOB-START"),
  /** The launcher's own log cannot be written, and nothing runs that is not recorded. */
  LOG("E-AUDIT-FULL"),
  /** Whoever asks may not ask this, or it is no question. */
  SYNTAX("E-REQ-SYNTAX");

  private final String code;

  RunRefusal(String code) {
    this.code = code;
  }

  /** Such as {@code E-RUN-USER}. */
  public String code() {
    return code;
  }
}
