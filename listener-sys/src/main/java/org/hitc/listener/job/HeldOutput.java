package org.hitc.listener.job;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the programs of one job have printed so far, and a bound on what all running jobs hold
 * together: beyond it the job that prints more is ended, and the others go on.
 */
final class HeldOutput implements AutoCloseable {
  /** Of all jobs together, in bytes; each takes some times that while it becomes a page. */
  static final long MOST = 24L << 20;

  private final AtomicLong ofAll;
  private final List<ByteArrayOutputStream> printed = new ArrayList<>();
  private long held;

  /**
   * @param ofAll what all jobs hold, shared by them
   */
  HeldOutput(AtomicLong ofAll) {
    this.ofAll = ofAll;
  }

  /** The next program of the chain begins, or could not. */
  void begin() {
    printed.add(new ByteArrayOutputStream());
  }

  /**
   * The program printed this.
   *
   * @throws IOException when it is too much for all jobs together
   */
  void add(byte[] bytes, int offset, int length) throws IOException {
    held += length;
    if (ofAll.addAndGet(length) > MOST) {
      throw new IOException("the output of all running jobs together is too large");
    }
    printed.getLast().write(bytes, offset, length);
  }

  /** What the n-th program of the chain printed. */
  byte[] of(int program) {
    return printed.get(program).toByteArray();
  }

  @Override
  public void close() {
    ofAll.addAndGet(-held);
  }
}
