package org.hitc.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeersTest {

  private static final InetAddress PROXY = InetAddress.ofLiteral("10.0.0.1");
  private static final InetAddress STRANGER = InetAddress.ofLiteral("192.0.2.9");
  private static final List<String> HTTPS = List.of("https");

  private final Peers peers = new Peers(List.of(PROXY));

  @Test
  void a_stranger_cannot_speak_for_others() {
    assertThat(peers.browser(STRANGER, false, List.of("127.0.0.1"), HTTPS))
        .isEqualTo(new Peers.Browser("192.0.2.9", false));
  }

  @Test
  void the_proxy_can_and_only_its_own_word_counts() {
    for (List<String> hops :
        List.of(
            List.of("198.51.100.7"),
            List.of("127.0.0.1, 198.51.100.7"),
            List.of("127.0.0.1", "198.51.100.7"),
            List.of("198.51.100.7, 10.0.0.1"))) {
      assertThat(peers.browser(PROXY, false, hops, HTTPS))
          .isEqualTo(new Peers.Browser("198.51.100.7", true));
    }
  }

  @Test
  void what_is_not_an_address_is_not_believed() {
    for (String hop : List.of("", "unknown", "evil.example", "1.2.3.4:80", "_x", "1.2.3.4%0a")) {
      assertThat(peers.browser(PROXY, false, List.of(hop), List.of("http, https")))
          .as(hop)
          .isEqualTo(new Peers.Browser("10.0.0.1", false));
    }
  }

  @Test
  void plain_connections_come_from_here_or_from_the_proxy() {
    assertThat(peers.mayBePlain(PROXY)).isTrue();
    assertThat(peers.mayBePlain(InetAddress.ofLiteral("::1"))).isTrue();
    assertThat(peers.mayBePlain(STRANGER)).isFalse();
  }
}
