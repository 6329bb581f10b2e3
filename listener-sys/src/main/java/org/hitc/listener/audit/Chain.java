package org.hitc.listener.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads a log from its first byte and follows the chain. Memory: one line. */
final class Chain {
  /** No record is longer; what is, is read in pieces of this and is never a record. */
  private static final int MAX_LINE = 1 << 24;

  private long number;
  private String hash = Line.NO_LINE_BEFORE;
  private long torn;
  private long lineNumber;
  private long offset;

  // A fragment: bad lines that are good if the next record says that they are torn.
  private final ByteArrayOutputStream fragment = new ByteArrayOutputStream();
  private Optional<Verification.Broken> suspicion = Optional.empty();

  static Verification follow(InputStream in) throws IOException {
    return new Chain().run(new BufferedInputStream(in, 1 << 16));
  }

  private Verification run(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    while (true) {
      int c = in.read();
      if (c == '\n') {
        lineNumber++;
        if (!accept(line.toByteArray())) {
          return suspicion.orElseThrow();
        }
        offset += line.size() + 1L;
        line.reset();
      } else if (c < 0) {
        break;
      } else {
        line.write(c);
        if (line.size() > MAX_LINE) {
          suspect(lineNumber + 1, "no record is that long");
          return suspicion.orElseThrow();
        }
      }
    }
    if (line.size() > 0) {
      suspect(lineNumber + 1, "the last record is torn");
    }
    return suspicion
        .<Verification>map(broken -> broken)
        .orElseGet(() -> new Verification.Intact(number, torn, hash));
  }

  /** Goes on (true) unless it is certain that the first suspicion was right. */
  private boolean accept(byte[] bytes) {
    Optional<Line> read = Line.read(bytes);
    if (read.isEmpty()) {
      suspect(lineNumber, "this is not a whole record, or it was changed");
      collect(bytes);
      return fragment.size() <= MAX_LINE;
    }
    Line line = read.get();
    if (suspicion.isPresent()) {
      if (!explains(line)) {
        return false;
      }
      suspicion = Optional.empty();
      fragment.reset();
      torn++;
    } else if (line.torn().isPresent()) {
      suspect(lineNumber, "it marks a torn record, but none stands before it");
      return false;
    }
    if (line.number() != number + 1 || !line.prev().equals(hash)) {
      suspect(lineNumber, "it does not follow the record before it: inserted, removed or moved");
      return false;
    }
    number = line.number();
    hash = line.hash();
    return true;
  }

  private boolean explains(Line line) {
    byte[] bytes = fragment.toByteArray();
    return line.torn()
        .filter(mark -> mark.bytes() == bytes.length)
        .filter(mark -> mark.fragmentSha256().equals(Line.sha256(bytes)))
        .isPresent();
  }

  private void collect(byte[] bytes) {
    fragment.writeBytes(bytes);
    fragment.write('\n');
  }

  private void suspect(long line, String reason) {
    if (suspicion.isEmpty()) {
      suspicion = Optional.of(new Verification.Broken(line, offset, reason));
    }
  }
}
