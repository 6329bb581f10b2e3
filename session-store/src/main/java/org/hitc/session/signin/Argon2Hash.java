package org.hitc.session.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A password's Argon2id hash (RFC 9106) in the PHC string format: {@code
 * $argon2id$v=19$m=19456,t=2,p=1$salt$hash}.
 *
 * <p>Passwords are compared in Unicode normal form C, as UTF-8 (RFC 8265, OpaqueString), so that it
 * does not matter how a keyboard composes its letters.
 */
final class Argon2Hash {
  /** Longest password, in characters. */
  static final int MAX_PASSWORD = 1024;

  /** OWASP's minimum of November 2024: 19 MiB, two passes, one lane. */
  static final Cost DEFAULT_COST = new Cost(19_456, 2, 1);

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,6}),t=(\\d{1,2}),p=(\\d)"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  private final Cost cost;
  private final byte[] salt;
  private final byte[] hash;

  private Argon2Hash(Cost cost, byte[] salt, byte[] hash) {
    this.cost = cost;
    this.salt = salt;
    this.hash = hash;
  }

  /**
   * @param memory in KiB, 8 to 262,144 for each lane
   * @param passes 1 to 16
   * @param lanes 1 to 4
   */
  record Cost(int memory, int passes, int lanes) {
    Cost {
      if (lanes < 1 || lanes > 4 || passes < 1 || passes > 16) {
        throw new IllegalArgumentException("passes are 1 to 16, lanes 1 to 4");
      }
      if (memory < 8 * lanes || memory > 262_144) {
        throw new IllegalArgumentException("memory is 8 KiB for each lane to 262144 KiB");
      }
    }
  }

  /** The hash of a new password. */
  static Argon2Hash create(String password, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return new Argon2Hash(DEFAULT_COST, salt, compute(password, DEFAULT_COST, salt, HASH_BYTES));
  }

  /** A hash that no password has, at the usual cost: what an unknown user is checked against. */
  static Argon2Hash ofNobody(SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    byte[] hash = new byte[HASH_BYTES];
    random.nextBytes(salt);
    random.nextBytes(hash);
    return new Argon2Hash(DEFAULT_COST, salt, hash);
  }

  /** Reads the PHC string; empty when it is not one, or costs more than is allowed here. */
  static Optional<Argon2Hash> parse(String phc) {
    Matcher parts = PHC.matcher(phc);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      Argon2Hash parsed =
          new Argon2Hash(
              new Cost(number(parts, 1), number(parts, 2), number(parts, 3)),
              Base64.getDecoder().decode(parts.group(4)),
              Base64.getDecoder().decode(parts.group(5)));
      return parsed.toString().equals(phc) ? Optional.of(parsed) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** Whether this is the password; takes as long either way. */
  boolean matches(String password) {
    return MessageDigest.isEqual(compute(password, cost, salt, hash.length), hash);
  }

  /** The PHC string. */
  @Override
  public String toString() {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            cost.memory(),
            cost.passes(),
            cost.lanes(),
            base64.encodeToString(salt),
            base64.encodeToString(hash));
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }

  private static byte[] compute(String password, Cost cost, byte[] salt, int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memory())
            .withIterations(cost.passes())
            .withParallelism(cost.lanes())
            .withSalt(salt)
            .build());
    byte[] bytes = Normalizer.normalize(password, Normalizer.Form.NFC).getBytes(UTF_8);
    byte[] hash = new byte[length];
    generator.generateBytes(bytes, hash);
    Arrays.fill(bytes, (byte) 0);
    return hash;
  }
}
