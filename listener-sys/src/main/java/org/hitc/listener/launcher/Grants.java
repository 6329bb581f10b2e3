package org.hitc.listener.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who has signed in: a grant names a user, says until when, and cannot be made by anybody else. The
 * key lives as long as this process. Safe for threads.
 *
 * <p>A grant is {@code user.begin.end.number.mac}: seconds of the epoch, a number that only grows,
 * and HMAC-SHA256 of what stands before it. What is revoked is remembered by number, so that a
 * clock that is put back revives nothing, and only until the grant would have ended.
 */
final class Grants {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final Pattern FORM =
      Pattern.compile(
          "([a-z_][a-z0-9_-]{0,31})\\.(\\d{1,12})\\.(\\d{1,12})\\.(\\d{1,15})\\.([\\w-]{43})");

  /** Revocations that are kept; when there are more, all grants end. */
  static final int MAX_REVOKED = 100_000;

  private final InstantSource clock;
  private final SecretKeySpec key;
  private final Map<Long, Instant> revoked = new HashMap<>();
  private final Map<String, UpTo> revokedUsers = new HashMap<>();
  private long last;
  private long lastRevoked;
  private Duration longest = Duration.ZERO;

  private record UpTo(long number, Instant until) {}

  private record Grant(String user, Instant begin, Instant end, long number) {}

  Grants(InstantSource clock) {
    byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    this.clock = clock;
    this.key = new SecretKeySpec(random, ALGORITHM);
  }

  /** A new grant. */
  synchronized String give(String user, Duration lasting) {
    longest = lasting.compareTo(longest) > 0 ? lasting : longest;
    long begin = clock.instant().getEpochSecond();
    String text = user + "." + begin + "." + (begin + lasting.toSeconds()) + "." + ++last;
    return text + "." + mac(text);
  }

  /** Whose grant it is; empty when it is none, has ended, or was revoked. */
  synchronized Optional<String> user(String grant) {
    Instant now = clock.instant();
    return read(grant)
        .filter(g -> !now.isBefore(g.begin()) && now.isBefore(g.end()))
        .filter(g -> g.number() > lastRevoked && !revoked.containsKey(g.number()))
        .filter(g ->
            Optional.ofNullable(revokedUsers.get(g.user()))
                .filter(upTo -> g.number() <= upTo.number())
                .isEmpty())
        .map(Grant::user);
  }

  /** Ends one; false when it is none of ours. */
  synchronized boolean revoke(String grant) {
    Optional<Grant> ours = read(grant);
    ours.filter(g -> g.end().isAfter(clock.instant()))
        .ifPresent(g -> {
          makeRoom();
          revoked.put(g.number(), g.end());
        });
    return ours.isPresent();
  }

  /** Ends all that a user has until now. */
  synchronized void revokeUser(String user) {
    makeRoom();
    revokedUsers.put(user, new UpTo(last, clock.instant().plus(longest)));
  }

  /** Ends all that were given until now. */
  synchronized void revokeAll() {
    lastRevoked = last;
    revoked.clear();
    revokedUsers.clear();
  }

  private void makeRoom() {
    if (revoked.size() + revokedUsers.size() >= MAX_REVOKED) {
      Instant now = clock.instant();
      revoked.values().removeIf(until -> !until.isAfter(now));
      revokedUsers.values().removeIf(upTo -> !upTo.until().isAfter(now));
      if (revoked.size() + revokedUsers.size() >= MAX_REVOKED) {
        revokeAll();
      }
    }
  }

  private Optional<Grant> read(String grant) {
    Matcher match = FORM.matcher(grant);
    if (!match.matches()) {
      return Optional.empty();
    }
    String text = grant.substring(0, match.start(5) - 1);
    if (!MessageDigest.isEqual(mac(text).getBytes(UTF_8), match.group(5).getBytes(UTF_8))) {
      return Optional.empty();
    }
    return Optional.of(
        new Grant(
            match.group(1),
            Instant.ofEpochSecond(Long.parseLong(match.group(2))),
            Instant.ofEpochSecond(Long.parseLong(match.group(3))),
            Long.parseLong(match.group(4))));
  }

  private String mac(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
