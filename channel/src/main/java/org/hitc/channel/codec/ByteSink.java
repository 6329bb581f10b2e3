package org.hitc.channel.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/** Bytes being written, up to {@link RecordCodec#MAX_BYTES}. Numbers are big-endian. */
final class ByteSink {
  private ByteBuffer buffer = ByteBuffer.allocate(256);

  void putByte(int value) {
    room(1).put((byte) value);
  }

  void putInt(int value) {
    room(Integer.BYTES).putInt(value);
  }

  void putLong(long value) {
    room(Long.BYTES).putLong(value);
  }

  void flag(boolean value) {
    putByte(value ? 1 : 0);
  }

  /** A length and the bytes. */
  void bytes(byte[] value) {
    putInt(value.length);
    room(value.length).put(value);
  }

  /** A length in bytes and the UTF-8 of the text. */
  void text(String value) {
    try {
      bytes(Utf8.encode(value));
    } catch (CharacterCodingException e) {
      throw new CodecException("a text with an unpaired surrogate", e);
    }
  }

  byte[] toByteArray() {
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private ByteBuffer room(int bytes) {
    long needed = (long) buffer.position() + bytes;
    if (needed > RecordCodec.MAX_BYTES) {
      throw new CodecException("longer than " + RecordCodec.MAX_BYTES + " bytes");
    }
    if (needed > buffer.capacity()) {
      int capacity =
          (int) Math.min(RecordCodec.MAX_BYTES, Math.max(needed, 2L * buffer.capacity()));
      buffer = ByteBuffer.allocate(capacity).put(buffer.flip());
    }
    return buffer;
  }
}
