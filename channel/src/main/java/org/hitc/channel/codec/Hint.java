package org.hitc.channel.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.hitc.channel.RequestId;

/**
 * The message on the daemon pipe: a newline, {@code H2}, a space, the id of a request, a newline.
 *
 * <p>Short enough to be atomic ({@code PIPE_BUF}, POSIX {@code write()}), and framed by newlines on
 * both sides, so that half a message of another writer in front of it spoils only itself.
 */
public final class Hint {
  /** Length in bytes. */
  public static final int LENGTH = 37;

  static final String MARK = "H2 ";

  private Hint() {}

  /** The bytes to give to one {@code write()}. */
  public static byte[] encode(RequestId id) {
    return ("\n" + MARK + id.hex() + "\n").getBytes(US_ASCII);
  }
}
