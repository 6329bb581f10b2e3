package org.hitc.session.signin;

import java.util.Optional;
import java.util.Set;

/**
 * What a provider knows about a user, now.
 *
 * @param name {@code [a-z_][a-z0-9_.-]{0,31}}
 * @param displayName how to address the user; plain text
 * @param language chosen language as a BCP 47 tag, if there is one
 * @param roles what the user may do, by name
 * @param enabled false when the user may not sign in and running sessions end
 * @param stamp changes whenever what the user signs in with changes; running sessions then end. Not
 *     a secret, 1 to 64 characters of ASCII
 */
public record UserEntry(
    String name,
    String displayName,
    Optional<String> language,
    Set<String> roles,
    boolean enabled,
    String stamp) {

  /** Length of a user's name at most, in characters. */
  public static final int MAX_NAME = 32;

  /**
   * @throws IllegalArgumentException when the name or the stamp has not the shape described above
   */
  public UserEntry {
    if (!isName(name)) {
      throw new IllegalArgumentException("not a user's name");
    }
    if (!stamp.matches("[!-~]{1,64}")) {
      throw new IllegalArgumentException("not a stamp");
    }
    roles = Set.copyOf(roles);
  }

  /** The same user with other rights. */
  public UserEntry withRights(Set<String> newRoles, boolean isEnabled) {
    return new UserEntry(name, displayName, language, newRoles, isEnabled, stamp);
  }

  /** The same user, who has chosen another language. */
  public UserEntry withLanguage(String tag) {
    return new UserEntry(name, displayName, Optional.of(tag), roles, enabled, stamp);
  }

  /** True when {@code text} has the form of a user's name. */
  public static boolean isName(String text) {
    return text.length() <= MAX_NAME && text.matches("[a-z_][a-z0-9_.-]*");
  }
}
