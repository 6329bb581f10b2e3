package org.hitc.gateway.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** What every response carries, whatever it is: pages, errors, files, redirects. */
final class SecurityHeaders {

  private static final String PAGE_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  /** What a file from a program may do when a browser opens it all the same: nothing. */
  static final String FILE_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'";

  private static final Map<String, String> ALWAYS = always();

  private SecurityHeaders() {}

  /**
   * The headers of a response; a handler may replace {@code Cache-Control} and the policy.
   *
   * @param secure true when the browser speaks TLS: it is then told never to speak anything else
   */
  static Map<String, String> of(boolean secure) {
    Map<String, String> headers = new LinkedHashMap<>(ALWAYS);
    if (secure) {
      headers.put("Strict-Transport-Security", "max-age=31536000");
    }
    return headers;
  }

  private static Map<String, String> always() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Security-Policy", PAGE_POLICY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put("Cache-Control", "no-store");
    return Map.copyOf(headers);
  }
}
