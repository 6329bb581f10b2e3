package org.hitc.listener.program;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.List;
import org.hitc.channel.Refusal;

/**
 * Text on its way into a program, as bytes: nothing is replaced, nothing is cut. Java itself would
 * turn what it cannot encode into {@code ?}, which means something to a shell.
 */
final class StrictText {
  private StrictText() {}

  /**
   * One argument or environment entry, with the NUL that ends a C string.
   *
   * @throws SpawnException ARG_ENCODING, ARG_CHARSET (NUL) or ARG_LEN
   */
  static byte[] terminated(String text, Charset encoding, int maxBytes) throws SpawnException {
    byte[] bytes = encode(text, encoding, maxBytes);
    for (byte b : bytes) {
      if (b == 0) {
        throw new SpawnException(Refusal.ARG_CHARSET, "NUL in an argument");
      }
    }
    return Arrays.copyOf(bytes, bytes.length + 1);
  }

  /**
   * Input lines, each with its line end.
   *
   * @throws SpawnException ARG_ENCODING, ARG_CHARSET (NUL or a line end inside) or ARG_LEN
   */
  static byte[] lines(List<String> lines, Charset encoding, int maxBytes) throws SpawnException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] lineEnd = encode("\n", encoding, Integer.MAX_VALUE);
    for (String line : lines) {
      if (line.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
        throw new SpawnException(Refusal.ARG_CHARSET, "NUL or a line end in an input line");
      }
      all.writeBytes(encode(line, encoding, maxBytes));
      all.writeBytes(lineEnd);
    }
    return all.toByteArray();
  }

  private static byte[] encode(String text, Charset encoding, int maxBytes) throws SpawnException {
    if (text.length() > maxBytes) {
      throw new SpawnException(Refusal.ARG_LEN, "more than " + maxBytes + " bytes");
    }
    try {
      ByteBuffer bytes =
          encoding
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(text));
      if (bytes.remaining() > maxBytes) {
        throw new SpawnException(Refusal.ARG_LEN, "more than " + maxBytes + " bytes");
      }
      byte[] exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (CharacterCodingException _) {
      throw new SpawnException(Refusal.ARG_ENCODING, "not to be written in " + encoding.name());
    }
  }
}
