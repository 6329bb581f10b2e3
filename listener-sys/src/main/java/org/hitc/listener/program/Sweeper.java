package org.hitc.listener.program;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.hitc.listener.launcher.os.ProcessCalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills what a job left behind outside its process group. This process is a sub-reaper, so such
 * orphans become its children; one that is no program of ours and whose job is not live, or that
 * hides its job, is killed, and its own children become ours and are found next.
 *
 * <p>One thread. It looks when a job has ended (at most every {@value #PAUSE_MILLIS} ms, so that
 * many ends cost one look), and once a second, so that orphans that have ended do not pile up.
 * Without children it asks the kernel one question and reads nothing. Where the kernel tells whom
 * it gave us, it reads that; all processes it reads once a second at most.
 */
final class Sweeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
  private static final long PAUSE_MILLIS = 200;
  private static final long IDLE_MILLIS = 1_000;
  private static final long SETTLE_MILLIS = 2;

  /** A program that forks faster than it is killed is met again at the next look. */
  private static final int MAX_ROUNDS = 50;

  private final LiveJobs live;
  private final int self = Math.toIntExact(ProcessHandle.current().pid());
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;
  private long lastThorough = System.nanoTime();
  private boolean wanted;
  private boolean closed;

  Sweeper(LiveJobs live) {
    this.live = live;
    this.thread = Thread.ofPlatform().name("sweeper").daemon().start(this::run);
  }

  /** A job has ended: look soon. */
  void soon() {
    lock.lock();
    try {
      wanted = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Looks a last time and ends. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    boolean again = true;
    while (again) {
      again = await();
      try {
        sweep();
        TimeUnit.MILLISECONDS.sleep(again ? PAUSE_MILLIS : 0);
      } catch (IOException | RuntimeException e) {
        LOG.error("orphans could not be looked for", e);
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  /** False when this is the last look. */
  private boolean await() {
    lock.lock();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(IDLE_MILLIS);
      while (!wanted && !closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      wanted = false;
      return !closed;
    } catch (InterruptedException _) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void sweep() throws IOException, InterruptedException {
    for (int round = 0; round < MAX_ROUNDS && ProcessCalls.hasChildren(); round++) {
      List<Integer> strangers = strangers(candidates());
      if (strangers.isEmpty() || !killOrReap(strangers)) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
    }
  }

  private List<Integer> candidates() throws IOException {
    long now = System.nanoTime();
    if (!closed() && now - lastThorough < TimeUnit.MILLISECONDS.toNanos(IDLE_MILLIS)) {
      Optional<List<Integer>> adopted = Orphans.adopted();
      if (adopted.isPresent()) {
        return adopted.get();
      }
    }
    lastThorough = now;
    return Orphans.processes();
  }

  private boolean closed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Children that are no programs; a start that is under way can be among them. */
  private List<Integer> strangers(List<Integer> candidates) throws IOException {
    List<Integer> found = new ArrayList<>();
    for (int pid : candidates) {
      if (!live.isProgram(pid) && isChild(pid)) {
        found.add(pid);
      }
    }
    return found;
  }

  /** True when something was killed or had ended, so that there may be more. */
  private boolean killOrReap(List<Integer> strangers) throws IOException {
    boolean progress = false;
    Lock alone = live.starts().writeLock();
    alone.lock();
    try {
      for (int pid : strangers) {
        if (live.isProgram(pid) || !isChild(pid)) {
          continue;
        }
        if (ProcessCalls.reap(pid).isPresent()) {
          progress = true;
        } else if (!belongsToLiveJob(pid)) {
          // Still our child, and only this thread reaps it: the id cannot be another process's.
          LOG.info("killing process {}, which its job left behind", pid);
          ProcessCalls.kill(pid);
          progress = true;
        }
      }
    } finally {
      alone.unlock();
    }
    return progress;
  }

  private boolean isChild(int pid) throws IOException {
    return Orphans.parent(pid).equals(Optional.of(self));
  }

  private boolean belongsToLiveJob(int pid) throws IOException {
    return Orphans.variable(pid, Orphans.JOB).filter(live::isLive).isPresent();
  }
}
