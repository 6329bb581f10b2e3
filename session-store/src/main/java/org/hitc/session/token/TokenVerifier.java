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
  private final PublicKeys keys;
  private final InstantSource clock;

  /**
   * @param instance name of the installation; a token of another one is refused
   */
  public TokenVerifier(String instance, PublicKeys keys, InstantSource clock) {
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
      case Verdict.Valid(Claims claims) -> atThisTime(claims);
      case Verdict.Refused refused -> refused;
    };
  }

  /**
   * The claims of a token that counted until not longer ago than this. They authorise nothing.
   *
   * @param within how long ago it may have ended
   */
  public Optional<Claims> lapsed(String token, Duration within) {
    return signed(token) instanceof Verdict.Valid(Claims claims)
            && clock.instant().isBefore(claims.expiresAt().plus(within))
        ? Optional.of(claims)
        : Optional.empty();
  }

  /** Valid when the listener signed it, whatever the time is. */
  private Verdict signed(String token) {
    if (token.isEmpty()) {
      return new Verdict.Refused(Refusal.SESS_NONE);
    }
    if (token.length() > MAX_TOKEN) {
      return new Verdict.Refused(Refusal.SESS_FORMAT);
    }
    Optional<byte[]> footer = PasetoV4Public.footer(token);
    if (footer.isEmpty()) {
      return new Verdict.Refused(Refusal.SESS_FORMAT);
    }
    Optional<PublicKey> key = keys.find(new String(footer.get(), US_ASCII));
    if (key.isEmpty()) {
      return new Verdict.Refused(Refusal.SESS_KEY);
    }
    Optional<byte[]> message =
        PasetoV4Public.verify(key.get().parameters(), token, footer.get(), implicit);
    if (message.isEmpty()) {
      return new Verdict.Refused(Refusal.SESS_SIG);
    }
    return ClaimsJson.read(message.get())
        .filter(claims -> claims.instance().equals(instance))
        .<Verdict>map(Verdict.Valid::new)
        .orElseGet(() -> new Verdict.Refused(Refusal.SESS_FORMAT));
  }

  /** The verdict on claims whose signature is known to be right, now. */
  Verdict atThisTime(Claims claims) {
    Instant now = clock.instant();
    boolean begun = !claims.issuedAt().minus(CLOCK_SKEW).isAfter(now);
    boolean over = !claims.expiresAt().plus(CLOCK_SKEW).isAfter(now);
    return begun && !over ? new Verdict.Valid(claims) : new Verdict.Refused(Refusal.SESS_EXPIRED);
  }

  InstantSource clock() {
    return clock;
  }
}
