package org.hitc.session;

/** Why a session is over. The names are kept in the store: none may be given another meaning. */
public enum Ending {
  /** Nothing was done for as long as the idle limit. */
  IDLE,
  /** It lasted as long as a session may. */
  ABSOLUTE,
  /** Its user signed out. */
  SIGNED_OUT,
  /** Its user ended it from another session. */
  OTHER_SESSION,
  /** An administrator ended it. */
  ADMINISTRATOR,
  /** Its user was disabled, or signs in with another password now. */
  CREDENTIALS,
  /** The user signed in once more than there may be sessions. */
  TOO_MANY,
  /** One of its tokens was in other hands. */
  STOLEN;

  /** True when it ended by its time, and nobody ended it: then what is typed is kept. */
  boolean isByTime() {
    return this == IDLE || this == ABSOLUTE;
  }
}
