package org.hitc.channel.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** Walks over the bytes of a request file; every step checks before it moves or allocates. */
final class RequestReader {
  private static final int MAX_DIGITS = 7;
  private static final int MAX_VERB = 16;

  private final byte[] bytes;
  private int at;

  RequestReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes exactly this text. */
  void expect(String text, String where) throws Malformed {
    byte[] expected = text.getBytes(US_ASCII);
    int end = Math.min(bytes.length, at + expected.length);
    if (!Arrays.equals(bytes, at, end, expected, 0, expected.length)) {
      throw Malformed.syntax(where + " at byte " + at);
    }
    at = end;
  }

  /** Takes lower-case letters up to a newline, and the newline. */
  String verb() throws Malformed {
    int start = at;
    while (at < bytes.length && bytes[at] >= 'a' && bytes[at] <= 'z' && at - start < MAX_VERB) {
      at++;
    }
    String verb = new String(bytes, start, at - start, US_ASCII);
    expect("\n", "no end of the verb");
    return verb;
  }

  /** Takes a decimal number without sign or leading zero, and the character after it. */
  int number(char after) throws Malformed {
    int start = at;
    int value = 0;
    while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
      if (at - start == MAX_DIGITS) {
        throw Malformed.syntax("a number of more than 7 digits at byte " + start);
      }
      value = value * 10 + (bytes[at] - '0');
      at++;
    }
    if (at == start || (bytes[start] == '0' && at - start > 1)) {
      throw Malformed.syntax("no number, or a leading zero, at byte " + start);
    }
    expect(String.valueOf(after), "no end of a number");
    return value;
  }

  /** Takes a length, a colon, so many bytes, and a comma. */
  byte[] string() throws Malformed {
    int start = at;
    int length = number(':');
    if (length > bytes.length - at) {
      throw Malformed.syntax("a length beyond the end at byte " + start);
    }
    byte[] string = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    expect(",", "no comma after a string");
    return string;
  }

  void expectEnd() throws Malformed {
    if (at != bytes.length) {
      throw Malformed.syntax("bytes after the end at byte " + at);
    }
  }
}
