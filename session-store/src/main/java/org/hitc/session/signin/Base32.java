package org.hitc.session.signin;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** Base 32 without padding (RFC 4648, section 6), as authenticators take their secrets. */
final class Base32 {
  private static final String SYMBOLS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BITS = 5;

  private Base32() {}

  static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int pending = 0;
    int bits = 0;
    for (byte b : bytes) {
      pending = pending << Byte.SIZE | Byte.toUnsignedInt(b);
      bits += Byte.SIZE;
      while (bits >= BITS) {
        bits -= BITS;
        text.append(SYMBOLS.charAt(pending >> bits & 31));
      }
      pending &= (1 << bits) - 1;
    }
    if (bits > 0) {
      text.append(SYMBOLS.charAt(pending << (BITS - bits) & 31));
    }
    return text.toString();
  }

  /** The bytes; empty when {@link #encode} would not write them in this way. */
  static Optional<byte[]> decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int pending = 0;
    int bits = 0;
    for (int i = 0; i < text.length(); i++) {
      int symbol = SYMBOLS.indexOf(text.charAt(i));
      if (symbol < 0) {
        return Optional.empty();
      }
      pending = pending << BITS | symbol;
      bits += BITS;
      if (bits >= Byte.SIZE) {
        bits -= Byte.SIZE;
        bytes.write(pending >> bits);
        pending &= (1 << bits) - 1;
      }
    }
    byte[] decoded = bytes.toByteArray();
    return encode(decoded).equals(text) ? Optional.of(decoded) : Optional.empty();
  }
}
