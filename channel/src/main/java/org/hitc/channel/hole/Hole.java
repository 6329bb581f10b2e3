package org.hitc.channel.hole;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.hitc.channel.hole.HoleCheck.Problem;
import org.hitc.channel.os.Poller;
import org.hitc.channel.os.PosixException;

/**
 * The listener side of the hole. {@link #open} checks the files and takes the lock that keeps a
 * second listener out; {@link #serve} listens until {@link #close}.
 *
 * <p><b>SECURITY.</b> See the package: nothing that comes from web-side is believed. What it can
 * cause is that its own requests are refused.
 */
public final class Hole implements AutoCloseable {
  /** After a burst or garbage the spool is looked at soon, but not for every burst. */
  private static final Duration SCAN_SOON = Duration.ofMillis(100);

  private final Layout layout;
  private final HoleLimits limits;
  private final Poller poller;
  private final Observer observer;
  private final Spool spool;
  private final DaemonPipe daemon;
  private final ReentrantLock serving = new ReentrantLock();
  private volatile boolean closing;
  private boolean closed;

  private Hole(
      Layout layout,
      HoleLimits limits,
      Poller poller,
      Observer observer,
      Spool spool,
      DaemonPipe daemon) {
    this.layout = layout;
    this.limits = limits;
    this.poller = poller;
    this.observer = observer;
    this.spool = spool;
    this.daemon = daemon;
  }

  /**
   * Checks the files of the hole, takes the lock, and opens the daemon pipe: from now on hints are
   * kept, and a gateway does not find the listener down.
   *
   * @param poller stays the caller's; is closed after this
   * @throws StartRefusedException when a file is not as it must be, naming all of them with their
   *     cures, or when another listener has the lock
   * @throws PosixException when the system refuses a call
   */
  public static Hole open(
      Layout layout, Owners owners, HoleLimits limits, Poller poller, Observer observer)
      throws StartRefusedException, PosixException {
    List<Problem> problems = HoleCheck.problems(layout, owners);
    if (!problems.isEmpty()) {
      throw new StartRefusedException(problems.stream().map(Problem::toString).toList());
    }
    Spool spool = Spool.open(layout, owners, limits.admission());
    try {
      if (!spool.tryLock()) {
        throw new StartRefusedException(
            List.of("another listener is at work: it holds the lock of " + layout.work()));
      }
      return new Hole(layout, limits, poller, observer, spool, DaemonPipe.open(layout));
    } catch (IOException e) {
      spool.close();
      throw e;
    }
  }

  /**
   * Listens on the calling thread, which must be a platform thread, until {@link #close}; then
   * waits for the requests under way, within the limits.
   *
   * @throws PosixException when listening is not possible any more
   */
  public void serve(Handler handler) throws PosixException {
    serving.lock();
    // Closed from the last to the first: heartbeats go on while the requests under way end.
    try (Litter litter = new Litter(Spool.openDirectory(layout.jobs()), limits.spool());
        ScheduledExecutorService timer = timer();
        RequestRunner runner = new RequestRunner(spool, limits, poller, handler, observer);
        Intake intake =
            new Intake(
                spool,
                Spool.openDirectory(layout.jobs()),
                limits,
                ClaimJournal.open(spool.work(), limits.spool()),
                runner,
                observer)) {
      every(timer, limits.drain().heartbeat().dividedBy(2), runner::tick);
      every(timer, limits.spool().scanEvery(), () -> litter.sweep(runner::uses));
      listen(intake);
    } finally {
      serving.unlock();
    }
  }

  /** Ends {@link #serve}, waits for it, and gives up the lock. */
  @Override
  public void close() throws PosixException {
    closing = true;
    daemon.wake();
    serving.lock();
    try {
      if (!closed) {
        closed = true;
        daemon.close();
        spool.close();
      }
    } finally {
      serving.unlock();
    }
  }

  private void listen(Intake intake) throws PosixException {
    intake.recover();
    long lastScan = System.nanoTime();
    boolean soon = !intake.scan();
    while (!closing) {
      Duration pause = soon ? SCAN_SOON : limits.spool().scanEvery();
      long left = lastScan + pause.toNanos() - System.nanoTime();
      if (left > 0) {
        // Rounded up: to poll for less than a millisecond would be to poll in circles.
        soon |= daemon.read(Duration.ofNanos(left).plusMillis(1), intake::consider);
      } else {
        lastScan = System.nanoTime();
        soon = !intake.scan();
        lookAfterPipe();
      }
    }
  }

  private void lookAfterPipe() throws PosixException {
    daemon.keepSize();
    long garbage = daemon.takeGarbage();
    if (garbage > 0) {
      observer.garbage(garbage);
    }
  }

  private interface Chore {
    void run() throws IOException;
  }

  private void every(ScheduledExecutorService timer, Duration period, Chore chore) {
    long nanos = period.toNanos();
    var _ =
        timer.scheduleWithFixedDelay(
            () -> {
              try {
                chore.run();
              } catch (IOException | RuntimeException e) {
                observer.failed(Optional.empty(), e);
              }
            },
            nanos,
            nanos,
            TimeUnit.NANOSECONDS);
  }

  private static ScheduledExecutorService timer() {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name("hitc-hole-timer").factory());
  }
}
