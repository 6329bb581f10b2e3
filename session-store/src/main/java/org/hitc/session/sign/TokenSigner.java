package org.hitc.session.sign;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.function.Supplier;
import org.hitc.session.token.Claims;
import org.hitc.session.token.ClaimsJson;
import org.hitc.session.token.PasetoV4Public;
import org.hitc.session.token.TokenVerifier;

/** Signs claims of one installation. */
public final class TokenSigner {
  private final String instance;
  private final Supplier<SigningKey> key;
  private final byte[] implicit;

  /**
   * @param instance name of the installation, {@code [a-z0-9][a-z0-9.-]{0,62}}
   */
  public TokenSigner(String instance, SigningKey key) {
    this(instance, () -> key);
  }

  /**
   * Signs each token with the key that is in force then.
   *
   * @param instance name of the installation
   */
  public TokenSigner(String instance, Supplier<SigningKey> key) {
    this.instance = instance;
    this.key = key;
    this.implicit = TokenVerifier.implicitAssertion(instance);
  }

  /** Name of the installation whose tokens it signs. */
  public String instance() {
    return instance;
  }

  /**
   * The token of these claims, some 600 characters of ASCII.
   *
   * @throws IllegalArgumentException when the claims are of another installation
   */
  public String sign(Claims claims) {
    if (!claims.instance().equals(instance)) {
      throw new IllegalArgumentException("these claims are of another installation");
    }
    SigningKey now = key.get();
    byte[] footer = now.publicKey().id().getBytes(US_ASCII);
    return PasetoV4Public.sign(now.parameters(), ClaimsJson.write(claims), footer, implicit);
  }
}
