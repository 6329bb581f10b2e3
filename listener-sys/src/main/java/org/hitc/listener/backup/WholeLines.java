package org.hitc.listener.backup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Copies a file that somebody else appends lines to, without the half of one. */
final class WholeLines {
  private static final int CHUNK = 1 << 16;

  /** No line is longer. */
  private static final int MAX_LINE = 1 << 24;

  private WholeLines() {}

  /** Copies up to the last line end that there is. */
  static void copy(InputStream in, OutputStream out) throws IOException {
    ByteArrayOutputStream begun = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK];
    for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
      int whole = afterLastLineEnd(chunk, length);
      if (whole > 0) {
        begun.writeTo(out);
        begun.reset();
        out.write(chunk, 0, whole);
      }
      begun.write(chunk, whole, length - whole);
      if (begun.size() > MAX_LINE) {
        throw new IOException("a line that is longer than any record");
      }
    }
  }

  private static int afterLastLineEnd(byte[] bytes, int length) {
    for (int i = length; i > 0; i--) {
      if (bytes[i - 1] == '\n') {
        return i;
      }
    }
    return 0;
  }
}
