package org.hitc.channel.hole;

/**
 * Whose the parts of the hole are.
 *
 * <p>In the try-out form everything belongs to one ordinary user: then both user ids are that
 * user's, and the administrator is that user too.
 *
 * @param webSideUid user of the gateway
 * @param sysSideUid user of the listener
 * @param groupGid the group of exactly these two
 */
public record Owners(int webSideUid, int sysSideUid, int groupGid) {
  /**
   * @throws IllegalArgumentException for a negative id
   */
  public Owners {
    if (webSideUid < 0 || sysSideUid < 0 || groupGid < 0) {
      throw new IllegalArgumentException("user and group ids are not negative");
    }
  }

  /** Whether this is the try-out form, with one user for all. */
  public boolean oneUser() {
    return webSideUid == sysSideUid;
  }

  int administratorUid() {
    return oneUser() ? sysSideUid : 0;
  }

  int administratorGid() {
    return oneUser() ? groupGid : 0;
  }
}
