package org.hitc.gateway.http;

import java.security.SecureRandom;

/**
 * References of the gateway's own failures, such as {@code W-7K3P-2M}: on the page and in the log.
 */
final class References {

  /** Crockford's base 32: nothing that reads like something else. */
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private final SecureRandom random = new SecureRandom();

  String next() {
    return "W-" + digits(4) + "-" + digits(2);
  }

  private String digits(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    return text.toString();
  }
}
