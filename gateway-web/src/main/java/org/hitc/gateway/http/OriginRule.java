package org.hitc.gateway.http;

import java.util.List;
import java.util.Set;

/**
 * Which requests may come from where: the defence against forged requests (CSRF) that needs no
 * secret in the page, next to the page's own one-time ticket.
 *
 * <p>Browsers tell the truth about {@code Sec-Fetch-Site} (W3C Fetch Metadata) and {@code Origin}
 * (RFC 6454); pages cannot set either. Because our pages say {@code no-referrer}, browsers send
 * {@code Origin: null} with our own forms too, so {@code null} counts as absent; it is never
 * enough.
 */
final class OriginRule {

  static final Set<String> OUTSIDE = Set.of("cross-site", "same-site");

  private OriginRule() {}

  /**
   * True when a state-changing request comes from one of our own pages.
   *
   * @param fetchSites all {@code Sec-Fetch-Site} fields
   * @param origins all {@code Origin} fields
   * @param own our own origin, such as {@code https://fis.example.org}
   */
  static boolean allowsChange(List<String> fetchSites, List<String> origins, String own) {
    List<String> named = origins.stream().filter(origin -> !origin.equals("null")).toList();
    if (!named.stream().allMatch(own::equalsIgnoreCase)) {
      return false;
    }
    return fetchSites.isEmpty() ? named.size() == 1 : fetchSites.equals(List.of("same-origin"));
  }

  /**
   * True when a reading request may be answered: from outside, only as a navigation of a whole tab,
   * so that another site can neither embed nor probe what a user may see.
   *
   * @param fetchSites all {@code Sec-Fetch-Site} fields
   * @param fetchDestinations all {@code Sec-Fetch-Dest} fields
   */
  static boolean allowsRead(List<String> fetchSites, List<String> fetchDestinations) {
    return fetchSites.stream().noneMatch(OUTSIDE::contains)
        || fetchDestinations.equals(List.of("document"));
  }
}
