package org.hitc.session;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hitc.session.signin.UserEntry;

/**
 * What the store keeps of a user whose provider can speak of users only at a sign-in.
 *
 * @param displayName as {@link UserEntry} has it, like all the rest
 */
public record KeptUser(
    String displayName,
    Optional<String> language,
    List<String> roles,
    boolean enabled,
    String stamp) {

  static KeptUser of(UserEntry user) {
    return new KeptUser(
        user.displayName(),
        user.language(),
        List.copyOf(new TreeSet<>(user.roles())),
        user.enabled(),
        user.stamp());
  }

  UserEntry as(String name) {
    return new UserEntry(name, displayName, language, Set.copyOf(roles), enabled, stamp);
  }
}
