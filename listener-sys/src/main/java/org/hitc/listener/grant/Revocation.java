package org.hitc.listener.grant;

import org.hitc.listener.launcher.protocol.Ask;

/** Which grants end. */
public sealed interface Revocation {

  /** This one. */
  record OfGrant(String grant) implements Revocation {
    /** Without the grant. */
    @Override
    public String toString() {
      return "OfGrant[]";
    }
  }

  /** All that this user has got until now. */
  record OfUser(String user) implements Revocation {}

  /** All that anybody has got until now. */
  record OfEverybody() implements Revocation {}

  /** As it is said to the launcher. */
  default Ask ask() {
    return switch (this) {
      case OfGrant(String grant) -> new Ask.Revoke(grant);
      case OfUser(String user) -> new Ask.RevokeUser(user);
      case OfEverybody() -> new Ask.RevokeAll();
    };
  }
}
