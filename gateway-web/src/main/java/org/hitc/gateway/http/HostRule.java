package org.hitc.gateway.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which host names the service answers to: an exact list, so that a rebound DNS name or a forged
 * {@code Host} never reaches a page (RFC 9110, 7.2 and 15.5.20).
 */
final class HostRule {

  private final Set<String> allowed;

  /**
   * @param allowed values of {@code Host}, with the port where it is not the scheme's own
   */
  HostRule(List<String> allowed) {
    this.allowed = allowed.stream().map(HostRule::folded).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * True when every name the request gives for the host is on the list, and it gives one.
   *
   * @param hosts all {@code Host} fields
   * @param authority the authority of the request target ({@code :authority} in HTTP/2), or empty
   */
  boolean allows(List<String> hosts, String authority) {
    boolean named = !hosts.isEmpty() || !authority.isEmpty();
    return named
        && hosts.size() <= 1
        && hosts.stream().allMatch(host -> allowed.contains(folded(host)))
        && (authority.isEmpty() || allowed.contains(folded(authority)));
  }

  private static String folded(String host) {
    return host.toLowerCase(Locale.ROOT);
  }
}
