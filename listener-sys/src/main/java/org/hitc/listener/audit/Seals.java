package org.hitc.listener.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hitc.session.token.PublicKeyFile;

/**
 * The checkpoints of a log, read along with it. Memory: one checkpoint. Each must be sealed with a
 * key that was in force when it was sealed, and when its record was written: otherwise whoever has
 * a key of today could seal a past of his own.
 */
final class Seals implements AutoCloseable {
  /** How far clocks may have gone back, and how long a listener may not have noticed a new key. */
  private static final Duration TOLERANCE = Duration.ofSeconds(30);

  private static final int MAX_LINE = 1_000;

  private final Deque<Path> files;
  private final Map<String, PublicKeyFile> keys;
  private Optional<BufferedReader> reading = Optional.empty();
  private String file = "";
  private long line;
  private long last;
  private Optional<Checkpoint> next = Optional.empty();
  private long matched;
  private long lastMatched;

  /** What is wrong, and where. */
  static final class BrokenSealException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Verification.Broken broken;

    BrokenSealException(Verification.Broken broken) {
      super(broken.reason());
      this.broken = broken;
    }

    Verification.Broken broken() {
      return broken;
    }
  }

  private Seals(List<Path> files, Map<String, PublicKeyFile> keys) {
    this.files = new ArrayDeque<>(files);
    this.keys = Map.copyOf(keys);
  }

  /**
   * Begins to read them.
   *
   * @param files in the order in which they were written
   * @param keys that sealed them, with their times
   */
  static Seals open(List<Path> files, Collection<PublicKeyFile> keys)
      throws IOException, BrokenSealException {
    Seals seals =
        new Seals(
            files, keys.stream().collect(Collectors.toMap(k -> k.key().id(), k -> k, (a, _) -> a)));
    seals.advance();
    return seals;
  }

  /** Those that speak of records before the first one at hand are only checked in themselves. */
  void skipBefore(long number) throws IOException, BrokenSealException {
    while (next.filter(c -> c.number() < number).isPresent()) {
      advance();
    }
  }

  /** Whether the next checkpoint speaks of this record; what it says is not compared. */
  boolean vouchesFor(long number, String hash) {
    return next.filter(c -> c.number() == number && c.hash().equals(hash)).isPresent();
  }

  /** Compares a record with the checkpoint that speaks of it, if there is one. */
  Optional<String> mismatch(Line record) throws IOException, BrokenSealException {
    if (next.isEmpty() || next.get().number() != record.number()) {
      return Optional.empty();
    }
    Checkpoint seal = next.get();
    if (!seal.hash().equals(record.hash())) {
      return Optional.of("it is not the record that was sealed at " + seal.at());
    }
    if (!inForce(seal, record.at())) {
      return Optional.of(
          "it is of "
              + record.at()
              + ", but was sealed with key "
              + seal.key()
              + ", which was not in force then");
    }
    if (record.at().isAfter(seal.at().plus(TOLERANCE))) {
      return Optional.of("it was sealed at " + seal.at() + ", before it was written");
    }
    matched++;
    lastMatched = record.number();
    advance();
    return Optional.empty();
  }

  /** A checkpoint that no record was there for. */
  Optional<Checkpoint> left() {
    return next;
  }

  /** How many records were found as they were sealed. */
  long matched() {
    return matched;
  }

  /** The last of them; 0: none. */
  long lastMatched() {
    return lastMatched;
  }

  private void advance() throws IOException, BrokenSealException {
    next = read();
    if (next.isEmpty()) {
      return;
    }
    Checkpoint seal = next.get();
    if (seal.number() <= last) {
      throw broken("it speaks of an earlier record than the checkpoint before it");
    }
    last = seal.number();
    Optional<PublicKeyFile> key = Optional.ofNullable(keys.get(seal.key()));
    if (key.isEmpty()) {
      throw broken("its key " + seal.key() + " is not among the keys that seal this log");
    }
    if (!seal.isSealedBy(key.get().key())) {
      throw broken("its signature is wrong");
    }
    if (!inForce(seal, seal.at())) {
      throw broken("its key " + seal.key() + " was not in force at " + seal.at());
    }
  }

  private boolean inForce(Checkpoint seal, Instant at) {
    return Optional.ofNullable(keys.get(seal.key()))
        .filter(key -> key.since().filter(at.plus(TOLERANCE)::isBefore).isEmpty())
        .filter(key -> key.until().filter(at.minus(TOLERANCE)::isAfter).isEmpty())
        .isPresent();
  }

  private Optional<Checkpoint> read() throws IOException, BrokenSealException {
    while (true) {
      if (reading.isEmpty()) {
        if (files.isEmpty()) {
          return Optional.empty();
        }
        Path opened = files.remove();
        file = opened.toString();
        line = 0;
        // ISO 8859-1 keeps every byte apart: a flipped high bit must not fold into a replacement.
        reading = Optional.of(Files.newBufferedReader(opened, StandardCharsets.ISO_8859_1));
      }
      Optional<String> text = readLine(reading.get());
      if (text.isPresent()) {
        line++;
        return Optional.of(
            Checkpoint.read(text.get())
                .orElseThrow(() -> broken("this is not a whole checkpoint, or it was changed")));
      }
      reading.get().close();
      reading = Optional.empty();
    }
  }

  /** Up to a line feed and nothing else, which must be there; never more than a line may have. */
  private Optional<String> readLine(BufferedReader in) throws IOException, BrokenSealException {
    StringBuilder text = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        if (text.isEmpty()) {
          return Optional.empty();
        }
        line++;
        throw broken("the last checkpoint is cut off");
      }
      text.append((char) c);
      if (text.length() > MAX_LINE) {
        line++;
        throw broken("no checkpoint is that long");
      }
    }
    return Optional.of(text.toString());
  }

  private BrokenSealException broken(String reason) {
    return new BrokenSealException(new Verification.Broken(file, line, 0, reason));
  }

  @Override
  public void close() throws IOException {
    if (reading.isPresent()) {
      reading.get().close();
    }
  }
}
