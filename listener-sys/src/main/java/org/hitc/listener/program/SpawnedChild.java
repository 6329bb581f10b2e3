package org.hitc.listener.program;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.hitc.channel.os.PosixFiles;
import org.hitc.listener.launcher.os.ProcessCalls;

/**
 * A program that this process started itself. Its process id belongs to it until its status has
 * been taken: a signal can never hit another process.
 */
final class SpawnedChild implements Child {
  private static final long PAUSE_NANOS = 10_000_000;
  private static final int NONE = -1;

  private final int pid;
  private final LiveJobs live;
  private final ReentrantLock lock = new ReentrantLock();
  private int pidfd = NONE;
  private Optional<ProgramEnd> status = Optional.empty();

  /**
   * @param live where it stands, until it has ended
   */
  SpawnedChild(int pid, LiveJobs live) {
    this.pid = pid;
    this.live = live;
  }

  @Override
  public int pid() {
    return pid;
  }

  @Override
  public int watch() throws IOException {
    pidfd = PosixFiles.pidfdOpen(pid);
    return pidfd;
  }

  @Override
  public boolean hasEnded() {
    return true;
  }

  /** The program and what is still in its process group. */
  @Override
  public void kill() {
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
   * Before the status is taken the process group is killed: as long as it is not, no other process
   * can have got the group's id.
   */
  @Override
  public ProgramEnd end() throws IOException {
    try {
      return reap();
    } finally {
      live.leave(this);
      Pipes.closeAll(pidfd);
    }
  }

  private ProgramEnd reap() {
    while (true) {
      lock.lock();
      try {
        kill();
        status = ProcessCalls.reap(pid).map(ProgramEnd::of);
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
