package org.hitc.channel.codec;

import java.util.Arrays;
import java.util.Optional;
import org.hitc.channel.Refusal;

/**
 * One piece of a reply on the results pipe: a type byte, a four-byte big-endian length, the
 * payload. An array given to a frame belongs to it from then on; a frame's array belongs to whoever
 * takes the frame.
 */
public sealed interface Frame {
  /** The longest payload, in bytes: with its head, a frame is at most 64 KiB. */
  int MAX_PAYLOAD = 65_531;

  /** Bytes in front of the payload. */
  int HEAD = 5;

  /** {@code p}: a part of the encoded {@link org.hitc.channel.Reply}; parts are joined. */
  @SuppressWarnings("ArrayRecordComponent") // not copied: ownership passes, see above
  record PagePart(byte[] bytes) implements Frame {
    public PagePart {
      requireLength(bytes.length);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof PagePart that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }

  /** {@code d}: raw bytes of a download, or live output of a running job. */
  @SuppressWarnings("ArrayRecordComponent") // not copied: ownership passes, see above
  record Data(byte[] bytes) implements Frame {
    public Data {
      requireLength(bytes.length);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Data that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }

  /**
   * {@code t}: a new session token to keep.
   *
   * @param token printable ASCII without spaces, 1 to 4,096 characters
   */
  record Token(String token) implements Frame {
    /** The longest token, in bytes. */
    public static final int MAX_LENGTH = 4096;

    public Token {
      if (!isValid(token)) {
        throw new IllegalArgumentException("a token is 1 to 4096 printable ASCII characters");
      }
    }

    static boolean isValid(String token) {
      return !token.isEmpty()
          && token.length() <= MAX_LENGTH
          && token.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** Without the token: it must not get into a log. */
    @Override
    public String toString() {
      return "Token[]";
    }
  }

  /** {@code h}: the listener is still at work. */
  record Heartbeat() implements Frame {}

  /**
   * {@code E}: the end. Only now is the reply complete.
   *
   * @param outcome {@link #OK}, or the {@link Refusal#code} of what went wrong
   * @param pageBytes payload bytes of all {@code p} frames
   * @param dataBytes payload bytes of all {@code d} frames
   * @param sha256 digest over every byte before this frame: heads and payloads of all frames,
   *     heartbeats among them
   */
  @SuppressWarnings("ArrayRecordComponent") // not copied: ownership passes, see above
  record End(String outcome, long pageBytes, long dataBytes, byte[] sha256) implements Frame {
    /** Outcome of a reply that is what was asked for. */
    public static final String OK = "OK";

    /** Length of the digest, in bytes. */
    public static final int DIGEST_LENGTH = 32;

    public End {
      if (!isOutcome(outcome) || pageBytes < 0 || dataBytes < 0 || sha256.length != DIGEST_LENGTH) {
        throw new IllegalArgumentException("not the end of a reply");
      }
    }

    static boolean isOutcome(String outcome) {
      return outcome.equals(OK) || Refusal.ofCode(outcome).isPresent();
    }

    /** The refusal that the outcome names; none when it is {@link #OK}. */
    public Optional<Refusal> refusal() {
      return Refusal.ofCode(outcome);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof End that
          && outcome.equals(that.outcome)
          && pageBytes == that.pageBytes
          && dataBytes == that.dataBytes
          && Arrays.equals(sha256, that.sha256);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(sha256);
    }
  }

  private static void requireLength(int length) {
    if (length < 1 || length > MAX_PAYLOAD) {
      throw new IllegalArgumentException("a payload has 1 to " + MAX_PAYLOAD + " bytes");
    }
  }
}
