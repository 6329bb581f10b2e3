package org.hitc.session.signin;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/** The network that failures are counted for: an IPv4 address, or the /64 of an IPv6 address. */
final class SourceNetwork {
  private static final int NETWORK_BYTES = 8;

  private SourceNetwork() {}

  /** The network of an address literal; a text that is none stands for itself. */
  static String of(String source) {
    try {
      InetAddress address = InetAddress.ofLiteral(source);
      return address instanceof Inet6Address
          ? HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES) + "/64"
          : address.getHostAddress();
    } catch (IllegalArgumentException _) {
      return source;
    }
  }
}
