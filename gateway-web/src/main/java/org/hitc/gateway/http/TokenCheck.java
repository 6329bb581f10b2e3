package org.hitc.gateway.http;

import java.util.Optional;
import org.hitc.channel.Refusal;

/**
 * Whether a token is worth the way through the hole: junk is refused here. That a token passes
 * means nothing more; the listener looks at it again and decides.
 */
@FunctionalInterface
public interface TokenCheck {

  /** Why a token is refused, or empty when it may pass. */
  Optional<Refusal> check(String token);
}
