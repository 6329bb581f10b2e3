package org.hitc.session.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.hitc.session.file.PrivateFile;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Connections to a PostgreSQL server whose every wait is bounded: to connect, for a statement, for
 * a lock, and for a server that does not answer at all. What they commit is on its disk.
 */
final class PostgresConnections {
  /** Most bytes in the file of a password. */
  private static final int MAX_PASSWORD = 4096;

  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** Longer than any statement may take, so that it is the server who says no while it lives. */
  private static final Duration SOCKET = Duration.ofSeconds(10);

  private static final String SESSION =
      "-c synchronous_commit=on -c statement_timeout=8s -c lock_timeout=5s"
          + " -c idle_in_transaction_session_timeout=10s -c search_path=public";

  private PostgresConnections() {}

  /**
   * Where connections come from, for the listener's own work.
   *
   * @throws IOException when the password's file cannot be read or others may touch it
   */
  static PGSimpleDataSource of(PostgresSettings settings) throws IOException {
    PGSimpleDataSource source = plain(settings);
    source.setOptions(SESSION);
    source.setSocketTimeout(Math.toIntExact(SOCKET.toSeconds()));
    return source;
  }

  /** The same for a migration, which may take as long as it takes. */
  static PGSimpleDataSource forMigration(PostgresSettings settings) throws IOException {
    PGSimpleDataSource source = plain(settings);
    source.setOptions("-c synchronous_commit=on -c search_path=public");
    return source;
  }

  private static PGSimpleDataSource plain(PostgresSettings settings) throws IOException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {settings.host()});
    source.setPortNumbers(new int[] {settings.port()});
    source.setDatabaseName(settings.database());
    source.setUser(settings.user());
    source.setPassword(password(settings));
    source.setApplicationName("hitc");
    source.setConnectTimeout(Math.toIntExact(CONNECT.toSeconds()));
    source.setTcpKeepAlive(true);
    source.setGssEncMode("disable");
    switch (settings.tls()) {
      case Tls.Off() -> source.setSslMode("disable");
      case Tls.Verify(var authority) -> {
        source.setSslMode("verify-full");
        authority.ifPresentOrElse(
            file -> source.setSslRootCert(file.toString()),
            () -> source.setSslfactory("org.postgresql.ssl.DefaultJavaSSLFactory"));
      }
    }
    return source;
  }

  private static String password(PostgresSettings settings) throws IOException {
    byte[] bytes = PrivateFile.read(settings.passwordFile(), MAX_PASSWORD);
    return new String(bytes, StandardCharsets.UTF_8)
        .lines()
        .findFirst()
        .orElseThrow(() -> new IOException(settings.passwordFile() + " is empty"));
  }
}
