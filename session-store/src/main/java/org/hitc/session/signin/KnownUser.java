package org.hitc.session.signin;

/**
 * A user as {@code hitc user list} shows one: everything but the hash.
 *
 * @param mustChange true when the user has to choose a new password at the next sign-in
 */
public record KnownUser(UserEntry user, boolean mustChange) {}
