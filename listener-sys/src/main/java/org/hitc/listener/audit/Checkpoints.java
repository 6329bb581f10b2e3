package org.hitc.listener.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.hitc.session.sign.SigningKey;

/**
 * Seals records and exports the checkpoints: a line to the standard output, from where journald or
 * a remote syslog takes it, and the same line to a file outside of the log. The file is opened for
 * each line, so that it can be moved away at any time.
 */
public final class Checkpoints {
  private static final Set<OpenOption> OPEN =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  private static final FileAttribute<Set<PosixFilePermission>> MODE_0640 =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));

  private static final int MAX_LINE = 1_000;

  private final Path file;
  private final String instance;
  private final String node;
  private final Supplier<SigningKey> key;
  private final InstantSource clock;
  private final PrintStream journal;

  // Used by one thread at a time: that of the log.
  private Instant sealedAt = Instant.MIN;

  /**
   * @param file made if it is missing
   * @param instance whose log it is
   * @param node of that instance
   * @param key the key that seals at the moment
   */
  public Checkpoints(
      Path file,
      String instance,
      String node,
      Supplier<SigningKey> key,
      InstantSource clock,
      PrintStream journal) {
    this.file = file;
    this.instance = instance;
    this.node = node;
    this.key = key;
    this.clock = clock;
    this.journal = journal;
  }

  /**
   * Seals a record, once, with the key that seals at the moment, and puts the line into the
   * journal. A clock that was put back seals nothing before it was written.
   *
   * @param written the time of the record
   */
  Checkpoint seal(long number, String hash, Instant written) {
    Instant at = clock.instant();
    at = at.isBefore(written) ? written : at;
    at = at.isBefore(sealedAt) ? sealedAt : at;
    sealedAt = at;
    Checkpoint sealed = Checkpoint.seal(number, instance, node, hash, at, key.get());
    journal.println(sealed.line());
    journal.flush();
    return sealed;
  }

  /**
   * Whether the file does not have this record sealed yet, and the key that seals now had sealed
   * one before it, so that it was in force when the record was written.
   *
   * @throws IOException when the file cannot be read
   */
  boolean lacks(long number) throws IOException {
    Optional<Checkpoint> last = last();
    return last.filter(sealed -> sealed.number() < number)
        .filter(sealed -> sealed.key().equals(key.get().publicKey().id()))
        .isPresent();
  }

  /** The last whole line of the file. */
  private Optional<Checkpoint> last() throws IOException {
    try (FileChannel in = FileChannel.open(file, READ)) {
      long end = endOfLastLine(in, in.size());
      if (end == 0) {
        return Optional.empty();
      }
      long begin = endOfLastLine(in, end - 1);
      ByteBuffer line = ByteBuffer.allocate(Math.toIntExact(Math.min(end - 1 - begin, MAX_LINE)));
      while (line.hasRemaining() && in.read(line, begin + line.position()) >= 0) {
        // A file may give less than it was asked for.
      }
      return Checkpoint.read(new String(line.array(), 0, line.position(), US_ASCII));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /**
   * Exports one to the file.
   *
   * @throws IOException when the file does not take it
   */
  void export(Checkpoint sealed) throws IOException {
    try (FileChannel out = FileChannel.open(file, OPEN, MODE_0640)) {
      long end = endOfLastLine(out, out.size());
      out.truncate(end);
      out.position(end);
      ByteBuffer rest = ByteBuffer.wrap((sealed.line() + "\n").getBytes(US_ASCII));
      while (rest.hasRemaining()) {
        out.write(rest);
      }
      out.force(true);
    }
  }

  /** Behind it stands what a full disk left of a line. */
  private static long endOfLastLine(FileChannel file, long before) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    long end = before;
    while (end > 0) {
      last.clear();
      file.read(last, end - 1);
      if (last.get(0) == '\n') {
        return end;
      }
      end--;
    }
    return 0;
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
