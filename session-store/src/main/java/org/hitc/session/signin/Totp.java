package org.hitc.session.signin;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A second factor: six digits that change every 30 seconds (TOTP, RFC 6238, with HMAC-SHA-1 as
 * every authenticator has it).
 *
 * <p>Written {@code SECRET~STEP}: the secret in base 32, and the newest step of which a code was
 * used. A code of that step or an earlier one is refused, so each works once (RFC 6238, 5.2).
 *
 * @param secret in base 32, 128 to 512 bits
 * @param used the newest step that was used; 0 when none was
 */
record Totp(String secret, long used) {
  /** Bits of a new secret, as RFC 4226 recommends: 160. */
  static final int SECRET_BYTES = 20;

  static final long STEP_SECONDS = 30;

  /** Steps before and after the present one that count too: clocks differ, and people are slow. */
  private static final int WINDOW = 1;

  private static final int DIGITS = 6;
  private static final int MODULUS = 1_000_000;
  private static final int MIN_BYTES = 16;
  private static final int MAX_BYTES = 64;
  private static final Pattern FORM = Pattern.compile("([A-Z2-7]{26,103})~(0|[1-9][0-9]{0,14})");

  /** Reads what {@link #write} writes. */
  static Optional<Totp> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String secret = parts.group(1);
    return Base32.decode(secret)
        .filter(bytes -> bytes.length >= MIN_BYTES && bytes.length <= MAX_BYTES)
        .map(_ -> new Totp(secret, Long.parseLong(parts.group(2))));
  }

  String write() {
    return secret + "~" + used;
  }

  Totp withUsed(long step) {
    return new Totp(secret, step);
  }

  /**
   * The step that a code is of.
   *
   * @param typed digits; blanks between them do not count
   * @return empty when the code is wrong, too old, or not newer than one that was used
   */
  OptionalLong stepOf(String typed, Instant now) {
    String code = typed.replace(" ", "");
    long present = now.getEpochSecond() / STEP_SECONDS;
    OptionalLong found = OptionalLong.empty();
    // All of the window in any case: the time says nothing about which step it was.
    for (long step = present - WINDOW; step <= present + WINDOW; step++) {
      boolean right =
          MessageDigest.isEqual(
              code(step).getBytes(StandardCharsets.US_ASCII),
              code.getBytes(StandardCharsets.UTF_8));
      if (right && step > used) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  /** The code of a step. */
  String code(long step) {
    byte[] key = Base32.decode(secret).orElseThrow();
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key, "RAW"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      int offset = hash[hash.length - 1] & 0xf;
      int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
      return String.format(Locale.ROOT, "%0" + DIGITS + "d", number % MODULUS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA1", e);
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "Totp[]";
  }
}
