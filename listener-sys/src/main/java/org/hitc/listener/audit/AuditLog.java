package org.hitc.listener.audit;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.hitc.channel.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The append-only log of one listener.
 *
 * <p>A record is in the hands of the operating system when {@link #append} returns, so a killed
 * listener loses none. It is on the disk when it returns if the event is {@link
 * AuditEvent#durable}, else within a second; threads that wait for the disk at the same time share
 * one wait. When the disk fails to take something that was promised, nothing durable is accepted
 * any more until the next start: what a failed {@code fsync} left is unknown.
 */
public final class AuditLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
  private static final long TICK_MILLIS = 1_000;

  private final Path file;
  private final InstantSource clock;
  private final FileOutputStream out;
  private final RateLimit refusals;
  private final Thread ticker;

  private final ReentrantLock writing = new ReentrantLock();
  private final Condition closing = writing.newCondition();
  private Tail tail;
  private boolean torn;
  private boolean closed;

  private final ReentrantLock forcing = new ReentrantLock();
  private volatile long written;
  private long forced;
  private Optional<IOException> lost = Optional.empty();

  private AuditLog(Path file, InstantSource clock, FileOutputStream out) throws IOException {
    this.file = file;
    this.clock = clock;
    this.out = out;
    this.refusals = new RateLimit(System::nanoTime);
    this.tail = Tail.of(file);
    this.written = tail.number();
    this.forced = tail.number();
    this.ticker = Thread.ofVirtual().name("audit").unstarted(this::tick);
  }

  /**
   * Opens the log for appending, and makes it (mode 0600) if it does not exist. What a crash left
   * at its end is marked by a {@link AuditEvent.TornRecord}.
   *
   * @throws IOException when it cannot be opened, or another process has it open
   */
  public static AuditLog open(Path file, InstantSource clock) throws IOException {
    create(file);
    FileOutputStream out = new FileOutputStream(file.toFile(), true);
    try {
      lock(out, file);
      AuditLog log = new AuditLog(file, clock, out);
      log.writing.lock();
      try {
        log.mend();
      } finally {
        log.writing.unlock();
      }
      log.force(log.written);
      log.ticker.start();
      return log;
    } catch (IOException | RuntimeException e) {
      out.close();
      throw e;
    }
  }

  /**
   * Reads a log from its first byte and reports the first line that is not what was written there.
   * Reads only; the log may be in use.
   */
  public static Verification verify(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Chain.follow(in);
    }
  }

  /**
   * Records an event. At most {@value RateLimit#PER_SECOND} refusals of one kind are recorded in a
   * second; the others are counted, and the count is recorded within a second.
   *
   * @throws AuditException when it could not be recorded (disk full, disk error, closed)
   */
  public void append(AuditEvent event) {
    long number;
    writing.lock();
    try {
      if (event instanceof AuditEvent.Refused refused && !refusals.admits(refused.why())) {
        return;
      }
      number = write(event);
    } catch (IOException e) {
      throw new AuditException("the audit log cannot be written", e);
    } finally {
      writing.unlock();
    }
    if (event.durable()) {
      force(number);
    }
  }

  /** Records what is still only counted, waits for the disk, and closes the file. */
  @Override
  public void close() {
    writing.lock();
    try {
      if (closed) {
        return;
      }
      writeCounts();
      closed = true;
      closing.signalAll();
    } finally {
      writing.unlock();
    }
    try (out) {
      force(written);
    } catch (IOException e) {
      throw new AuditException("the audit log cannot be closed", e);
    }
  }

  private long write(AuditEvent event) throws IOException {
    if (closed) {
      throw new IOException(file + " is closed");
    }
    if (torn) {
      tail = Tail.of(file);
      mend();
    }
    byte[] line = Line.write(tail.number() + 1, tail.hash(), clock.instant(), event);
    torn = true;
    out.write(line);
    torn = false;
    tail = tail.after(line);
    written = tail.number();
    return tail.number();
  }

  /** Binds a fragment at the end of the file into the chain. */
  private void mend() throws IOException {
    Optional<AuditEvent.TornRecord> mark = tail.mark();
    torn = true;
    if (mark.isPresent()) {
      if (!tail.endsWithLineEnd()) {
        out.write('\n');
      }
      byte[] line = Line.write(tail.number() + 1, tail.hash(), clock.instant(), mark.get());
      out.write(line);
      tail = tail.after(line);
    }
    torn = false;
    written = tail.number();
  }

  private void force(long number) {
    forcing.lock();
    try {
      if (forced >= number) {
        return;
      }
      if (lost.isPresent()) {
        throw new AuditException("the audit log may have lost records", lost.get());
      }
      long upTo = written;
      out.getFD().sync();
      forced = upTo;
    } catch (IOException e) {
      lost = Optional.of(e);
      throw new AuditException("the audit log is not on the disk", e);
    } finally {
      forcing.unlock();
    }
  }

  private void tick() {
    while (awaitTick()) {
      try {
        writing.lock();
        try {
          writeCounts();
        } finally {
          writing.unlock();
        }
        force(written);
      } catch (AuditException e) {
        LOG.error("{}: {}", file, String.valueOf(e.getCause()));
      }
    }
  }

  private boolean awaitTick() {
    writing.lock();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
      while (!closed && nanos > 0) {
        nanos = closing.awaitNanos(nanos);
      }
      return !closed;
    } catch (InterruptedException _) {
      return false;
    } finally {
      writing.unlock();
    }
  }

  private void writeCounts() {
    for (Map.Entry<Refusal, Long> counted : refusals.counted().entrySet()) {
      try {
        write(new AuditEvent.RefusalsCounted(counted.getKey(), counted.getValue()));
      } catch (IOException e) {
        throw new AuditException("the audit log cannot be written", e);
      }
      refusals.recorded(counted.getKey());
    }
  }

  private static void create(Path file) throws IOException {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException _) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
        entries.force(true);
      }
    }
  }

  private static void lock(FileOutputStream out, Path file) throws IOException {
    try {
      if (out.getChannel().tryLock() == null) {
        throw new IOException(file + " is in use by another process");
      }
    } catch (OverlappingFileLockException e) {
      throw new IOException(file + " is already open", e);
    }
  }
}
