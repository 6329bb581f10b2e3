package org.hitc.listener.job;

import java.security.SecureRandom;

/**
 * References that people can read out on the telephone, such as {@code 7K3P-2M}: six symbols of
 * Crockford's base 32 (no I, L, O, U).
 */
public final class References {
  private static final String SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private final SecureRandom random;

  /** References from this source of randomness. */
  public References(SecureRandom random) {
    this.random = random;
  }

  /** A fresh one. */
  public String next() {
    int bits = random.nextInt(1 << 30);
    StringBuilder text = new StringBuilder();
    for (int symbol = 0; symbol < 6; symbol++) {
      if (symbol == 4) {
        text.append('-');
      }
      text.append(SYMBOLS.charAt(bits >>> (5 * symbol) & 31));
    }
    return text.toString();
  }
}
