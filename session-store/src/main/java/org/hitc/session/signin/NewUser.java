package org.hitc.session.signin;

import java.util.Optional;
import java.util.Set;

/**
 * Somebody to add to the {@link PasswordFile}.
 *
 * @param name {@code [a-z_][a-z0-9_.-]{0,31}}
 * @param displayName 1 to 128 characters, none of them a control or direction character
 * @param language a BCP 47 tag
 * @param roles each {@code [a-z][a-z0-9_-]{0,31}}
 */
public record NewUser(
    String name, String displayName, Optional<String> language, Set<String> roles) {
  public NewUser {
    roles = Set.copyOf(roles);
  }
}
