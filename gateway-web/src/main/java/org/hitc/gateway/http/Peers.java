package org.hitc.gateway.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Attributes;

/**
 * Who is at the other end: a browser, or the reverse proxy that speaks for one. {@code
 * X-Forwarded-For} and {@code X-Forwarded-Proto} are read only when the peer is the proxy; {@code
 * X-Forwarded-Host} and {@code Forwarded} never are: the proxy has to keep {@code Host}.
 */
final class Peers {

  /** An address literal; a name is never looked up. */
  private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F:.]{2,45}");

  private final Set<InetAddress> proxies;

  /**
   * @param proxies addresses of the trusted reverse proxy; empty when there is none
   */
  Peers(List<InetAddress> proxies) {
    this.proxies = Set.copyOf(proxies);
  }

  /**
   * The browser behind a connection.
   *
   * @param address as far as it is known, as text
   * @param secure true when it speaks TLS, with us or with the proxy
   */
  record Browser(String address, boolean secure) {

    private static final String ATTRIBUTE = Browser.class.getName();

    /** Remembers who sent this request. */
    void attach(Request request) {
      request.setAttribute(ATTRIBUTE, this);
    }

    /** Who sent a request; nobody known when it failed before anyone looked. */
    static Browser of(Attributes request) {
      return request.getAttribute(ATTRIBUTE) instanceof Browser known
          ? known
          : new Browser("", false);
    }
  }

  /**
   * Who asks.
   *
   * @param peer address of the connection's other end
   * @param tls true when the connection itself is TLS
   * @param forwardedFor all {@code X-Forwarded-For} fields, in order
   * @param forwardedProto all {@code X-Forwarded-Proto} fields
   */
  Browser browser(
      InetAddress peer, boolean tls, List<String> forwardedFor, List<String> forwardedProto) {
    if (!proxies.contains(peer)) {
      return new Browser(peer.getHostAddress(), tls);
    }
    return new Browser(
        nearestStranger(forwardedFor).orElse(peer).getHostAddress(),
        tls || forwardedProto.equals(List.of("https")));
  }

  /** True when a plain connection from {@code peer} may be served. */
  boolean mayBePlain(InetAddress peer) {
    return peer.isLoopbackAddress() || proxies.contains(peer);
  }

  /** The last hop that is not itself a proxy of ours: what stands before it may be made up. */
  private Optional<InetAddress> nearestStranger(List<String> forwardedFor) {
    List<String> hops =
        List.of(forwardedFor.stream().collect(Collectors.joining(",")).split(",")).reversed();
    for (String hop : hops) {
      Optional<InetAddress> address = literal(hop.strip());
      if (address.isEmpty() || !proxies.contains(address.get())) {
        return address;
      }
    }
    return Optional.empty();
  }

  /** The address that a literal such as {@code 10.0.0.1} or {@code ::1} stands for. */
  static Optional<InetAddress> literal(String text) {
    if (!LITERAL.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
