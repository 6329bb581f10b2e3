package org.hitc.bench;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.hitc.session.sign.SigningKey;
import org.hitc.session.sign.TokenSigner;
import org.hitc.session.token.CachedVerifier;
import org.hitc.session.token.Claims;
import org.hitc.session.token.PublicKeys;
import org.hitc.session.token.TokenVerifier;
import org.hitc.session.token.Verdict;

/** Tokens that are verified as the gateway and the listener do, and one bare signature. */
final class Tokens {
  private static final int DIFFERENT = 2_000;
  private static final int REMEMBERED = 10_000;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SigningKey key = SigningKey.create(RANDOM);
  private final List<String> tokens = new ArrayList<>();
  private CachedVerifier verifier = fresh();
  private int next;

  Tokens() {
    TokenSigner signer = new TokenSigner("fis.example.org", key);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Instant end = now.plus(Duration.ofHours(10));
    byte[] id = new byte[16];
    for (int i = 0; i < DIFFERENT; i++) {
      RANDOM.nextBytes(id);
      tokens.add(
          signer.sign(
              new Claims(
                  "fis.example.org",
                  HexFormat.of().formatHex(id),
                  "anna.berg",
                  now,
                  "password",
                  now,
                  end,
                  end,
                  7,
                  2)));
    }
  }

  private CachedVerifier fresh() {
    return new CachedVerifier(
        new TokenVerifier(
            "fis.example.org", PublicKeys.of(List.of(key.publicKey())), InstantSource.system()),
        REMEMBERED);
  }

  /** One that has not been seen. */
  void first() {
    if (next == DIFFERENT) {
      next = 0;
      verifier = fresh();
    }
    check(tokens.get(next++));
  }

  /** One that has been seen; the browser sends it anew, so that it is another object. */
  void again() {
    check(new String(tokens.getFirst()));
  }

  private void check(String token) {
    if (!(verifier.verify(token) instanceof Verdict.Valid)) {
      throw new IllegalStateException("a good token was refused");
    }
  }

  /** A signature over as many bytes as those of a token, and nothing else. */
  static Worker.Round bare() {
    Ed25519PrivateKeyParameters signing = new Ed25519PrivateKeyParameters(RANDOM);
    Ed25519PublicKeyParameters verifying = signing.generatePublicKey();
    byte[] message = new byte[344];
    RANDOM.nextBytes(message);
    byte[] signature = new byte[Ed25519PrivateKeyParameters.SIGNATURE_SIZE];
    signing.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
    return () -> {
      if (!verifying.verify(
          Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0)) {
        throw new IllegalStateException("a good signature was refused");
      }
    };
  }
}
