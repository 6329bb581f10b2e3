package org.hitc.listener.job;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * References that people can read out on the telephone, such as {@code 7K3P-2M}: six symbols of
 * Crockford's base 32 (no I, L, O, U).
 */
public final class References {
  private static final String SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private static final Pattern FORM = Pattern.compile("[0-9A-Z]{4}-[0-9A-Z]{2}");

  private final SecureRandom random;

  /** References from this source of randomness. */
  public References(SecureRandom random) {
    this.random = random;
  }

  /** True when a text could be one. */
  static boolean isReference(String text) {
    return FORM.matcher(text).matches();
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
