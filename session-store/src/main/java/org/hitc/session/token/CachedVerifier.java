package org.hitc.session.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.bouncycastle.crypto.macs.SipHash128;
import org.bouncycastle.crypto.params.KeyParameter;
import org.hitc.channel.Refusal;
import org.hitc.session.token.TokenVerifier.Signature;
import org.hitc.session.token.TokenVerifier.Signature.Right;

/**
 * A {@link TokenVerifier} that remembers which tokens it found valid, so that the signature of a
 * token is computed once and not at each request. Times and key are checked each time: a token of a
 * key that was removed or retired meanwhile is not believed.
 *
 * <p>Only valid tokens are remembered, by a keyed digest: junk cannot push them out, and the memory
 * holds nothing that could be presented as a token elsewhere.
 */
public final class CachedVerifier {
  private static final int DIGEST_BYTES = 16;

  private final TokenVerifier verifier;
  private final KeyParameter secret;
  private final Cache<Digest, Right> verified;

  /**
   * @param maximumSize most tokens remembered at a time; about 0.5 KiB each
   */
  public CachedVerifier(TokenVerifier verifier, long maximumSize) {
    this.verifier = verifier;
    byte[] key = new byte[DIGEST_BYTES];
    new SecureRandom().nextBytes(key);
    this.secret = new KeyParameter(key);
    this.verified =
        Caffeine.newBuilder()
            .maximumSize(maximumSize)
            // Its upkeep takes less time than waking another thread for it.
            .executor(Runnable::run)
            .expireAfter(
                Expiry.<Digest, Right>creating((_, right) -> remainingLife(right.claims())))
            .build();
  }

  /** As {@link TokenVerifier#verify}. */
  public Verdict verify(String token) {
    if (token.isEmpty() || token.length() > TokenVerifier.MAX_TOKEN) {
      return verifier.verify(token);
    }
    Digest digest = digest(token);
    Right known = verified.getIfPresent(digest);
    if (known != null) {
      return verifier.atThisTime(known);
    }
    return switch (verifier.signed(token)) {
      case Signature.Wrong(Refusal why) -> new Verdict.Refused(why);
      case Right right -> {
        Verdict verdict = verifier.atThisTime(right);
        if (verdict instanceof Verdict.Valid) {
          verified.put(digest, right);
        }
        yield verdict;
      }
    };
  }

  /** As {@link TokenVerifier#lapsed}. */
  public Optional<Claims> lapsed(String token, Duration within) {
    return verifier.lapsed(token, within);
  }

  private Duration remainingLife(Claims claims) {
    Duration left =
        Duration.between(verifier.clock().instant(), claims.expiresAt())
            .plus(TokenVerifier.CLOCK_SKEW);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** 128 bits that stand for a text, and from which the text cannot be had. */
  private record Digest(long high, long low) {}

  /**
   * SipHash-2-4-128 under a key of this process: without the key nobody can find two texts with one
   * digest, and it takes a quarter of the time of SHA-256.
   */
  private Digest digest(String token) {
    byte[] bytes = token.getBytes(UTF_8);
    SipHash128 hash = new SipHash128();
    hash.init(secret);
    hash.update(bytes, 0, bytes.length);
    byte[] sum = new byte[DIGEST_BYTES];
    hash.doFinal(sum, 0);
    ByteBuffer halves = ByteBuffer.wrap(sum);
    return new Digest(halves.getLong(), halves.getLong());
  }
}
