package org.hitc.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One sign-in, as it stands now.
 *
 * @param id 32 lower-case hex digits; not a secret, but only its digest belongs into an audit
 * @param user the user's name
 * @param method how the user signed in, such as {@code password}
 * @param source address of the browser at the sign-in, as the gateway reported it; may be empty
 * @param authenticatedAt when
 * @param activeAt last sign of life of its user, at most one {@link SessionLimits#activityStep} old
 *     news
 * @param idle how long it lasts without activity
 * @param idleEnd until when it lasts if nothing more happens; it may last up to one {@link
 *     SessionLimits#activityStep} longer
 * @param absoluteEnd when it ends whatever happens
 * @param left from now to {@code idleEnd}; not negative
 * @param grant with which a launcher lets a step run as this user, while the session lives: a
 *     secret, for nobody but that launcher
 */
public record Session(
    String id,
    String user,
    String method,
    String source,
    Instant authenticatedAt,
    Instant activeAt,
    Duration idle,
    Instant idleEnd,
    Instant absoluteEnd,
    Duration left,
    Optional<String> grant) {

  /** What a row says at a moment. */
  static Session of(String id, String user, SessionRow row, Instant now) {
    Instant idleEnd = row.idleEnd();
    return new Session(
        id,
        user,
        row.method(),
        row.source(),
        row.authenticatedAt(),
        row.activeAt(),
        row.idle(),
        idleEnd,
        row.absoluteEnd(),
        now.isBefore(idleEnd) ? Duration.between(now, idleEnd) : Duration.ZERO,
        row.signIn().grant());
  }

  /** Without the grant. */
  @Override
  public String toString() {
    return "Session[" + user + ", " + method + ", " + source + ", " + authenticatedAt + "]";
  }
}
