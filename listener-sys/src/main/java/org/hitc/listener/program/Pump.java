package org.hitc.listener.program;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.hitc.channel.os.Errno;
import org.hitc.channel.os.Poller;
import org.hitc.channel.os.PosixException;
import org.hitc.channel.os.PosixFiles;
import org.hitc.listener.config.Program;

/**
 * Feeds one running program and takes what it prints, until it has ended: one thread, four
 * descriptors, none of which can block it. Only the observer can, for as long as it likes to let
 * the program wait.
 */
final class Pump implements AutoCloseable {
  static final int MAX_STDERR = 64 * 1024;

  /** How long a process that outlives the program may still print. */
  private static final Duration DRAIN = Duration.ofMillis(200);

  private static final int SMALL_BUFFER = 8 * 1024;
  private static final int LARGE_BUFFER = PosixFiles.MAX_TRANSFER;

  private static final int CHUNK = PosixFiles.MAX_TRANSFER;

  private final Poller poller;
  private final Program program;
  private final JobObserver observer;
  private final long maxOutput;
  private final byte[] input;
  private final DescriptorSet set;
  private int stdin;
  private int stdout;
  private int stderr;
  private int watched = -1;

  private final ByteArrayOutputStream errors = new ByteArrayOutputStream(0);
  private byte[] buffer = {};
  private int fed;
  private long printed;
  private boolean ended;
  private long deadline;
  private Optional<ProgramEnd> killedFor = Optional.empty();

  /**
   * Takes over our ends of the pipes, and closes them.
   *
   * @param stdin -1 when there is nothing left to feed
   */
  Pump(
      Poller poller,
      Step step,
      JobObserver observer,
      byte[] input,
      int stdin,
      int stdout,
      int stderr)
      throws IOException {
    this.poller = poller;
    this.program = step.program();
    this.observer = observer;
    this.maxOutput = step.maxOutput();
    this.input = input;
    this.stdin = stdin;
    this.stdout = stdout;
    this.stderr = stderr;
    this.set = DescriptorSet.open();
  }

  long printed() {
    return printed;
  }

  byte[] errors() {
    return errors.toByteArray();
  }

  /**
   * Until the program has ended and been reaped.
   *
   * @param timeout from now
   */
  ProgramEnd run(Child child, Duration timeout) throws IOException {
    deadline = System.nanoTime() + timeout.toNanos();
    ProgramEnd status;
    try {
      observer.started(program, child.pid());
      watch(child);
      pump(child);
    } finally {
      if (!ended) {
        child.kill();
      }
      status = child.end();
    }
    return killedFor.orElse(status);
  }

  private void watch(Child child) throws IOException {
    watched = child.watch();
    set.addReadable(watched);
    set.addReadable(stdout);
    set.addReadable(stderr);
    if (stdin >= 0) {
      set.addWritable(stdin);
    }
  }

  private void pump(Child child) throws IOException {
    while (!ended || stdout >= 0 || stderr >= 0) {
      long left = deadline - System.nanoTime();
      if (left <= 0 || !poller.awaitReadable(set.fd(), Duration.ofNanos(left))) {
        if (ended) {
          return;
        }
        killFor(child, new ProgramEnd.TimedOut());
        continue;
      }
      for (int fd : set.ready()) {
        serve(child, fd);
      }
    }
  }

  private void serve(Child child, int fd) throws IOException {
    if (fd == stdin) {
      feed();
    } else if (fd == stdout) {
      takeOutput(child);
    } else if (fd == stderr) {
      takeErrors();
    } else if (fd == watched && child.hasEnded()) {
      set.remove(watched);
      ended = true;
      deadline = System.nanoTime() + DRAIN.toNanos();
    }
  }

  private void feed() throws IOException {
    try {
      fed += Math.max(0, PosixFiles.write(stdin, input, fed, Math.min(CHUNK, input.length - fed)));
    } catch (PosixException e) {
      if (!e.is(Errno.EPIPE)) {
        throw e;
      }
      // A program need not read what it is given.
      fed = input.length;
    }
    if (fed == input.length) {
      PosixFiles.close(stdin);
      stdin = -1;
    }
  }

  private void takeOutput(Child child) throws IOException {
    int count = fill(stdout);
    if (count == PosixFiles.WOULD_BLOCK) {
      return;
    }
    if (count == 0) {
      PosixFiles.close(stdout);
      stdout = -1;
      return;
    }
    if (killedFor.isPresent()) {
      return;
    }
    int allowed = (int) Math.min(count, maxOutput - printed);
    try {
      if (allowed > 0) {
        observer.output(program, buffer, 0, allowed);
        printed += allowed;
      }
    } catch (NotTakenException e) {
      killFor(child, new ProgramEnd.NotTaken(e.why(), String.valueOf(e.getMessage())));
      return;
    }
    if (allowed < count) {
      killFor(child, new ProgramEnd.OutputLimit());
    }
  }

  private void takeErrors() throws IOException {
    int count = fill(stderr);
    if (count == PosixFiles.WOULD_BLOCK) {
      return;
    }
    if (count == 0) {
      PosixFiles.close(stderr);
      stderr = -1;
      return;
    }
    errors.write(buffer, 0, Math.min(count, MAX_STDERR - errors.size()));
  }

  /** Most programs print little, and many may be waiting: the buffer starts small, and late. */
  private int fill(int fd) throws IOException {
    if (buffer.length == 0) {
      buffer = new byte[SMALL_BUFFER];
    }
    int count = PosixFiles.read(fd, buffer, 0, buffer.length);
    if (count == SMALL_BUFFER && buffer.length == SMALL_BUFFER) {
      buffer = java.util.Arrays.copyOf(buffer, LARGE_BUFFER);
    }
    return count;
  }

  private void killFor(Child child, ProgramEnd end) {
    if (killedFor.isEmpty()) {
      killedFor = Optional.of(end);
    }
    child.kill();
    deadline = System.nanoTime() + Duration.ofSeconds(1).toNanos();
  }

  @Override
  public void close() throws IOException {
    try (set) {
      Pipes.closeAll(stdin, stdout, stderr);
    }
  }
}
