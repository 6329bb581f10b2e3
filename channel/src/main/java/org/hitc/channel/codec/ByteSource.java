package org.hitc.channel.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Bytes being read; every length is checked against what is left before anything is allocated. */
final class ByteSource {
  private final ByteBuffer buffer;

  ByteSource(byte[] bytes) {
    if (bytes.length > RecordCodec.MAX_BYTES) {
      throw new CodecException("longer than " + RecordCodec.MAX_BYTES + " bytes");
    }
    buffer = ByteBuffer.wrap(bytes);
  }

  int takeByte() {
    return left(1).get() & 0xff;
  }

  int takeInt() {
    return left(Integer.BYTES).getInt();
  }

  long takeLong() {
    return left(Long.BYTES).getLong();
  }

  boolean flag() {
    int value = takeByte();
    if (value > 1) {
      throw new CodecException("a flag that is neither 0 nor 1");
    }
    return value == 1;
  }

  /** A number of values that follow, each of which takes one byte at least. */
  int count() {
    int count = takeInt();
    if (count < 0 || count > buffer.remaining()) {
      throw new CodecException("a length beyond the end");
    }
    return count;
  }

  byte[] bytes() {
    byte[] bytes = new byte[count()];
    buffer.get(bytes);
    return bytes;
  }

  String text() {
    int length = count();
    int start = buffer.position();
    buffer.position(start + length);
    try {
      return Utf8.decode(buffer.array(), start, length);
    } catch (CharacterCodingException e) {
      throw new CodecException("a text that is not UTF-8", e);
    }
  }

  void expectEnd() {
    if (buffer.hasRemaining()) {
      throw new CodecException("bytes after the end");
    }
  }

  private ByteBuffer left(int bytes) {
    if (buffer.remaining() < bytes) {
      throw new CodecException("an end in the middle of a value");
    }
    return buffer;
  }
}
