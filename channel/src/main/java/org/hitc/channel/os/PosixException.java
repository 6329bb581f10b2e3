package org.hitc.channel.os;

import java.io.IOException;
import java.io.Serial;

/** A system call that failed: which, on what, and with which {@link Errno error number}. */
public final class PosixException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private final int errno;

  /**
   * @param call name of the call, such as {@code openat}
   * @param subject the path or descriptor it was about, fit for a log
   */
  PosixException(int errno, String call, String subject) {
    super(call + " " + subject + ": " + Errno.name(errno));
    this.errno = errno;
  }

  /** The error number, one of {@link Errno} or another of the system. */
  public int errno() {
    return errno;
  }

  /** True when the error number is one of these. */
  public boolean is(int... errnos) {
    for (int candidate : errnos) {
      if (errno == candidate) {
        return true;
      }
    }
    return false;
  }
}
