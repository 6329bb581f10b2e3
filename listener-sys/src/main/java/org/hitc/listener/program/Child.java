package org.hitc.listener.program;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One started program, until its status has been taken. Its process id belongs to it as long: a
 * signal can never hit another process.
 */
final class Child {
  private static final long PAUSE_NANOS = 10_000_000;

  private final int pid;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<ProgramEnd> status = Optional.empty();

  Child(int pid) {
    this.pid = pid;
  }

  int pid() {
    return pid;
  }

  /** Kills the program and what is still in its process group. */
  void kill() {
    lock.lock();
    try {
      if (status.isEmpty()) {
        int error = ProcessCalls.kill(-pid);
        if (error != 0 && error != ProcessCalls.ESRCH && error != ProcessCalls.EPERM) {
          throw new IllegalStateException("kill(" + -pid + "): errno " + error);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the status of the program, and before that kills its process group: as long as the status
   * is not taken, no other process can have got the group's id. Returns at once when the program
   * has ended; else it has just been killed and ends as soon as the kernel lets it.
   */
  ProgramEnd killGroupAndReap() {
    while (true) {
      lock.lock();
      try {
        kill();
        status = ProcessCalls.reap(pid).map(ProcessCalls.Ended::end);
        if (status.isPresent()) {
          return status.get();
        }
      } finally {
        lock.unlock();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
