package org.hitc.listener.launcher.protocol;

import java.util.List;

/** What may be asked of the launcher; one question a connection. */
public sealed interface Ask {

  /** By the authenticator alone: this user has just proven who it is. */
  record Grant(String user) implements Ask {}

  /** This grant is good no longer: its session has ended. */
  record Revoke(String grant) implements Ask {
    /** Without the grant. */
    @Override
    public String toString() {
      return "Revoke[]";
    }
  }

  /** Nor is any grant that this user got until now. */
  record RevokeUser(String user) implements Ask {}

  /** Nor is any grant at all that was given until now. */
  record RevokeAll() implements Ask {}

  /**
   * Start a program. Three descriptors come with it, pipes, which become its descriptors 0 to 2;
   * when this connection ends before the program does, everything it started is killed.
   *
   * @param grant of the signed-in user
   * @param account {@link #SIGNED_IN}, or the name of an account that the policy names for this
   *     entry
   * @param entry its name in the launcher's policy
   * @param args what follows argv[0]; the policy's template says which are let through
   * @param job reference of the job, for the program and the launcher's log
   * @param language of the user, a BCP 47 tag, for the program
   * @param zone time zone, for the program
   */
  record Run(
      String grant,
      String account,
      String entry,
      List<String> args,
      String job,
      String language,
      String zone)
      implements Ask {
    /** In place of an account: the user of the grant. */
    public static final String SIGNED_IN = "";

    public Run {
      args = List.copyOf(args);
    }

    /** Without grant and arguments. */
    @Override
    public String toString() {
      return "Run[" + entry + ", " + job + "]";
    }
  }
}
