package org.hitc.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hitc.session.store.PostgresSettings;
import org.hitc.session.store.testing.PostgresServer;
import org.junit.jupiter.api.Assumptions;

/**
 * Two nodes of one installation on one machine: each its own listener, gateway, users, chroot and
 * key; one PostgreSQL server for both.
 */
public final class TwoNodes implements AutoCloseable {
  private final PostgresServer server;
  private final Product a;
  private final Product b;

  private TwoNodes(PostgresServer server, Product a, Product b) {
    this.server = server;
    this.a = a;
    this.b = b;
  }

  /** Starts all; skips the test where there is no root or no server. */
  public static TwoNodes start() throws IOException, InterruptedException {
    Assumptions.assumeTrue(Product.isReal(), "needs root: two nodes are four users");
    Optional<String> missing = PostgresServer.missing();
    Assumptions.assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    TwoNodes nodes = new TwoNodes(PostgresServer.start(), Product.start(), Product.start());
    try {
      nodes.join(nodes.a, "a");
      nodes.join(nodes.b, "b");
      nodes.shareUsers();
      List<Path> ofA = keys(nodes.a);
      List<Path> ofB = keys(nodes.b);
      nodes.believe(nodes.a, ofB, "b");
      nodes.believe(nodes.b, ofA, "a");
      nodes.a.killAndAwaitRestart("listener");
      nodes.b.killAndAwaitRestart("listener");
      return nodes;
    } catch (IOException | InterruptedException | RuntimeException e) {
      nodes.close();
      throw e;
    }
  }

  /** The server that both keep their store on. */
  public PostgresServer server() {
    return server;
  }

  /** Node {@code a}. */
  public Product a() {
    return a;
  }

  /** Node {@code b}. */
  public Product b() {
    return b;
  }

  /** A browser at one node whose session was begun at the other. */
  public static Browser sameSession(Browser browser, Product at) {
    Browser other = new Browser(at.site());
    other.useToken(browser.token());
    return other;
  }

  @Override
  public void close() {
    try (server;
        a) {
      b.close();
    }
  }

  private void join(Product node, String name) throws IOException {
    PostgresSettings settings = server.settings();
    Path password = node.folder().resolve("state/db.password");
    Files.copy(settings.passwordFile(), password);
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    Files.setAttribute(password, "unix:uid", node.sysSide());
    Files.writeString(
        node.folder().resolve("etc/listener.yaml"),
        """
        node: %s
        store:
          postgresql:
            host: %s
            port: %d
            database: %s
            user: %s
            password_file: %s
            tls: off
        """
            .formatted(
                name,
                settings.host(),
                settings.port(),
                settings.database(),
                settings.user(),
                password),
        StandardOpenOption.APPEND);
  }

  /** One password file for all nodes: a session ends where its user's password is another. */
  private void shareUsers() throws IOException {
    // In place, so that the file keeps its owner.
    Files.write(b.users(), Files.readAllBytes(a.users()), StandardOpenOption.TRUNCATE_EXISTING);
  }

  private static List<Path> keys(Product node) throws IOException {
    try (Stream<Path> keys = Files.list(node.chroot().resolve("keys"))) {
      return keys.filter(file -> file.toString().endsWith(".pub")).toList();
    }
  }

  /** As an administrator carries public keys from one node to another. */
  private void believe(Product node, List<Path> keys, String name) {
    for (Path key : keys) {
      Product.run(
          Product.command(
              List.of(
                  "keys",
                  "add",
                  key.toString(),
                  "--name",
                  name,
                  "--config",
                  node.folder().resolve("etc/listener.yaml").toString())));
    }
  }
}
