package org.hitc.channel.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * A path or the name of a directory entry as the kernel sees it: bytes, in no particular encoding,
 * without NUL.
 */
public final class FileName {
  private static final int SHOWN = 80;

  private final byte[] bytes;

  private FileName(byte[] bytes) {
    for (byte b : bytes) {
      if (b == 0) {
        throw new IllegalArgumentException("a file name without NUL");
      }
    }
    this.bytes = bytes;
  }

  /** The name whose bytes are the UTF-8 form of the text. */
  public static FileName of(String text) {
    return new FileName(text.getBytes(UTF_8));
  }

  /** The name with these bytes. */
  public static FileName of(byte[] bytes, int offset, int length) {
    return new FileName(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  /**
   * One character for each byte (ISO 8859-1): for comparing with ASCII patterns, never for showing.
   */
  public String raw() {
    return new String(bytes, ISO_8859_1);
  }

  int length() {
    return bytes.length;
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FileName that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Fit for a log and a terminal: everything but printable ASCII is written {@code \xNN}. */
  @Override
  public String toString() {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < Math.min(bytes.length, SHOWN); i++) {
      byte b = bytes[i];
      if (b >= ' ' && b < 0x7f && b != '\\') {
        shown.append((char) b);
      } else {
        shown.append(String.format("\\x%02x", b));
      }
    }
    return bytes.length > SHOWN ? shown + "..." : shown.toString();
  }
}
