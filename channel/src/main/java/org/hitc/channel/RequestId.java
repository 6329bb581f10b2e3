package org.hitc.channel;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The name of one request in the spool: 128 random bits as 32 lower-case hex digits.
 *
 * <p>Checked here once, before any system call, so that no other text can ever become part of a
 * file name (rule R2 of the protocol).
 *
 * @param hex the digits
 */
public record RequestId(String hex) {
  /** Length of the text form, in characters. */
  public static final int LENGTH = 32;

  /**
   * @throws IllegalArgumentException when {@code hex} is anything but 32 lower-case hex digits
   */
  public RequestId {
    if (!isValid(hex)) {
      throw new IllegalArgumentException("a request id is 32 lower-case hex digits");
    }
  }

  /** True when {@code text} is 32 lower-case hex digits. */
  public static boolean isValid(String text) {
    return text.length() == LENGTH
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /** A fresh id from the given source of randomness. */
  public static RequestId random(SecureRandom random) {
    byte[] bytes = new byte[LENGTH / 2];
    random.nextBytes(bytes);
    return new RequestId(HexFormat.of().formatHex(bytes));
  }

  @Override
  public String toString() {
    return hex;
  }
}
