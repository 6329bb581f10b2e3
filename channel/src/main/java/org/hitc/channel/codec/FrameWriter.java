package org.hitc.channel.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * Turns one reply into the bytes of its frames. Each method gives whole frames, ready to be written
 * in the order of the calls; what is written in between would be part of no frame.
 *
 * <p>The order is that of the protocol: at most one token, and it and the page before any data;
 * heartbeats anywhere; nothing after the end. A call out of order is an {@link
 * IllegalStateException}, since both sides of this class are ours. Not safe for use by several
 * threads: whoever adds heartbeats from a second one takes a lock around making <em>and</em>
 * writing a frame.
 */
public final class FrameWriter {
  private final MessageDigest digest = Sha256.create();
  private final FrameOrder order = new FrameOrder();
  private long pageBytes;
  private long dataBytes;

  /** One {@code t} frame. */
  public byte[] token(String token) {
    byte[] payload = new Frame.Token(token).token().getBytes(US_ASCII);
    return frames(FrameOrder.TOKEN, payload, 0, payload.length);
  }

  /** One {@code h} frame. */
  public byte[] heartbeat() {
    byte[] frame = ByteBuffer.allocate(Frame.HEAD).put(next(FrameOrder.HEARTBEAT)).array();
    digest.update(frame);
    return frame;
  }

  /**
   * As many {@code p} frames as it takes.
   *
   * @param reply what {@link RecordCodec#encode} gave, whole or a part of it
   */
  public byte[] page(byte[] reply) {
    byte[] frames = frames(FrameOrder.PAGE, reply, 0, reply.length);
    pageBytes += reply.length;
    return frames;
  }

  /** As many {@code d} frames as it takes; none for no bytes. */
  public byte[] data(byte[] bytes, int offset, int length) {
    byte[] frames = frames(FrameOrder.DATA, bytes, offset, length);
    dataBytes += length;
    return frames;
  }

  /**
   * The {@code E} frame.
   *
   * @param outcome {@link Frame.End#OK} or the {@link org.hitc.channel.Refusal#code} of a refusal
   */
  public byte[] end(String outcome) {
    byte type = next(FrameOrder.END);
    Frame.End end = new Frame.End(outcome, pageBytes, dataBytes, digest.digest());
    byte[] name = end.outcome().getBytes(US_ASCII);
    int length = 2 * Long.BYTES + Frame.End.DIGEST_LENGTH + name.length;
    return ByteBuffer.allocate(Frame.HEAD + length)
        .put(type)
        .putInt(length)
        .putLong(end.pageBytes())
        .putLong(end.dataBytes())
        .put(end.sha256())
        .put(name)
        .array();
  }

  private byte[] frames(byte type, byte[] payload, int offset, int length) {
    int count = Math.ceilDiv(length, Frame.MAX_PAYLOAD);
    ByteBuffer frames = ByteBuffer.allocate(Math.addExact(length, count * Frame.HEAD));
    for (int at = 0; at < length; at += Frame.MAX_PAYLOAD) {
      int part = Math.min(Frame.MAX_PAYLOAD, length - at);
      frames.put(next(type)).putInt(part).put(payload, offset + at, part);
    }
    digest.update(frames.array());
    return frames.array();
  }

  private byte next(byte type) {
    if (!order.allows(type)) {
      throw new IllegalStateException("a frame " + (char) type + " is out of order");
    }
    return type;
  }
}
