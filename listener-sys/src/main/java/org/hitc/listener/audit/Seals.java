package org.hitc.listener.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hitc.session.token.PublicKeyFile;

/**
 * The checkpoints of a log, read along with it. Memory: a thousand checkpoints. Each must be sealed
 * with a key that was in force when its record was written: otherwise whoever has a key of today
 * could seal a past of his own. When it was sealed is only what the sealer says.
 *
 * <p>Clocks are put forward and back. The order of the records is certain, so a record may be as
 * late as the latest before it, and as early as the earliest behind it; the first key of all may
 * have sealed what is before its time, since there is no earlier key that it could have replaced.
 * What is right only in that way is a doubt: it is told, and is no proof of anything.
 */
final class Seals implements AutoCloseable {
  /** How far clocks may have gone back, and how long a listener may not have noticed a new key. */
  private static final Duration TOLERANCE = Duration.ofSeconds(30);

  private static final int MAX_LINE = 1_000;

  /** A journal may have some of them twice; a listener repeats no older ones. */
  private static final int REMEMBERED = 1_000;

  private static final int MOST_DOUBTS = 20;

  private final Deque<Limited> files = new ArrayDeque<>();
  private final Map<String, PublicKeyFile> keys;
  private final Optional<String> firstKey;
  private final Whose whose;
  private Optional<BufferedReader> reading = Optional.empty();
  private String file = "";
  private long line;
  private long last;
  private String node = "";
  private Optional<Checkpoint> next = Optional.empty();
  private final Map<Long, String> seen = new LinkedHashMap<>();
  private long matched;
  private long lastMatched;

  /** The latest time of a record so far. */
  private Instant latest = Instant.MIN;

  // By the id of a key: the first record that it sealed after its end.
  private final Map<String, Late> late = new LinkedHashMap<>();
  private final List<String> doubts = new ArrayList<>();
  private long moreDoubts;

  /** A file up to the length that it had: what comes later speaks of records that come later. */
  private record Limited(Path file, long length) {}

  private record Late(Instant until, String doubt, Verification.Broken broken) {}

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

  private Seals(Collection<PublicKeyFile> keys, Whose whose) {
    this.keys = keys.stream().collect(Collectors.toMap(k -> k.key().id(), k -> k, (a, _) -> a));
    this.firstKey =
        keys.stream()
            .min(
                Comparator.comparing((PublicKeyFile key) -> key.since().orElse(Instant.MIN))
                    .thenComparing(key -> key.until().orElse(Instant.MAX)))
            .map(key -> key.key().id());
    this.whose = whose;
  }

  /**
   * Begins to read them. What is exported from now on is left out; the records of all others are in
   * the log by now.
   *
   * @param files in the order in which they were written
   * @param keys that sealed them, with their times
   * @param whose count
   */
  static Seals open(List<Path> files, Collection<PublicKeyFile> keys, Whose whose)
      throws IOException, BrokenSealException {
    Seals seals = new Seals(keys, whose);
    for (Path file : files) {
      seals.files.add(new Limited(file, Files.size(file)));
    }
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

  /**
   * Looks at a record, and compares it with the checkpoint that speaks of it, if there is one.
   *
   * @param here says what is wrong at this record
   */
  Optional<Verification.Broken> check(Line record, Function<String, Verification.Broken> here)
      throws IOException, BrokenSealException {
    Instant at = record.at();
    latest = at.isAfter(latest) ? at : latest;
    settleLate(at);
    if (next.isEmpty() || next.get().number() != record.number()) {
      return Optional.empty();
    }
    Checkpoint seal = next.get();
    if (!seal.hash().equals(record.hash())) {
      return Optional.of(here.apply("it is not the record that was sealed at " + seal.at()));
    }
    if (isBeforeKey(seal, at)) {
      boolean first = firstKey.filter(seal.key()::equals).isPresent();
      if (!first && isBeforeKey(seal, latest)) {
        return Optional.of(here.apply(notInForce(seal, at)));
      }
      doubt(
          notInForce(seal, at)
              + (first ? "; no key was before it" : "; a record before it is of " + latest));
    } else if (isAfterKey(seal, at)) {
      late.putIfAbsent(
          seal.key(),
          new Late(
              key(seal).flatMap(PublicKeyFile::until).orElse(Instant.MAX),
              notInForce(seal, at),
              here.apply(notInForce(seal, at))));
    } else if (isBeforeKey(seal, seal.at()) || isAfterKey(seal, seal.at())) {
      doubt(
          "record %d was sealed at %s with key %s, which was not in force then"
              .formatted(record.number(), seal.at(), seal.key()));
    } else if (at.isAfter(seal.at().plus(TOLERANCE))) {
      doubt(
          "record %d is of %s, but was sealed before, at %s"
              .formatted(record.number(), at, seal.at()));
    }
    matched++;
    lastMatched = record.number();
    advance();
    return Optional.empty();
  }

  private static String notInForce(Checkpoint seal, Instant at) {
    return "record %d is of %s, but was sealed with key %s, which was not in force then"
        .formatted(seal.number(), at, seal.key());
  }

  /** A record that is behind another one and of an earlier time: the clock was put back between. */
  private void settleLate(Instant at) {
    late.values()
        .removeIf(waiting -> {
          boolean explained = !at.minus(TOLERANCE).isAfter(waiting.until());
          if (explained) {
            doubt(waiting.doubt() + "; a record behind it is of " + at);
          }
          return explained;
        });
  }

  private Optional<PublicKeyFile> key(Checkpoint seal) {
    return Optional.ofNullable(keys.get(seal.key()));
  }

  private boolean isBeforeKey(Checkpoint seal, Instant at) {
    return key(seal).flatMap(PublicKeyFile::since).filter(at.plus(TOLERANCE)::isBefore).isPresent();
  }

  private boolean isAfterKey(Checkpoint seal, Instant at) {
    return key(seal).flatMap(PublicKeyFile::until).filter(at.minus(TOLERANCE)::isAfter).isPresent();
  }

  private void doubt(String what) {
    if (doubts.size() < MOST_DOUBTS) {
      doubts.add(what);
    } else {
      moreDoubts++;
    }
  }

  /** The first record that was sealed after the end of a key, and that no clock explains. */
  Optional<Verification.Broken> sealedTooLate() {
    return late.values().stream().map(Late::broken).findFirst();
  }

  /** What a clock explains, and nothing else. */
  List<String> doubts() {
    List<String> all = new ArrayList<>(doubts);
    if (moreDoubts > 0) {
      all.add("and %d more like these".formatted(moreDoubts));
    }
    return all;
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
    while (next.isPresent() && !isNew(next.get())) {
      next = read();
    }
    if (next.isPresent()) {
      last = next.get().number();
      node = node(next.get());
      seen.put(last, next.get().hash());
      if (seen.size() > REMEMBERED) {
        seen.remove(seen.keySet().iterator().next());
      }
    }
  }

  /** False when it is another node's, or was there already. */
  private boolean isNew(Checkpoint seal) throws BrokenSealException {
    Optional<PublicKeyFile> key = key(seal);
    if (key.isEmpty()) {
      if (!whose.covers(seal)) {
        return false;
      }
      throw broken("its key " + seal.key() + " is not among the keys that seal this log");
    }
    // Before it is left out as another's: who it is of is signed, too.
    if (!seal.isSealedBy(key.get().key())) {
      throw broken("its signature is wrong");
    }
    if (!whose.covers(seal)) {
      return false;
    }
    if (!node.isEmpty() && !node.equals(node(seal))) {
      throw broken(
          "it is of " + node(seal) + ", those before it are of " + node + "; say which: --node");
    }
    if (seal.number() > last) {
      return true;
    }
    if (seal.hash().equals(seen.get(seal.number()))) {
      return false;
    }
    throw broken("it contradicts a checkpoint before it, or does not stand in its place");
  }

  private static String node(Checkpoint seal) {
    return "node " + seal.node() + " of " + seal.instance();
  }

  private Optional<Checkpoint> read() throws IOException, BrokenSealException {
    while (true) {
      if (reading.isEmpty()) {
        if (files.isEmpty()) {
          return Optional.empty();
        }
        Limited opened = files.remove();
        file = opened.file().toString();
        line = 0;
        // ISO 8859-1 keeps every byte apart: a flipped high bit must not fold into a replacement.
        reading =
            Optional.of(
                new BufferedReader(
                    new InputStreamReader(
                        new UpTo(Files.newInputStream(opened.file()), opened.length()),
                        StandardCharsets.ISO_8859_1)));
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
