package org.hitc.session.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.session.token.TokenVerifier.Signature;
import org.hitc.session.token.TokenVerifier.Signature.Right;

/**
 * A {@link TokenVerifier} that remembers which tokens it found valid, so that the signature of a
 * token is computed once and not at each request. Times and key are checked each time: a token of a
 * key that was removed or retired meanwhile is not believed.
 *
 * <p>Only valid tokens are remembered, by their SHA-256: junk cannot push them out, and the memory
 * holds nothing that could be presented as a token.
 */
public final class CachedVerifier {
  private final TokenVerifier verifier;
  private final Cache<ByteBuffer, Right> verified;

  /**
   * @param maximumSize most tokens remembered at a time; about 0.5 KiB each
   */
  public CachedVerifier(TokenVerifier verifier, long maximumSize) {
    this.verifier = verifier;
    this.verified =
        Caffeine.newBuilder()
            .maximumSize(maximumSize)
            .expireAfter(
                Expiry.<ByteBuffer, Right>creating((_, right) -> remainingLife(right.claims())))
            .build();
  }

  /** As {@link TokenVerifier#verify}. */
  public Verdict verify(String token) {
    if (token.isEmpty() || token.length() > TokenVerifier.MAX_TOKEN) {
      return verifier.verify(token);
    }
    ByteBuffer digest = digest(token);
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

  private static ByteBuffer digest(String token) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
