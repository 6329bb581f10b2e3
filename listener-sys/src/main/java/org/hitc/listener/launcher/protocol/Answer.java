package org.hitc.listener.launcher.protocol;

/** What the launcher says. */
public sealed interface Answer {

  /** To {@link Ask.Grant}. */
  record Granted(String grant) implements Answer {
    /** Without the grant. */
    @Override
    public String toString() {
      return "Granted[]";
    }
  }

  /** It is done. */
  record Done() implements Answer {}

  /**
   * Nothing was started, nothing was changed.
   *
   * @param detail for the operator, in English
   */
  record Refused(RunRefusal why, String detail) implements Answer {}

  /**
   * The program runs; {@link Exited} or {@link Signalled} follows on the same connection.
   *
   * @param pid its process id as the launcher's log has it
   */
  record Started(int pid) implements Answer {}

  /** It ended by itself; what it left behind is killed when the connection ends. */
  record Exited(int code) implements Answer {}

  /** A signal ended it: its own fault, a limit of the policy, or whoever killed it. */
  record Signalled(int signal) implements Answer {}
}
