package org.hitc.session.token;

import java.time.Instant;
import java.util.function.IntPredicate;

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

  private static final int SESSION_ID = 32;
  private static final int MAX_INSTANCE = 63;
  private static final int MAX_METHOD = 32;
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  /**
   * @throws IllegalArgumentException when a value has not the shape described above
   */
  public Claims {
    checkInstance(instance);
    require(
        sessionId.length() == SESSION_ID
            && all(sessionId, c -> isDigit(c) || (c >= 'a' && c <= 'f')),
        "session id");
    require(isName(subject), "subject");
    require(isMethod(method), "method");
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
    require(
        !instance.isEmpty()
            && instance.length() <= MAX_INSTANCE
            && (isLetter(instance.charAt(0)) || isDigit(instance.charAt(0)))
            && all(instance, c -> isLetter(c) || isDigit(c) || c == '.' || c == '-'),
        "instance");
    return instance;
  }

  private static boolean isMethod(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_METHOD
        && isLetter(text.charAt(0))
        && all(text, c -> isLetter(c) || isDigit(c) || c == '-');
  }

  // By hand: compiling patterns took a fifth of the time of a whole verification.
  private static boolean all(String text, IntPredicate allowed) {
    for (int i = 0; i < text.length(); i++) {
      if (!allowed.test(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(int c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isName(String text) {
    return !text.isEmpty() && text.length() <= MAX_SUBJECT && isPrintable(text);
  }

  private static boolean isPrintable(String text) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      // A pair is one code point; what is left of surrogates is unpaired.
      if (Character.isISOControl(c)
          || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
        return false;
      }
    }
    return true;
  }

  private static void requireTime(Instant time, String what) {
    require(
        time.equals(Instant.ofEpochSecond(time.getEpochSecond()))
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
