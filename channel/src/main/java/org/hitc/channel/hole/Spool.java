package org.hitc.channel.hole;

import static org.hitc.channel.os.PosixFiles.AT_FDCWD;
import static org.hitc.channel.os.PosixFiles.HOSTILE;
import static org.hitc.channel.os.PosixFiles.O_CLOEXEC;
import static org.hitc.channel.os.PosixFiles.O_DIRECTORY;
import static org.hitc.channel.os.PosixFiles.O_NOFOLLOW;
import static org.hitc.channel.os.PosixFiles.O_RDONLY;
import static org.hitc.channel.os.PosixFiles.O_WRONLY;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.channel.RequestId;
import org.hitc.channel.os.Errno;
import org.hitc.channel.os.FileStatus;
import org.hitc.channel.os.PosixException;
import org.hitc.channel.os.PosixFiles;
import org.hitc.channel.os.PosixFiles.Mounts;

/**
 * The spool as the listener side uses it: looking at a request, claiming it, copying it out,
 * opening its results pipe, removing it. The two directories stay open, so that every name is
 * resolved in them and nowhere else.
 */
final class Spool implements AutoCloseable {
  static final String IN = ".in";
  static final String OUT = ".out";

  private static final int IN_MODE = 0640;
  private static final Duration READER_RETRY = Duration.ofMillis(10);

  private final int jobs;
  private final int work;
  private final Owners owners;
  private final HoleLimits.Admission limits;

  private Spool(int jobs, int work, Owners owners, HoleLimits.Admission limits) {
    this.jobs = jobs;
    this.work = work;
    this.owners = owners;
    this.limits = limits;
  }

  static Spool open(Layout layout, Owners owners, HoleLimits.Admission limits)
      throws PosixException {
    int jobs = openDirectory(layout.jobs());
    try {
      return new Spool(jobs, openDirectory(layout.work()), owners, limits);
    } catch (PosixException e) {
      PosixFiles.close(jobs);
      throw e;
    }
  }

  /**
   * A descriptor of its own for each reader, since it holds the place that the reading has got to.
   */
  static int openDirectory(Path path) throws PosixException {
    return PosixFiles.open(
        AT_FDCWD, path.toString(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0);
  }

  int jobs() {
    return jobs;
  }

  int work() {
    return work;
  }

  /** Whether no other listener works on this spool; lasts as long as this object or the process. */
  boolean tryLock() throws PosixException {
    return PosixFiles.tryLock(work);
  }

  /** What lies in {@code jobs} under the name of this request; nothing if it was withdrawn. */
  Optional<FileStatus> look(RequestId id) throws PosixException {
    try {
      return Optional.of(PosixFiles.statusAt(jobs, id + IN));
    } catch (PosixException e) {
      if (e.is(Errno.ENOENT)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whether it is what an honest gateway leaves. */
  void check(FileStatus in) throws RefusedException {
    refuseIf(in.type() != FileStatus.Type.REGULAR, Refusal.IN_TYPE, in.type().words());
    refuseIf(in.uid() != owners.webSideUid(), Refusal.IN_OWNER, "of user " + in.uid());
    refuseIf(in.links() != 1, Refusal.IN_LINKS, in.links() + " links");
    refuseIf(in.mode() != IN_MODE, Refusal.IN_MODE, "mode %04o".formatted(in.mode()));
    refuseIf(in.size() > limits.requestBytes(), Refusal.IN_SIZE, in.size() + " bytes");
  }

  /** Whether it came lately. Counted from its last change of name, which nobody can set back. */
  void checkAge(FileStatus in) throws RefusedException {
    Duration age = Duration.between(in.changed(), Instant.now());
    refuseIf(
        age.compareTo(limits.requestAge()) > 0,
        Refusal.JOB_EXPIRED,
        "%d s old".formatted(age.toSeconds()));
  }

  /**
   * Moves it out of web-side's reach; only one can ever succeed.
   *
   * @return false when it was withdrawn just now
   */
  boolean claim(RequestId id) throws PosixException, RefusedException {
    try {
      PosixFiles.renameNew(jobs, id + IN, work, id + IN);
      return true;
    } catch (PosixException e) {
      refuseIf(e.is(Errno.EEXIST), Refusal.REQ_REPLAY, "being handled now");
      if (e.is(Errno.ENOENT)) {
        return false;
      }
      throw e;
    }
  }

  /**
   * The bytes of a claimed request, checked once more on the open file.
   *
   * @param most its size before it was claimed: room was made for so much and no more
   */
  byte[] copy(RequestId id, long most) throws PosixException, RefusedException {
    int fd;
    try {
      fd = PosixFiles.openBeneath(work, id + IN, O_RDONLY | HOSTILE, Mounts.SAME);
    } catch (PosixException e) {
      refuseIf(e.is(Errno.ELOOP, Errno.ENXIO, Errno.EXDEV), Refusal.IN_TYPE, e.getMessage());
      refuseIf(e.is(Errno.EACCES), Refusal.IN_MODE, e.getMessage());
      throw e;
    }
    try {
      FileStatus status = PosixFiles.status(fd);
      check(status);
      refuseIf(status.size() > most, Refusal.IN_SIZE, "grew to " + status.size() + " bytes");
      return read(fd, (int) status.size());
    } finally {
      PosixFiles.close(fd);
    }
  }

  /**
   * Opens the results pipe, waiting a little for its reader.
   *
   * @throws InterruptedException when the listener is stopping
   */
  int openOut(RequestId id) throws PosixException, RefusedException, InterruptedException {
    long deadline = System.nanoTime() + limits.readerWithin().toNanos();
    while (true) {
      try {
        return openOutNow(id);
      } catch (RefusedException e) {
        if (e.why() != Refusal.OUT_NOREADER || deadline - System.nanoTime() <= 0) {
          throw e;
        }
        Thread.sleep(READER_RETRY);
      }
    }
  }

  /** Opens the results pipe if there is a reader. */
  int openOutNow(RequestId id) throws PosixException, RefusedException {
    int fd;
    try {
      fd = PosixFiles.openBeneath(jobs, id + OUT, O_WRONLY | HOSTILE, Mounts.SAME);
    } catch (PosixException e) {
      refuseIf(e.is(Errno.ENOENT), Refusal.OUT_MISSING, "no results pipe");
      if (e.is(Errno.ENXIO)) {
        checkOut(PosixFiles.statusAt(jobs, id + OUT));
        throw new RefusedException(Refusal.OUT_NOREADER, "nobody reads the results pipe");
      }
      refuseIf(
          e.is(Errno.ELOOP, Errno.EISDIR, Errno.EXDEV, Errno.EACCES, Errno.EPERM),
          Refusal.OUT_TYPE,
          e.getMessage());
      throw e;
    }
    try {
      checkOut(PosixFiles.status(fd));
      return fd;
    } catch (PosixException | RefusedException e) {
      PosixFiles.close(fd);
      throw e;
    }
  }

  /** Removes a request that is not claimed, whatever it is; a directory only if it is empty. */
  void discard(RequestId id, FileStatus.Type type) throws PosixException {
    Litter.remove(jobs, id + IN, type == FileStatus.Type.DIRECTORY);
  }

  /** Removes a claimed request: its end. */
  void finish(RequestId id) throws PosixException {
    Litter.remove(work, id + IN, false);
  }

  @Override
  public void close() throws PosixException {
    PosixFiles.close(jobs);
    PosixFiles.close(work);
  }

  private void checkOut(FileStatus out) throws RefusedException {
    refuseIf(out.type() != FileStatus.Type.FIFO, Refusal.OUT_TYPE, out.type().words());
    refuseIf(out.uid() != owners.webSideUid(), Refusal.OUT_OWNER, "of user " + out.uid());
  }

  /** Reads exactly what {@code fstat} promised: never more, whatever is appended meanwhile. */
  private static byte[] read(int fd, int size) throws PosixException, RefusedException {
    byte[] copy = new byte[size];
    int at = 0;
    while (at < size) {
      int count = PosixFiles.read(fd, copy, at, size - at);
      refuseIf(count <= 0, Refusal.IN_TRUNCATED, "%d of %d bytes".formatted(at, size));
      at += count;
    }
    return copy;
  }

  private static void refuseIf(boolean bad, Refusal why, String detail) throws RefusedException {
    if (bad) {
      throw new RefusedException(why, detail);
    }
  }
}
