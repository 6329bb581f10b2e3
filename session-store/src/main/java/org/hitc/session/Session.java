package org.hitc.session;

import java.time.Duration;
import java.time.Instant;

/**
 * One sign-in, as it stands now.
 *
 * @param id 32 lower-case hex digits; not a secret, but only its digest belongs into an audit
 * @param user the user's name
 * @param method how the user signed in, such as {@code password}
 * @param authenticatedAt when
 * @param idle how long it lasts without activity
 * @param idleEnd until when it lasts if nothing more happens; it may last up to one {@link
 *     SessionLimits#activityStep} longer
 * @param absoluteEnd when it ends whatever happens
 */
public record Session(
    String id,
    String user,
    String method,
    Instant authenticatedAt,
    Duration idle,
    Instant idleEnd,
    Instant absoluteEnd) {}
