package org.hitc.listener.authenticator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The state of a sign-in between two screens, in a form that only this process can have made: what
 * says "the password was right" must not be something that whoever keeps it could write.
 * HMAC-SHA256 (RFC 2104) under a key that is made at the start and never written.
 */
final class SealedState {
  /** How long a screen may take; the listener allows less. */
  static final Duration LIFE = Duration.ofMinutes(10);

  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final Pattern FORM =
      Pattern.compile("([0-9a-f]{64}) ([0-9]{1,12}) (.*)", Pattern.DOTALL);

  private final SecretKeySpec key;
  private final InstantSource clock;

  SealedState(SecureRandom random, InstantSource clock) {
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    this.key = new SecretKeySpec(bytes, ALGORITHM);
    this.clock = clock;
  }

  /** The state, good for this user and for {@link #LIFE}. */
  String seal(String user, String state) {
    String what = clock.instant().plus(LIFE).getEpochSecond() + " " + state;
    return HexFormat.of().formatHex(mac(user, what)) + " " + what;
  }

  /** The state as it was; nothing when it is not this user's, too old, or not of this process. */
  Optional<String> open(String user, String sealed) {
    Matcher parts = FORM.matcher(sealed);
    if (!parts.matches()) {
      return Optional.empty();
    }
    byte[] mac = HexFormat.of().parseHex(parts.group(1));
    Instant end = Instant.ofEpochSecond(Long.parseLong(parts.group(2)));
    boolean genuine = MessageDigest.isEqual(mac, mac(user, parts.group(2) + " " + parts.group(3)));
    return genuine && clock.instant().isBefore(end)
        ? Optional.of(parts.group(3))
        : Optional.empty();
  }

  /** The length in front keeps user and state apart. */
  private byte[] mac(String user, String what) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal((user.length() + " " + user + " " + what).getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
