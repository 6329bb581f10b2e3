package org.hitc.listener.desk;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How many requests of each user are handled at once. What one user's session asks for, honestly or
 * through a compromised gateway, leaves room for the others.
 */
final class Turns {
  /** More than anybody's tabs need. */
  static final int AT_ONCE = 16;

  private final ConcurrentMap<String, Integer> taken = new ConcurrentHashMap<>();

  /** Takes a turn; false when the user has too many already. */
  boolean begin(String user) {
    int now = taken.merge(user, 1, Integer::sum);
    if (now > AT_ONCE) {
      end(user);
      return false;
    }
    return true;
  }

  /** Gives a turn back. */
  void end(String user) {
    taken.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1);
  }
}
