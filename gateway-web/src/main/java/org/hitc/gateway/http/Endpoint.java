package org.hitc.gateway.http;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the server listens and how it is known there.
 *
 * @param addresses addresses to listen on
 * @param port TCP port; 0 lets the system choose
 * @param tls key store to speak TLS with; absent for plain HTTP
 * @param proxies the trusted reverse proxy
 * @param hosts host names it answers to; empty for those of the loopback
 */
public record Endpoint(
    List<InetAddress> addresses,
    int port,
    Optional<KeyStoreFile> tls,
    List<InetAddress> proxies,
    List<String> hosts) {

  public Endpoint {
    addresses = List.copyOf(addresses);
    proxies = List.copyOf(proxies);
    hosts = List.copyOf(hosts);
  }

  /**
   * The operator's certificate and key.
   *
   * @param file a PKCS 12 key store
   * @param password its password
   */
  public record KeyStoreFile(Path file, String password) {}
}
