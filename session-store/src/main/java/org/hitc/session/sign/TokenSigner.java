package org.hitc.session.sign;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.hitc.session.token.Claims;
import org.hitc.session.token.ClaimsJson;
import org.hitc.session.token.PasetoV4Public;
import org.hitc.session.token.TokenVerifier;

/** Signs claims of one installation. */
public final class TokenSigner {
  private final String instance;
  private final SigningKey key;
  private final byte[] footer;
  private final byte[] implicit;

  /**
   * @param instance name of the installation, {@code [a-z0-9][a-z0-9.-]{0,62}}
   */
  public TokenSigner(String instance, SigningKey key) {
    this.instance = instance;
    this.key = key;
    this.footer = key.publicKey().id().getBytes(US_ASCII);
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
    return PasetoV4Public.sign(key.parameters(), ClaimsJson.write(claims), footer, implicit);
  }
}
