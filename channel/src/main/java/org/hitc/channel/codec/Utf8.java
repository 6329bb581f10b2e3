package org.hitc.channel.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;

/** Strict UTF-8 (RFC 3629): what is not a text is an error, never a replacement character. */
final class Utf8 {
  private Utf8() {}

  static String decode(byte[] bytes, int offset, int length) throws CharacterCodingException {
    if (isAscii(bytes, offset, length)) {
      return new String(bytes, offset, length, ISO_8859_1);
    }
    return UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(bytes, offset, length))
        .toString();
  }

  /**
   * @throws CharacterCodingException when the text holds an unpaired surrogate
   */
  static byte[] encode(String text) throws CharacterCodingException {
    // getBytes would turn an unpaired surrogate into a question mark without a word.
    if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
      return text.getBytes(UTF_8);
    }
    ByteBuffer encoded =
        UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .encode(CharBuffer.wrap(text));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }

  private static boolean isAscii(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }
}
