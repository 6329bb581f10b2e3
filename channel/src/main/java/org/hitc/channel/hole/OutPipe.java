package org.hitc.channel.hole;

import java.time.Duration;
import org.hitc.channel.Refusal;
import org.hitc.channel.os.Errno;
import org.hitc.channel.os.Poller;
import org.hitc.channel.os.PosixException;
import org.hitc.channel.os.PosixFiles;

/**
 * The writing end of a results pipe, with its rules: at most {@code PIPE_BUF} bytes at a time, no
 * waiting without a limit, and nothing more after the first sign that the reader is gone, so that
 * nobody else can become the reader. Not safe for use by several threads.
 */
final class OutPipe implements AutoCloseable {
  private static final int PIPE_BUF = 4096;

  private final int fd;
  private final Poller poller;
  private final HoleLimits.Drain limits;
  private boolean closed;

  /** Time spent waiting for the reader, and bytes it took, since the measuring began. */
  private long waitedNanos;

  private long bytesTaken;

  OutPipe(int fd, Poller poller, HoleLimits.Drain limits) {
    this.fd = fd;
    this.poller = poller;
    this.limits = limits;
  }

  /** Writes all of it, waiting for the reader within the limits. */
  void write(byte[] bytes) throws ReplyBrokenException {
    int at = 0;
    while (at < bytes.length) {
      int count = writeNow(bytes, at);
      if (count == PosixFiles.WOULD_BLOCK) {
        awaitReader();
      } else {
        at += count;
        bytesTaken += count;
      }
    }
  }

  /**
   * Writes one short frame if there is room.
   *
   * @return false when the pipe is full, and nothing was written
   */
  boolean offer(byte[] frame) throws ReplyBrokenException {
    return writeNow(frame, 0) != PosixFiles.WOULD_BLOCK;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try {
        PosixFiles.close(fd);
      } catch (PosixException e) {
        // Only a descriptor that is not ours can fail here.
        throw new IllegalStateException(e);
      }
    }
  }

  private int writeNow(byte[] bytes, int at) throws ReplyBrokenException {
    if (closed) {
      throw gone();
    }
    try {
      return PosixFiles.write(fd, bytes, at, Math.min(PIPE_BUF, bytes.length - at));
    } catch (PosixException e) {
      close();
      throw e.is(Errno.EPIPE) ? gone() : new ReplyBrokenException(Refusal.INTERNAL, e.getMessage());
    }
  }

  private void awaitReader() throws ReplyBrokenException {
    long before = System.nanoTime();
    boolean progress = await(limits.noProgress());
    waitedNanos += System.nanoTime() - before;
    if (!progress) {
      throw stalled("took nothing for " + limits.noProgress());
    }
    if (waitedNanos >= limits.window().toNanos()) {
      if (bytesTaken < limits.bytesPerSecond() * limits.window().toMillis() / 1000) {
        throw stalled("took " + bytesTaken + " bytes in " + limits.window());
      }
      waitedNanos = 0;
      bytesTaken = 0;
    }
  }

  private boolean await(Duration timeout) throws ReplyBrokenException {
    try {
      return poller.awaitWritable(fd, timeout);
    } catch (PosixException e) {
      close();
      throw new ReplyBrokenException(Refusal.INTERNAL, e.getMessage());
    }
  }

  private ReplyBrokenException stalled(String detail) {
    close();
    return new ReplyBrokenException(Refusal.OUT_STALLED, "the reader " + detail);
  }

  private static ReplyBrokenException gone() {
    return new ReplyBrokenException(Refusal.OUT_NOREADER, "the reader is gone");
  }
}
