package org.hitc.session.token;

import java.time.Instant;
import java.util.Optional;

/** Which keys are believed at the moment. */
@FunctionalInterface
public interface BelievedKeys {

  /**
   * The key with this id, if tokens that it signed are believed now.
   *
   * @param id out of a token: any text
   */
  Optional<PublicKey> find(String id, Instant now);
}
