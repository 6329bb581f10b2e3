package org.hitc.channel.hole;

import static org.hitc.channel.os.PosixFiles.AT_FDCWD;
import static org.hitc.channel.os.PosixFiles.HOSTILE;
import static org.hitc.channel.os.PosixFiles.O_CLOEXEC;
import static org.hitc.channel.os.PosixFiles.O_DIRECTORY;
import static org.hitc.channel.os.PosixFiles.O_PATH;
import static org.hitc.channel.os.PosixFiles.O_RDWR;

import java.time.Duration;
import java.util.function.Consumer;
import org.hitc.channel.RequestId;
import org.hitc.channel.codec.HintReader;
import org.hitc.channel.os.Errno;
import org.hitc.channel.os.PosixException;
import org.hitc.channel.os.PosixFiles;
import org.hitc.channel.os.PosixFiles.Mounts;

/**
 * The listener's end of the daemon pipe. It is open for reading <em>and</em> writing, so that the
 * last gateway that closes it makes no end of file.
 */
final class DaemonPipe implements AutoCloseable {
  /** What Linux gives a new pipe; {@code web-side} may change it, we set it back. */
  private static final int SIZE = 65_536;

  private final int fd;
  private final HintReader hints = new HintReader();
  private final byte[] buffer = new byte[8192];
  private long garbageReported;

  private DaemonPipe(int fd) {
    this.fd = fd;
  }

  static DaemonPipe open(Layout layout) throws PosixException {
    int ctl =
        PosixFiles.open(AT_FDCWD, layout.ctl().toString(), O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
    try {
      DaemonPipe pipe =
          new DaemonPipe(PosixFiles.openBeneath(ctl, Layout.DAEMON, O_RDWR | HOSTILE, Mounts.SAME));
      pipe.keepSize();
      return pipe;
    } finally {
      PosixFiles.close(ctl);
    }
  }

  /**
   * Waits for hints and reads what is there.
   *
   * @return true when more came than one expects of hints that come one by one, or no hints: then
   *     some may have been torn, and the spool is worth a look
   */
  boolean read(Duration timeout, Consumer<RequestId> found) throws PosixException {
    if (!PosixFiles.poll(fd, timeout)) {
      return false;
    }
    int length = PosixFiles.read(fd, buffer, 0, buffer.length);
    if (length == PosixFiles.WOULD_BLOCK) {
      return false;
    }
    long garbage = hints.garbageBytes();
    hints.feed(buffer, 0, length, found);
    return length == buffer.length || hints.garbageBytes() != garbage;
  }

  /** Bytes that were no hints, since the last call. */
  long takeGarbage() {
    long garbage = hints.garbageBytes() - garbageReported;
    garbageReported += garbage;
    return garbage;
  }

  /** Makes it as large as it was, if that is possible now. */
  void keepSize() throws PosixException {
    if (PosixFiles.pipeSize(fd) != SIZE) {
      try {
        PosixFiles.setPipeSize(fd, SIZE);
      } catch (PosixException e) {
        // EBUSY: it holds more than that; EPERM: over the limit for pipes of this user. A pipe of
        // any size works, and the next pass tries again.
        if (!e.is(Errno.EBUSY, Errno.EPERM)) {
          throw e;
        }
      }
    }
  }

  /** Ends a {@link #read} that is waiting. */
  void wake() throws PosixException {
    // A pipe that is too full for it is readable anyway.
    PosixFiles.write(fd, new byte[] {'\n'}, 0, 1);
  }

  @Override
  public void close() throws PosixException {
    PosixFiles.close(fd);
  }
}
