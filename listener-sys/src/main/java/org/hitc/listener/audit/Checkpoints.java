package org.hitc.listener.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;
import org.hitc.session.sign.SigningKey;

/**
 * Seals records and exports the checkpoints: a line to a file outside of the log, and the same line
 * to the standard output, from where journald or a remote syslog takes it. The file is opened for
 * each line, so that it can be moved away at any time.
 */
public final class Checkpoints {
  private static final Set<OpenOption> OPEN =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);
  private static final FileAttribute<Set<PosixFilePermission>> MODE_0640 =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));

  private final Path file;
  private final String instance;
  private final Supplier<SigningKey> key;
  private final InstantSource clock;
  private final PrintStream journal;

  /**
   * @param file made if it is missing
   * @param instance whose log it is
   * @param key the key that seals at the moment
   */
  public Checkpoints(
      Path file,
      String instance,
      Supplier<SigningKey> key,
      InstantSource clock,
      PrintStream journal) {
    this.file = file;
    this.instance = instance;
    this.key = key;
    this.clock = clock;
    this.journal = journal;
  }

  /**
   * Exports one. The journal has it in any case.
   *
   * @throws IOException when the file does not take it
   */
  void export(long number, String hash) throws IOException {
    String line = Checkpoint.seal(number, instance, hash, clock.instant(), key.get()).line();
    journal.println(line);
    journal.flush();
    try (FileChannel out = FileChannel.open(file, OPEN, MODE_0640)) {
      long end = endOfLastLine(out);
      out.truncate(end);
      out.position(end);
      ByteBuffer rest = ByteBuffer.wrap((line + "\n").getBytes(US_ASCII));
      while (rest.hasRemaining()) {
        out.write(rest);
      }
      out.force(true);
    }
  }

  /** Behind it stands what a full disk left of a line. */
  private static long endOfLastLine(FileChannel file) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    long end = file.size();
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
