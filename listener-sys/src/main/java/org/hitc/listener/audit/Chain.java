package org.hitc.listener.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.hitc.listener.audit.Seals.BrokenSealException;

/** Reads a log from its first byte and follows the chain. Memory: one line. */
final class Chain {
  /** No record is longer; what is, is read in pieces of this and is never a record. */
  private static final int MAX_LINE = 1 << 24;

  private final Optional<Seals> seals;
  private String file = "";
  private long first;
  private long number;
  private String hash = Line.NO_LINE_BEFORE;
  private long torn;
  private long lineNumber;
  private long offset;

  // A fragment: bad lines that are good if the next record says that they are torn.
  private final ByteArrayOutputStream fragment = new ByteArrayOutputStream();
  private Optional<Verification.Broken> suspicion = Optional.empty();

  private Chain(Optional<Seals> seals) {
    this.seals = seals;
  }

  /** Follows the parts of a log, in their order. */
  static Verification follow(OpenLog log, Optional<Seals> seals) throws IOException {
    Chain chain = new Chain(seals);
    try {
      for (OpenLog.Part part : log.parts()) {
        Optional<Verification.Broken> broken = chain.part(part.file().toString(), part.bytes());
        if (broken.isPresent()) {
          return broken.get();
        }
      }
      return chain.end();
    } catch (BrokenSealException e) {
      return e.broken();
    }
  }

  /** Follows one file without checkpoints. */
  static Verification follow(InputStream in) throws IOException {
    Chain chain = new Chain(Optional.empty());
    try {
      Optional<Verification.Broken> broken = chain.part("", in);
      return broken.isPresent() ? broken.get() : chain.end();
    } catch (BrokenSealException e) {
      throw new IllegalStateException("there are no seals", e);
    }
  }

  private Optional<Verification.Broken> part(String name, InputStream raw)
      throws IOException, BrokenSealException {
    file = name;
    lineNumber = 0;
    offset = 0;
    InputStream in = new BufferedInputStream(raw, 1 << 16);
    ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    while (true) {
      int c = in.read();
      if (c == '\n') {
        lineNumber++;
        if (!accept(line.toByteArray())) {
          return suspicion;
        }
        offset += line.size() + 1L;
        line.reset();
      } else if (c < 0) {
        break;
      } else {
        line.write(c);
        if (line.size() > MAX_LINE) {
          suspect(lineNumber + 1, "no record is that long");
          return suspicion;
        }
      }
    }
    if (line.size() > 0) {
      suspect(lineNumber + 1, "the last record is torn");
      return suspicion;
    }
    return Optional.empty();
  }

  private Verification end() {
    if (suspicion.isPresent()) {
      return suspicion.get();
    }
    Optional<Checkpoint> left = seals.flatMap(Seals::left);
    if (left.isPresent()) {
      return new Verification.Broken(
          file,
          lineNumber + 1,
          offset,
          "the log ends before record "
              + left.get().number()
              + ", which was sealed at "
              + left.get().at()
              + ": its tail was cut");
    }
    Optional<Verification.Broken> late = seals.flatMap(Seals::sealedTooLate);
    if (late.isPresent()) {
      return late.get();
    }
    return new Verification.Intact(
        first,
        number == 0 ? 0 : number - first + 1,
        torn,
        hash,
        seals.map(Seals::matched).orElse(0L),
        seals.map(Seals::lastMatched).orElse(0L),
        seals.map(Seals::doubts).orElse(List.of()));
  }

  /** Goes on (true) unless it is certain that the first suspicion was right. */
  private boolean accept(byte[] bytes) throws IOException, BrokenSealException {
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
    if (number == 0 && !begins(line)) {
      return false;
    }
    if (line.number() != number + 1 || !line.prev().equals(hash)) {
      suspect(lineNumber, "it does not follow the record before it: inserted, removed or moved");
      return false;
    }
    number = line.number();
    hash = line.hash();
    if (seals.isPresent()) {
      suspicion = seals.get().check(line, reason -> broken(lineNumber, reason));
    }
    return suspicion.isEmpty();
  }

  /** The first record at hand is number 1, or a checkpoint vouches for what was before it. */
  private boolean begins(Line line) throws IOException, BrokenSealException {
    first = line.number();
    if (first == 1) {
      return true;
    }
    long before = first - 1;
    if (seals.isPresent()) {
      seals.get().skipBefore(before);
      if (seals.get().vouchesFor(before, line.prev())) {
        seals.get().skipBefore(first);
        number = before;
        hash = line.prev();
        return true;
      }
    }
    suspect(
        lineNumber,
        "the records before number "
            + first
            + " are not here, and no checkpoint vouches for record "
            + before);
    return false;
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
      suspicion = Optional.of(broken(line, reason));
    }
  }

  private Verification.Broken broken(long line, String reason) {
    return new Verification.Broken(file, line, offset, reason);
  }
}
