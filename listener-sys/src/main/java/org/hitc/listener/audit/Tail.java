package org.hitc.listener.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where a log ends: its last whole record, and what stands behind it.
 *
 * @param number of the last whole record, 0 when there is none
 * @param hash of it
 * @param fragment what stands behind it; empty after an orderly end
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Tail(long number, String hash, byte[] fragment) {
  private static final int FIRST_WINDOW = 1 << 16;
  private static final int LAST_WINDOW = 1 << 26;

  /** Reads backwards until a whole record is found: memory and time do not grow with the log. */
  static Tail of(Path file) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long length = in.length();
      for (long window = FIRST_WINDOW; ; window *= 4) {
        long start = Math.max(0, length - window);
        byte[] bytes = new byte[(int) (length - start)];
        in.seek(start);
        in.readFully(bytes);
        Optional<Tail> found = lastRecord(bytes);
        if (found.isPresent()) {
          return found.get();
        }
        if (start == 0) {
          return new Tail(0, Line.NO_LINE_BEFORE, bytes);
        }
        if (window >= LAST_WINDOW) {
          throw new IOException(file + " is not an audit log");
        }
      }
    }
  }

  /** The state after this line was written. */
  Tail after(byte[] line) {
    return new Tail(number + 1, Line.hashIn(line), new byte[0]);
  }

  boolean endsWithLineEnd() {
    return fragment.length > 0 && fragment[fragment.length - 1] == '\n';
  }

  /** The record that binds the fragment, with the line end that closes it, into the chain. */
  Optional<AuditEvent.TornRecord> mark() {
    if (fragment.length == 0) {
      return Optional.empty();
    }
    byte[] closed = fragment;
    if (!endsWithLineEnd()) {
      closed = Arrays.copyOf(fragment, fragment.length + 1);
      closed[fragment.length] = '\n';
    }
    return Optional.of(new AuditEvent.TornRecord(closed.length, Line.sha256(closed)));
  }

  private static Optional<Tail> lastRecord(byte[] bytes) {
    int end = lineEndBefore(bytes, bytes.length);
    while (end >= 0) {
      int before = lineEndBefore(bytes, end);
      Optional<Line> line = Line.read(Arrays.copyOfRange(bytes, before + 1, end));
      if (line.isPresent()) {
        byte[] fragment = Arrays.copyOfRange(bytes, end + 1, bytes.length);
        return Optional.of(new Tail(line.get().number(), line.get().hash(), fragment));
      }
      end = before;
    }
    return Optional.empty();
  }

  /** Index of the last line end in front of {@code end}, or -1. */
  private static int lineEndBefore(byte[] bytes, int end) {
    for (int i = end - 1; i >= 0; i--) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
