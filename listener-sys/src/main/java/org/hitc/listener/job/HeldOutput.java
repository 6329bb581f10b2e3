package org.hitc.listener.job;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.hitc.channel.Refusal;
import org.hitc.listener.program.NotTakenException;

/**
 * What the programs of one chain have printed that is kept in memory (guards, choices, values), and
 * a bound on what all running jobs hold together: beyond it the job that prints more is ended, and
 * the others go on. Used by one thread.
 */
final class HeldOutput implements AutoCloseable {
  /** Of all jobs together, in bytes; each takes some times that while it becomes a page. */
  static final long MOST = 24L << 20;

  /** Of one program, in bytes. */
  static final long OF_ONE = 1L << 20;

  private final AtomicLong ofAll;
  private ByteArrayOutputStream printed = new ByteArrayOutputStream(0);
  private long held;

  /**
   * @param ofAll what all jobs hold, shared by them
   */
  HeldOutput(AtomicLong ofAll) {
    this.ofAll = ofAll;
  }

  /**
   * The program that runs printed this.
   *
   * @throws NotTakenException BUSY when it is too much for all jobs together
   */
  void add(byte[] bytes, int offset, int length) throws NotTakenException {
    held += length;
    if (ofAll.addAndGet(length) > MOST) {
      throw new NotTakenException(
          Refusal.BUSY, "the output of all running jobs together is too large");
    }
    printed.write(bytes, offset, length);
  }

  /** What the program that ran has printed; the next one begins. */
  byte[] take() {
    byte[] bytes = printed.toByteArray();
    printed = new ByteArrayOutputStream(0);
    return bytes;
  }

  @Override
  public void close() {
    ofAll.addAndGet(-held);
    held = 0;
  }
}
