package org.hitc.session.store;

import java.nio.file.Path;
import java.util.Set;

/**
 * How to reach a PostgreSQL server.
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param user the role to sign in as
 * @param passwordFile file with the role's password in its first line; of this process's user, mode
 *     0600
 */
public record PostgresSettings(
    String host, int port, String database, String user, Path passwordFile, Tls tls) {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

  /**
   * @throws IllegalArgumentException when it would go over a network without {@link Tls.Verify}
   */
  public PostgresSettings {
    if (tls instanceof Tls.Off && !isLoopback(host)) {
      throw new IllegalArgumentException("without TLS only to this machine itself");
    }
  }

  /** True when it can be no other machine. */
  public static boolean isLoopback(String host) {
    return LOOPBACK.contains(host);
  }

  /** The same server for another role. */
  public PostgresSettings as(String otherUser, Path otherPasswordFile) {
    return new PostgresSettings(host, port, database, otherUser, otherPasswordFile, tls);
  }

  /** For people: {@code database at host:port}. */
  public String name() {
    return database + " at " + host + ":" + port;
  }
}
