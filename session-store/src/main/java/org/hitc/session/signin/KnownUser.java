package org.hitc.session.signin;

/**
 * A user as {@code hitc user list} shows one: everything but hash and secret.
 *
 * @param mustChange true when the user has to choose a new password at the next sign-in
 * @param secondFactor true when the user needs a code beside the password
 */
public record KnownUser(UserEntry user, boolean mustChange, boolean secondFactor) {}
