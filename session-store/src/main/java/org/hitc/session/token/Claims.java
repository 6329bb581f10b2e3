package org.hitc.session.token;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a session token says. No roles: the listener looks them up at each request.
 *
 * @param instance name of the installation, {@code [a-z0-9][a-z0-9.-]{0,62}}
 * @param sessionId 128 random bits as 32 lower-case hex digits
 * @param subject the user's name, 1 to 64 characters, none of them a control character
 * @param authenticatedAt when the user proved who they are; whole seconds, as all times here
 * @param method how the user did, such as {@code password}; {@code [a-z][a-z0-9-]{0,31}}
 * @param issuedAt when this token was signed
 * @param expiresAt when this token stops being valid, never after {@code absoluteEnd}
 * @param absoluteEnd when the session ends whatever happens
 * @param sequence how many times the token was renewed before this one, from 0
 * @param epoch revocation epoch of the user and of everybody when the session began, from 0
 */
public record Claims(
    String instance,
    String sessionId,
    String subject,
    Instant authenticatedAt,
    String method,
    Instant issuedAt,
    Instant expiresAt,
    Instant absoluteEnd,
    long sequence,
    long epoch) {

  /** Longest user name a token can carry, in characters. */
  public static final int MAX_SUBJECT = 64;

  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  /**
   * @throws IllegalArgumentException when a value has not the shape described above
   */
  public Claims {
    checkInstance(instance);
    require(sessionId.matches("[0-9a-f]{32}"), "session id");
    require(isName(subject), "subject");
    require(method.matches("[a-z][a-z0-9-]{0,31}"), "method");
    requireTime(authenticatedAt, "time of authentication");
    requireTime(issuedAt, "time of issue");
    requireTime(expiresAt, "expiry");
    requireTime(absoluteEnd, "absolute end");
    require(!issuedAt.isBefore(authenticatedAt), "issued before authentication");
    require(expiresAt.isAfter(issuedAt), "expires before it is issued");
    require(!expiresAt.isAfter(absoluteEnd), "expires after the absolute end");
    require(sequence >= 0, "sequence");
    require(epoch >= 0, "epoch");
  }

  /** Checks the name of an installation. */
  static String checkInstance(String instance) {
    require(instance.matches("[a-z0-9][a-z0-9.-]{0,62}"), "instance");
    return instance;
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_SUBJECT
        && text.codePoints().noneMatch(c -> Character.isISOControl(c) || isUnpaired(c));
  }

  private static boolean isUnpaired(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE;
  }

  private static void requireTime(Instant time, String what) {
    require(
        time.equals(time.truncatedTo(ChronoUnit.SECONDS))
            && !time.isBefore(FIRST)
            && !time.isAfter(LAST),
        what);
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException("claims: " + what);
    }
  }
}
