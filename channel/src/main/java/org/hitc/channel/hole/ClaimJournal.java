package org.hitc.channel.hole;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hitc.channel.os.PosixFiles.HOSTILE;
import static org.hitc.channel.os.PosixFiles.O_APPEND;
import static org.hitc.channel.os.PosixFiles.O_CREAT;
import static org.hitc.channel.os.PosixFiles.O_RDONLY;
import static org.hitc.channel.os.PosixFiles.O_WRONLY;

import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.hitc.channel.Refusal;
import org.hitc.channel.RequestId;
import org.hitc.channel.os.Errno;
import org.hitc.channel.os.PosixException;
import org.hitc.channel.os.PosixFiles;
import org.hitc.channel.os.PosixFiles.Mounts;

/**
 * Which ids were claimed lately, also by a former listener: two files of one id a line in {@code
 * work/}, of which the older is dropped when the younger has had its time or its number of ids.
 *
 * <p>A line may be lost with the power, not with the process: after a power cut, old requests are
 * refused by their age. Not safe for use by several threads.
 */
final class ClaimJournal implements AutoCloseable {
  static final String CURRENT = "claimed";
  static final String PREVIOUS = "claimed.old";

  private static final int LINE = RequestId.LENGTH + 1;

  private final int work;
  private final HoleLimits.Spool limits;
  private Set<UUID> current;
  private Set<UUID> previous;
  private long currentSince = System.nanoTime();

  /** Opened when it is first needed: a full spool must not keep the listener from starting. */
  private OptionalInt file = OptionalInt.empty();

  private ClaimJournal(int work, HoleLimits.Spool limits) throws PosixException {
    this.work = work;
    this.limits = limits;
    this.previous = load(PREVIOUS);
    this.current = load(CURRENT);
  }

  static ClaimJournal open(int work, HoleLimits.Spool limits) throws PosixException {
    return new ClaimJournal(work, limits);
  }

  boolean contains(RequestId id) {
    UUID key = key(id.hex());
    return current.contains(key) || previous.contains(key);
  }

  /**
   * Remembers an id.
   *
   * @throws RefusedException {@link Refusal#SPOOL_FULL} when it cannot be written down: then the
   *     request must not run
   */
  void add(RequestId id) throws PosixException, RefusedException {
    if (current.size() >= limits.rememberedIds() || isOver()) {
      rotate();
    }
    byte[] line = (id.hex() + "\n").getBytes(US_ASCII);
    if (!write(line)) {
      // The rest of a torn line must not become the start of another.
      close();
      throw new RefusedException(Refusal.SPOOL_FULL, "the journal of claims is full");
    }
    current.add(key(id.hex()));
  }

  @Override
  public void close() throws PosixException {
    if (file.isPresent()) {
      PosixFiles.close(file.getAsInt());
      file = OptionalInt.empty();
    }
  }

  private boolean write(byte[] line) throws PosixException {
    try {
      int fd = file.isPresent() ? file.getAsInt() : openCurrent();
      return PosixFiles.write(fd, line, 0, line.length) == line.length;
    } catch (PosixException e) {
      if (e.is(Errno.ENOSPC, Errno.EDQUOT)) {
        return false;
      }
      throw e;
    }
  }

  private boolean isOver() {
    return System.nanoTime() - currentSince > limits.remembered().toNanos();
  }

  private void rotate() throws PosixException {
    close();
    try {
      PosixFiles.rename(work, CURRENT, work, PREVIOUS);
    } catch (PosixException e) {
      if (!e.is(Errno.ENOENT)) {
        throw e;
      }
    }
    previous = current;
    current = new HashSet<>();
    currentSince = System.nanoTime();
  }

  private int openCurrent() throws PosixException {
    int fd = PosixFiles.open(work, CURRENT, O_WRONLY | O_CREAT | O_APPEND | HOSTILE, 0600);
    file = OptionalInt.of(fd);
    // Ends what a former listener may have left unfinished.
    PosixFiles.write(fd, new byte[] {'\n'}, 0, 1);
    return fd;
  }

  private Set<UUID> load(String name) throws PosixException {
    Set<UUID> ids = new HashSet<>();
    int fd;
    try {
      fd = PosixFiles.openBeneath(work, name, O_RDONLY | HOSTILE, Mounts.SAME);
    } catch (PosixException e) {
      if (e.is(Errno.ENOENT)) {
        return ids;
      }
      throw e;
    }
    try {
      StringBuilder rest = new StringBuilder();
      byte[] buffer = new byte[PosixFiles.MAX_TRANSFER];
      int length = PosixFiles.read(fd, buffer, 0, buffer.length);
      while (length > 0 && ids.size() < 2 * limits.rememberedIds()) {
        rest.append(new String(buffer, 0, length, US_ASCII));
        takeLines(rest, ids);
        length = PosixFiles.read(fd, buffer, 0, buffer.length);
      }
    } finally {
      PosixFiles.close(fd);
    }
    return ids;
  }

  private static void takeLines(StringBuilder text, Set<UUID> ids) {
    int start = 0;
    for (int end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      String line = text.substring(start, end);
      if (RequestId.isValid(line)) {
        ids.add(key(line));
      }
      start = end + 1;
    }
    // A line that is longer than an id is none; of one that goes on, the end decides.
    text.delete(0, Math.max(start, text.length() - LINE));
  }

  /** 16 bytes instead of a text; comparable, so that chosen ids cannot slow down the set. */
  private static UUID key(String hex) {
    int half = RequestId.LENGTH / 2;
    return new UUID(
        Long.parseUnsignedLong(hex, 0, half, 16),
        Long.parseUnsignedLong(hex, half, RequestId.LENGTH, 16));
  }
}
