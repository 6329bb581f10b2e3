package org.hitc.channel.os;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets any number of threads wait for descriptors while one thread of the operating system watches
 * them all ({@code epoll(7)}): a waiting virtual thread costs no carrier. Works for pipes, FIFOs,
 * sockets and the {@linkplain PosixFiles#pidfdOpen descriptors of processes}; a regular file is
 * refused by the kernel with {@link Errno#EPERM}.
 *
 * <p>A descriptor has at most one waiter at a time, and must not be closed while it has one.
 */
public final class Poller implements AutoCloseable {
  /** What comes with the event of {@link #wake}: no waiter has this number. */
  private static final long WAKE = -1;

  private final int epoll;
  private final int wake;
  private final Thread thread;
  private final ConcurrentMap<Integer, Waiter> waiters = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private volatile boolean closed;

  private Poller(int epoll, int wake) {
    this.epoll = epoll;
    this.wake = wake;
    this.thread = Thread.ofPlatform().daemon().name("hitc-poller").unstarted(this::run);
  }

  /** Starts the watching thread. */
  public static Poller open() throws PosixException {
    int epoll = Epoll.create();
    int wake = Epoll.eventfd();
    Epoll.arm(epoll, wake, Epoll.IN, WAKE);
    Poller poller = new Poller(epoll, wake);
    poller.thread.start();
    return poller;
  }

  /**
   * Parks the calling thread until something can be read from the descriptor, or its other side has
   * hung up, or there is an error to be had from the next read.
   *
   * @return false when the time was over before
   * @throws PosixException {@link Errno#ECANCELED} when the poller is closed, {@link Errno#EINTR}
   *     when the thread is interrupted (and it stays interrupted)
   * @throws IllegalStateException when another thread is waiting for the descriptor
   */
  public boolean awaitReadable(int fd, Duration timeout) throws PosixException {
    return await(fd, Epoll.IN, timeout);
  }

  /** As {@link #awaitReadable}, until something can be written or there is no more reader. */
  public boolean awaitWritable(int fd, Duration timeout) throws PosixException {
    return await(fd, Epoll.OUT, timeout);
  }

  /** Ends all waiting with {@link Errno#ECANCELED}, and then the watching thread. */
  @Override
  public void close() throws PosixException {
    if (closed) {
      return;
    }
    closed = true;
    byte[] one = {1, 0, 0, 0, 0, 0, 0, 0};
    PosixFiles.write(wake, one, 0, one.length);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    // They are all awake now, and still use the descriptors on their way out.
    while (!waiters.isEmpty()) {
      Thread.onSpinWait();
    }
    PosixFiles.close(wake);
    PosixFiles.close(epoll);
  }

  private boolean await(int fd, int events, Duration timeout) throws PosixException {
    long deadline = System.nanoTime() + timeout.toNanos();
    Waiter waiter = new Waiter(Thread.currentThread(), numbers.getAndIncrement());
    if (waiters.putIfAbsent(fd, waiter) != null) {
      throw new IllegalStateException("descriptor " + fd + " has a waiter already");
    }
    boolean armed = false;
    try {
      requireOpen(fd);
      Epoll.arm(epoll, fd, events, waiter.key(fd));
      armed = true;
      // A one-shot event that has come leaves nothing behind that would have to be taken back.
      armed = !parkUntilReady(waiter, fd, deadline);
      return !armed;
    } finally {
      try {
        if (armed) {
          Epoll.disarm(epoll, fd);
        }
      } finally {
        waiters.remove(fd, waiter);
      }
    }
  }

  private boolean parkUntilReady(Waiter waiter, int fd, long deadline) throws PosixException {
    while (!waiter.ready) {
      requireOpen(fd);
      if (Thread.currentThread().isInterrupted()) {
        throw new PosixException(Errno.EINTR, "epoll_wait", "descriptor " + fd);
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      LockSupport.parkNanos(this, left);
    }
    return true;
  }

  private void requireOpen(int fd) throws PosixException {
    if (closed) {
      throw new PosixException(Errno.ECANCELED, "epoll_wait", "descriptor " + fd);
    }
  }

  private void run() {
    try {
      while (!closed) {
        Epoll.await(epoll, this::ready);
      }
    } catch (PosixException e) {
      // Only a fault of this class can make the kernel refuse to wait: nobody may wait for ever.
      throw new IllegalStateException(e);
    } finally {
      closed = true;
      waiters.values().forEach(waiter -> LockSupport.unpark(waiter.thread));
    }
  }

  private void ready(long key) {
    if (key == WAKE) {
      return;
    }
    @Nullable Waiter waiter = waiters.get((int) key);
    // Another number: the event is a late one of a former waiter of this descriptor.
    if (waiter != null && waiter.number == (int) (key >>> Integer.SIZE)) {
      waiter.ready = true;
      LockSupport.unpark(waiter.thread);
    }
  }

  private static final class Waiter {
    final Thread thread;
    final int number;
    volatile boolean ready;

    Waiter(Thread thread, int number) {
      this.thread = thread;
      this.number = number & Integer.MAX_VALUE;
    }

    long key(int fd) {
      return ((long) number << Integer.SIZE) | fd;
    }
  }
}
