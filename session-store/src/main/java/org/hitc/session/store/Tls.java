package org.hitc.session.store;

import java.nio.file.Path;
import java.util.Optional;

/** How the connection to a PostgreSQL server is protected. */
public sealed interface Tls {

  /**
   * Encrypted; the server's certificate must be for the host that was asked for.
   *
   * @param authority file with the certificates (PEM) of who may sign it; nothing: those that Java
   *     knows
   */
  record Verify(Optional<Path> authority) implements Tls {}

  /** Not at all; only to a server on this machine. */
  record Off() implements Tls {}
}
