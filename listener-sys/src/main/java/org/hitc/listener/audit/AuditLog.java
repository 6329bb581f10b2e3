package org.hitc.listener.audit;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.hitc.channel.Refusal;
import org.hitc.listener.audit.Seals.BrokenSealException;
import org.hitc.session.token.PublicKeyFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The append-only log of one listener, in one file or several parts.
 *
 * <p>A record is in the hands of the operating system when {@link #append} returns, so a killed
 * listener loses none. It is on the disk when it returns if the event is {@link
 * AuditEvent#durable}, else within a second; threads that wait for the disk at the same time share
 * one wait. When the disk fails to take something that was promised, nothing is accepted any more
 * until the next start: what a failed {@code fsync} left is unknown. A disk that is only full is
 * tried again and again.
 *
 * <p>Every {@value #SEAL_RECORDS} records, and at the latest {@value #SEAL_SECONDS} s after a
 * record, a checkpoint is exported.
 */
public final class AuditLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
  private static final long TICK_MILLIS = 1_000;
  private static final long PART_BYTES = 64L << 20;
  private static final int SEAL_RECORDS = 1_000;
  private static final int SEAL_SECONDS = 60;
  private static final long SEAL_AFTER = Duration.ofSeconds(SEAL_SECONDS).toNanos();

  /** Those that could not be exported; a later one covers what an earlier one did. */
  private static final int MOST_MARKS = 100;

  private static final String SIGN_IN = "sign-in";
  private static final String SIGN_IN_ASKED = "sign-in-asked";

  private final Path file;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final long partBytes;
  private final RateLimit limited;
  private final Owed owed = new Owed();
  private final Thread ticker;

  private final ReentrantLock writing = new ReentrantLock();
  private final Condition wake = writing.newCondition();
  private FileOutputStream out;
  private Tail tail;
  private long length;
  private boolean torn;
  private boolean closed;

  // What is to be sealed, and what was.
  private final Deque<Mark> marks = new ArrayDeque<>();
  private Optional<Checkpoints> checkpoints = Optional.empty();
  private long marked;
  private long markedAt;
  private Instant lastWritten = Instant.MIN;

  private final ReentrantLock forcing = new ReentrantLock();
  private volatile long written;
  private long forced;
  private volatile Optional<IOException> lost = Optional.empty();

  // Used by the ticker only, and by close when it has ended.
  private final Deque<Checkpoint> unexported = new ArrayDeque<>();
  private String trouble = "";
  private long toldAt;

  /** A record that is to be sealed, and its time. */
  private record Mark(long number, String hash, Instant at) {}

  private AuditLog(
      Path file, InstantSource clock, LongSupplier nanoTime, long partBytes, FileOutputStream out)
      throws IOException {
    this.file = file;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.partBytes = partBytes;
    this.out = out;
    this.limited = new RateLimit(nanoTime);
    this.tail = tail(file);
    this.length = Files.size(file);
    this.written = tail.number();
    this.forced = tail.number();
    this.marked = tail.number();
    this.markedAt = nanoTime.getAsLong();
    this.ticker = Thread.ofVirtual().name("audit").unstarted(this::tick);
  }

  /**
   * Opens the log for appending, and makes it (mode 0600) if it does not exist. What a crash left
   * at its end is marked by a {@link AuditEvent.TornRecord}.
   *
   * @throws IOException when it cannot be opened, or another process has it open
   */
  public static AuditLog open(Path file, InstantSource clock) throws IOException {
    return open(file, clock, System::nanoTime, PART_BYTES);
  }

  /**
   * The same.
   *
   * @param nanoTime for what is limited or due in time
   * @param partBytes a file that has reached this size is followed by a new one
   */
  static AuditLog open(Path file, InstantSource clock, LongSupplier nanoTime, long partBytes)
      throws IOException {
    FileOutputStream out = openLocked(file);
    try {
      AuditLog log = new AuditLog(file, clock, nanoTime, partBytes, out);
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
   * Reads only; the log may be in use. A tail that was cut, and a log that was written anew, are
   * not noticed.
   *
   * @throws IOException when it cannot be read, or has no part
   */
  public static Verification verify(Source log) throws IOException {
    try (OpenLog opened = opened(log)) {
      return Chain.follow(opened, Optional.empty());
    }
  }

  /**
   * The same, and compares it with exported checkpoints.
   *
   * @param checkpoints files of them, in their order
   * @param keys that may have sealed them
   * @param whose checkpoints count; those of others are left out
   */
  public static Verification verify(
      Source log, List<Path> checkpoints, Collection<PublicKeyFile> keys, Whose whose)
      throws IOException {
    // In this order: what a checkpoint speaks of is in the log when that is opened.
    try (Seals seals = Seals.open(checkpoints, keys, whose);
        OpenLog opened = opened(log)) {
      return Chain.follow(opened, Optional.of(seals));
    } catch (BrokenSealException e) {
      return e.broken();
    }
  }

  private static OpenLog opened(Source log) throws IOException {
    OpenLog opened = log.open();
    if (opened.parts().isEmpty()) {
      throw new IOException("there is no audit log");
    }
    return opened;
  }

  /** Opens a log to be verified, such as {@link OpenLog#of}. */
  @FunctionalInterface
  public interface Source {
    OpenLog open() throws IOException;
  }

  /**
   * Where checkpoints are exported to, from now on. When a crash has kept the last seam between two
   * parts from being sealed, that is made up for.
   */
  public void seal(Checkpoints to) {
    Optional<Mark> seam = unsealedSeam(to);
    writing.lock();
    try {
      checkpoints = Optional.of(to);
      seam.ifPresent(marks::addFirst);
    } finally {
      writing.unlock();
    }
  }

  private Optional<Mark> unsealedSeam(Checkpoints to) {
    try {
      List<Path> earlier = Parts.earlier(file);
      if (earlier.isEmpty()) {
        return Optional.empty();
      }
      Tail seam = Tail.of(earlier.getLast());
      return to.lacks(seam.number())
          ? Optional.of(new Mark(seam.number(), seam.hash(), clock.instant()))
          : Optional.empty();
    } catch (IOException e) {
      LOG.warn("whether the last seam of {} is sealed cannot be told", file, e);
      return Optional.empty();
    }
  }

  /**
   * Records an event before it may happen. At most {@value RateLimit#PER_SECOND} refusals of one
   * kind, as many failed sign-ins, and as many that go on with a further screen, are recorded in a
   * second; the others are counted, and the count is recorded within a second.
   *
   * @throws AuditException when it could not be recorded (disk full, disk error, closed)
   */
  public void append(AuditEvent event) {
    Optional<String> kind = limitedAs(event);
    long number;
    writing.lock();
    try {
      if (kind.isPresent() && !limited.admits(kind.get())) {
        return;
      }
      if (lost.isPresent()) {
        throw lost.get();
      }
      number = write(clock.instant(), event);
    } catch (IOException e) {
      kind.ifPresent(limited::unrecorded);
      throw new AuditException("the audit log cannot be written", e);
    } finally {
      writing.unlock();
    }
    if (event.durable()) {
      force(number);
    }
  }

  /**
   * Records what has happened already. While the log cannot be written the record is kept in
   * memory, in its order and with its time; of more than {@value Owed#MOST} such, and of what is
   * limited in rate, only the count.
   */
  public void record(AuditEvent event) {
    Optional<String> kind = limitedAs(event);
    Instant at = clock.instant();
    writing.lock();
    try {
      if (kind.isPresent() && !limited.admits(kind.get())) {
        return;
      }
      write(at, event);
    } catch (IOException e) {
      LOG.error("not in the audit log yet: {}: {}", event, e.getMessage());
      kind.ifPresentOrElse(limited::unrecorded, () -> owed.add(at, event));
    } finally {
      writing.unlock();
    }
  }

  /** Records what is still only counted or owed, waits for the disk, seals, closes the file. */
  @Override
  public void close() {
    writing.lock();
    try {
      if (closed) {
        return;
      }
      writeOwedAndCounts();
      mark();
    } catch (IOException e) {
      LOG.error("the audit log {} lacks its last records", file, e);
    } finally {
      closed = true;
      wake.signalAll();
      writing.unlock();
    }
    try {
      ticker.join();
      force(written);
      export();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      closeFile();
    }
  }

  private void closeFile() {
    try {
      out.close();
    } catch (IOException e) {
      throw new AuditException("the audit log cannot be closed", e);
    }
  }

  private static Optional<String> limitedAs(AuditEvent event) {
    return switch (event) {
      case AuditEvent.Refused refused -> Optional.of(refused.why().code());
      case AuditEvent.SignIn(var _, var _, boolean granted) when !granted -> Optional.of(SIGN_IN);
      case AuditEvent.SignInAsked _ -> Optional.of(SIGN_IN_ASKED);
      default -> Optional.empty();
    };
  }

  private static AuditEvent count(String kind, long count) {
    return switch (kind) {
      case SIGN_IN -> new AuditEvent.SignInsCounted(count);
      case SIGN_IN_ASKED -> new AuditEvent.SignInsAskedCounted(count);
      default -> new AuditEvent.RefusalsCounted(Refusal.ofCode(kind).orElseThrow(), count);
    };
  }

  private long write(Instant at, AuditEvent event) throws IOException {
    if (closed) {
      throw new IOException(file + " is closed");
    }
    writeOwed();
    mendTorn();
    if (length >= partBytes) {
      continueInNextPart();
    }
    writeLine(at, event);
    markIfDue();
    return tail.number();
  }

  private void writeOwed() throws IOException {
    for (Optional<Owed.Item> item = owed.first(clock.instant());
        item.isPresent();
        item = owed.first(clock.instant())) {
      writeLine(item.get().at(), item.get().event());
      owed.removeFirst();
    }
    // Not among them: they keep their times, and a key may have come between them and now.
    markIfDue();
  }

  private void mendTorn() throws IOException {
    if (torn) {
      tail = tail(file);
      mend();
    }
  }

  private void writeLine(Instant at, AuditEvent event) throws IOException {
    mendTorn();
    byte[] line = Line.write(tail.number() + 1, tail.hash(), at, event);
    torn = true;
    out.write(line);
    torn = false;
    length += line.length;
    tail = tail.after(line);
    written = tail.number();
    lastWritten = at;
  }

  private void markIfDue() {
    if (tail.number() - marked >= SEAL_RECORDS) {
      mark();
      wake.signalAll();
    }
  }

  /** Binds a fragment at the end of the file into the chain. */
  private void mend() throws IOException {
    Optional<AuditEvent.TornRecord> mark = tail.mark();
    torn = true;
    if (mark.isPresent()) {
      if (!tail.endsWithLineEnd()) {
        out.write('\n');
      }
      Instant at = clock.instant();
      byte[] line = Line.write(tail.number() + 1, tail.hash(), at, mark.get());
      out.write(line);
      tail = tail.after(line);
      lastWritten = at;
    }
    torn = false;
    length = Files.size(file);
    written = tail.number();
  }

  /**
   * The new file is there and locked before the old one gives up the name, so that a disk without
   * room for it leaves everything as it was.
   */
  private void continueInNextPart() throws IOException {
    Path fresh = Parts.fresh(file);
    Files.deleteIfExists(fresh);
    FileOutputStream next = openLocked(fresh);
    Path before = Parts.ending(file, tail.number());
    forcing.lock();
    try (FileOutputStream old = out) {
      old.getFD().sync();
      forced = tail.number();
      Files.move(file, before, StandardCopyOption.ATOMIC_MOVE);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      forceNames(file);
      out = next;
    } catch (IOException e) {
      lost = Optional.of(e);
      throw e;
    } finally {
      forcing.unlock();
    }
    // The seam is sealed, so that what is before it can be archived elsewhere.
    mark();
    length = 0;
    writeLine(clock.instant(), new AuditEvent.LogContinued(before.getFileName().toString()));
  }

  /** The last record, or that of the part before when the file has none yet. */
  private static Tail tail(Path file) throws IOException {
    Tail own = Tail.of(file);
    List<Path> earlier = Parts.earlier(file);
    if (own.number() > 0 || earlier.isEmpty()) {
      return own;
    }
    Tail before = Tail.of(earlier.getLast());
    return new Tail(before.number(), before.hash(), own.fragment());
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
          writeOwedAndCounts();
          if (nanoTime.getAsLong() - markedAt >= SEAL_AFTER) {
            mark();
          }
        } finally {
          writing.unlock();
        }
        force(written);
        export();
      } catch (AuditException | IOException e) {
        tell("the audit log " + file + " cannot be written: " + rootOf(e));
      }
    }
  }

  /** The same trouble is told once a minute, not once a second. */
  private void tell(String what) {
    long now = nanoTime.getAsLong();
    if (!what.equals(trouble) || now - toldAt >= SEAL_AFTER) {
      trouble = what;
      toldAt = now;
      LOG.error("{}", what);
    }
  }

  private static String rootOf(Exception e) {
    return String.valueOf(
        Optional.ofNullable(e.getCause()).map(Throwable::getMessage).orElse(e.getMessage()));
  }

  private boolean awaitTick() {
    writing.lock();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
      long before = marks.size();
      while (!closed && nanos > 0 && marks.size() == before) {
        nanos = wake.awaitNanos(nanos);
      }
      return !closed;
    } catch (InterruptedException _) {
      return false;
    } finally {
      writing.unlock();
    }
  }

  /** The last record is to be sealed, if no one has been yet. */
  private void mark() {
    markedAt = nanoTime.getAsLong();
    if (tail.number() > marked) {
      marked = tail.number();
      if (marks.size() == MOST_MARKS) {
        marks.remove();
      }
      marks.add(new Mark(tail.number(), tail.hash(), lastWritten));
    }
  }

  /** Seals what is to be sealed and exports it; what cannot be exported now is tried again. */
  private void export() {
    Optional<Checkpoints> to;
    writing.lock();
    try {
      to = checkpoints;
    } finally {
      writing.unlock();
    }
    if (to.isPresent()) {
      sealMarks(to.get());
      exportTo(to.get());
    }
  }

  /** All of them at once, however full the file's disk is: with the key of their time. */
  private void sealMarks(Checkpoints to) {
    for (Optional<Mark> mark = nextMark(); mark.isPresent(); mark = nextMark()) {
      // Whoever holds the checkpoint may ask for the record, also after a power failure.
      force(mark.get().number());
      if (unexported.size() == MOST_MARKS) {
        unexported.remove();
      }
      unexported.add(to.seal(mark.get().number(), mark.get().hash(), mark.get().at()));
      writing.lock();
      try {
        marks.remove(mark.get());
      } finally {
        writing.unlock();
      }
    }
  }

  private Optional<Mark> nextMark() {
    writing.lock();
    try {
      return Optional.ofNullable(marks.peek());
    } finally {
      writing.unlock();
    }
  }

  private void exportTo(Checkpoints to) {
    while (!unexported.isEmpty()) {
      try {
        to.export(unexported.element());
      } catch (IOException e) {
        tell("no checkpoint of the audit log can be exported to " + to + ": " + e);
        return;
      }
      unexported.remove();
    }
  }

  private void writeOwedAndCounts() throws IOException {
    writeOwed();
    for (Map.Entry<String, Long> counted : limited.counted().entrySet()) {
      write(clock.instant(), count(counted.getKey(), counted.getValue()));
      limited.recorded(counted.getKey());
    }
  }

  private static FileOutputStream openLocked(Path file) throws IOException {
    create(file);
    return LockedFile.open(file);
  }

  private static void create(Path file) throws IOException {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException _) {
      return;
    }
    forceNames(file);
  }

  private static void forceNames(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
        entries.force(true);
      }
    }
  }
}
