package org.hitc.session.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.hitc.channel.Refusal;

/**
 * Checks a token's form, key, signature and times, in this order, so that nothing is parsed that
 * was not signed.
 */
public final class TokenVerifier {
  /** Longest token looked at, in characters. */
  public static final int MAX_TOKEN = 4096;

  /** How far the clocks of two nodes may differ: a token counts this much earlier and later. */
  public static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

  private final String instance;
  private final byte[] implicit;
  private final BelievedKeys keys;
  private final InstantSource clock;

  /**
   * @param instance name of the installation; a token of another one is refused
   */
  public TokenVerifier(String instance, BelievedKeys keys, InstantSource clock) {
    this.instance = Claims.checkInstance(instance);
    this.implicit = implicitAssertion(instance);
    this.keys = keys;
    this.clock = clock;
  }

  /** What is signed along without being sent: a token for one purpose serves no other. */
  public static byte[] implicitAssertion(String instance) {
    return ("hitc2|" + instance + "|session").getBytes(UTF_8);
  }

  /** Checks one token, exactly as the browser sent it. */
  public Verdict verify(String token) {
    return switch (signed(token)) {
      case Signature.Right right -> atThisTime(right);
      case Signature.Wrong(Refusal why) -> new Verdict.Refused(why);
    };
  }

  /**
   * The claims of a token that counted until not longer ago than this. They authorise nothing.
   *
   * @param within how long ago it may have ended
   */
  public Optional<Claims> lapsed(String token, Duration within) {
    return signed(token) instanceof Signature.Right(Claims claims, var _)
            && clock.instant().isBefore(claims.expiresAt().plus(within))
        ? Optional.of(claims)
        : Optional.empty();
  }

  /** What a token is, whatever the time is. */
  sealed interface Signature {
    /**
     * The listener signed it.
     *
     * @param keyId with this key
     */
    record Right(Claims claims, String keyId) implements Signature {}

    /** It did not. */
    record Wrong(Refusal why) implements Signature {}
  }

  /** Computes the signature. */
  Signature signed(String token) {
    if (token.isEmpty()) {
      return new Signature.Wrong(Refusal.SESS_NONE);
    }
    if (token.length() > MAX_TOKEN) {
      return new Signature.Wrong(Refusal.SESS_FORMAT);
    }
    Optional<PasetoV4Public.Parts> parts = PasetoV4Public.split(token);
    if (parts.isEmpty()) {
      return new Signature.Wrong(Refusal.SESS_FORMAT);
    }
    String keyId = new String(parts.get().footer(), US_ASCII);
    Optional<PublicKey> key = keys.find(keyId, clock.instant());
    if (key.isEmpty()) {
      return new Signature.Wrong(Refusal.SESS_KEY);
    }
    Optional<byte[]> message = parts.get().signedBy(key.get().parameters(), implicit);
    if (message.isEmpty()) {
      return new Signature.Wrong(Refusal.SESS_SIG);
    }
    return ClaimsJson.read(message.get())
        .filter(claims -> claims.instance().equals(instance))
        .<Signature>map(claims -> new Signature.Right(claims, key.get().id()))
        .orElseGet(() -> new Signature.Wrong(Refusal.SESS_FORMAT));
  }

  /** The verdict on a signature that was right when it was computed: its key and times, now. */
  Verdict atThisTime(Signature.Right right) {
    Instant now = clock.instant();
    if (keys.find(right.keyId(), now).isEmpty()) {
      return new Verdict.Refused(Refusal.SESS_KEY);
    }
    Claims claims = right.claims();
    boolean begun = !claims.issuedAt().minus(CLOCK_SKEW).isAfter(now);
    boolean over = !claims.expiresAt().plus(CLOCK_SKEW).isAfter(now);
    return begun && !over ? new Verdict.Valid(claims) : new Verdict.Refused(Refusal.SESS_EXPIRED);
  }

  InstantSource clock() {
    return clock;
  }
}
