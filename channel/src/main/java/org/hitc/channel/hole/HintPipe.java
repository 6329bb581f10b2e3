package org.hitc.channel.hole;

import static org.hitc.channel.os.PosixFiles.HOSTILE;
import static org.hitc.channel.os.PosixFiles.O_WRONLY;

import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import org.hitc.channel.RequestId;
import org.hitc.channel.codec.Hint;
import org.hitc.channel.os.Errno;
import org.hitc.channel.os.PosixException;
import org.hitc.channel.os.PosixFiles;

/**
 * The gateway's end of the daemon pipe. Stays open as long as there is a listener; each of its
 * calls returns at once.
 */
final class HintPipe implements AutoCloseable {
  private final int ctl;
  private final ReentrantLock lock = new ReentrantLock();
  private OptionalInt pipe = OptionalInt.empty();

  /** What became of a hint. */
  enum Sent {
    /** It is in the pipe. */
    SENT,
    /** The pipe is full; a scan of the spool will find the request. */
    FULL,
    /** Nobody listens. */
    DOWN
  }

  /**
   * @param ctl descriptor of the directory, which this object closes
   */
  HintPipe(int ctl) {
    this.ctl = ctl;
  }

  /** Whether somebody listened when last heard of, or does so now. */
  boolean isUp() throws PosixException {
    lock.lock();
    try {
      return pipe.isPresent() || connect();
    } finally {
      lock.unlock();
    }
  }

  Sent send(RequestId id) throws PosixException {
    byte[] hint = Hint.encode(id);
    lock.lock();
    try {
      Sent sent = write(hint);
      // The listener that we knew is gone; another may have come, even to another pipe.
      return sent == Sent.DOWN && connect() ? write(hint) : sent;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws PosixException {
    lock.lock();
    try {
      disconnect();
      PosixFiles.close(ctl);
    } finally {
      lock.unlock();
    }
  }

  private Sent write(byte[] hint) throws PosixException {
    if (pipe.isEmpty()) {
      return Sent.DOWN;
    }
    try {
      int count = PosixFiles.write(pipe.getAsInt(), hint, 0, hint.length);
      return count == PosixFiles.WOULD_BLOCK ? Sent.FULL : Sent.SENT;
    } catch (PosixException e) {
      disconnect();
      if (e.is(Errno.EPIPE)) {
        return Sent.DOWN;
      }
      throw e;
    }
  }

  private boolean connect() throws PosixException {
    try {
      pipe = OptionalInt.of(PosixFiles.open(ctl, Layout.DAEMON, O_WRONLY | HOSTILE, 0));
      return true;
    } catch (PosixException e) {
      if (e.is(Errno.ENXIO, Errno.ENOENT)) {
        return false;
      }
      throw e;
    }
  }

  private void disconnect() throws PosixException {
    if (pipe.isPresent()) {
      int fd = pipe.getAsInt();
      pipe = OptionalInt.empty();
      PosixFiles.close(fd);
    }
  }
}
