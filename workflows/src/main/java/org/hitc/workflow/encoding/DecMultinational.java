package org.hitc.workflow.encoding;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * The DEC Multinational Character Set of VT220 terminals and VMS: ISO 8859-1's predecessor. It has
 * five letters and signs elsewhere, and fifteen positions that mean nothing; these are unmappable.
 */
final class DecMultinational extends Charset {
  private static final char NONE = '\uFFFF';
  private static final char[] CHARS = chars();

  DecMultinational() {
    super("DEC-MCS", new String[] {"dec_mcs", "decmcs", "mcs", "dec-multinational"});
  }

  private static char[] chars() {
    char[] chars = new char[256];
    for (char c = 0; c < 256; c++) {
      chars[c] = c;
    }
    int[] unassigned = {
      0xA0, 0xA4, 0xA6, 0xAC, 0xAD, 0xAE, 0xAF, 0xB4, 0xB8, 0xBE, 0xD0, 0xDE, 0xF0, 0xFE, 0xFF
    };
    for (int position : unassigned) {
      chars[position] = NONE;
    }
    chars[0xA8] = '\u00A4';
    chars[0xD7] = '\u0152';
    chars[0xDD] = '\u0178';
    chars[0xF7] = '\u0153';
    chars[0xFD] = '\u00FF';
    return chars;
  }

  @Override
  public boolean contains(Charset other) {
    return other instanceof DecMultinational || other.equals(StandardCharsets.US_ASCII);
  }

  @Override
  public CharsetDecoder newDecoder() {
    return new CharsetDecoder(this, 1, 1) {
      @Override
      protected CoderResult decodeLoop(ByteBuffer in, CharBuffer out) {
        while (in.hasRemaining()) {
          char c = CHARS[in.get(in.position()) & 0xFF];
          if (c == NONE) {
            return CoderResult.unmappableForLength(1);
          }
          if (!out.hasRemaining()) {
            return CoderResult.OVERFLOW;
          }
          in.get();
          out.put(c);
        }
        return CoderResult.UNDERFLOW;
      }
    };
  }

  @Override
  public CharsetEncoder newEncoder() {
    return new CharsetEncoder(this, 1, 1) {
      @Override
      protected CoderResult encodeLoop(CharBuffer in, ByteBuffer out) {
        while (in.hasRemaining()) {
          char c = in.get(in.position());
          if (Character.isSurrogate(c)) {
            return surrogate(in, c);
          }
          int code = code(c);
          if (code < 0) {
            return CoderResult.unmappableForLength(1);
          }
          if (!out.hasRemaining()) {
            return CoderResult.OVERFLOW;
          }
          in.get();
          out.put((byte) code);
        }
        return CoderResult.UNDERFLOW;
      }
    };
  }

  private static CoderResult surrogate(CharBuffer in, char c) {
    if (Character.isLowSurrogate(c)) {
      return CoderResult.malformedForLength(1);
    }
    if (in.remaining() < 2) {
      return CoderResult.UNDERFLOW;
    }
    return Character.isLowSurrogate(in.get(in.position() + 1))
        ? CoderResult.unmappableForLength(2)
        : CoderResult.malformedForLength(1);
  }

  private static int code(char c) {
    if (c < CHARS.length && CHARS[c] == c) {
      return c;
    }
    for (int code = 0xA0; code < CHARS.length; code++) {
      if (CHARS[code] == c && c != NONE) {
        return code;
      }
    }
    return -1;
  }
}
