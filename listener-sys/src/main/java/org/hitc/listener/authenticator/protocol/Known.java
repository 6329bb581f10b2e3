package org.hitc.listener.authenticator.protocol;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hitc.session.signin.UserEntry;

/**
 * What the authenticator knows about a user; the parts are those of {@link UserEntry}.
 *
 * @param roles in their order
 */
public record Known(
    String name,
    String displayName,
    Optional<String> language,
    List<String> roles,
    boolean enabled,
    String stamp) {
  public Known {
    roles = List.copyOf(roles);
  }

  /** As it is sent. */
  public static Known of(UserEntry user) {
    return new Known(
        user.name(),
        user.displayName(),
        user.language(),
        List.copyOf(new TreeSet<>(user.roles())),
        user.enabled(),
        user.stamp());
  }

  /**
   * As it was.
   *
   * @throws IllegalArgumentException when it has not the shape of one
   */
  public UserEntry entry() {
    return new UserEntry(name, displayName, language, Set.copyOf(roles), enabled, stamp);
  }
}
