package org.hitc.channel.hole;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.Request;
import org.hitc.channel.RequestId;
import org.hitc.channel.codec.Hint;
import org.hitc.channel.codec.RequestCodec;
import org.hitc.channel.os.Poller;
import org.hitc.channel.os.PosixException;
import org.hitc.channel.os.PosixFiles;

/** A hole in a folder: both sides in this process, and a hand on the files between them. */
final class Rig implements AutoCloseable {
  static final Request HOME = new Request.Home("v4.public.x", "en");
  static final FileSink NO_FILE =
      file -> {
        throw new IOException("no file expected: " + file);
      };

  final Layout layout;
  final Owners owners =
      new Owners(PosixFiles.geteuid(), PosixFiles.geteuid(), PosixFiles.getegid());
  final Poller poller;
  final Asker asker;
  final Log log = new Log();
  private Optional<Hole> hole = Optional.empty();
  private Optional<Thread> listener = Optional.empty();

  Rig(Path root) throws PosixException {
    this(root, AskLimits.defaults());
  }

  Rig(Path root, AskLimits askLimits) throws PosixException {
    layout = new Layout(root);
    HoleSetup.create(layout, owners);
    poller = Poller.open();
    asker = Asker.open(layout, askLimits, poller);
  }

  /** What the observer was told. */
  static final class Log implements Observer {
    final List<Refusal> refused = new CopyOnWriteArrayList<>();
    final List<RequestId> interrupted = new CopyOnWriteArrayList<>();
    final List<Throwable> failed = new CopyOnWriteArrayList<>();
    final AtomicLong garbage = new AtomicLong();

    @Override
    public void refused(Optional<RequestId> id, Refusal why, String detail) {
      refused.add(why);
    }

    @Override
    public void interrupted(RequestId id) {
      interrupted.add(id);
    }

    @Override
    public void garbage(long bytes) {
      garbage.addAndGet(bytes);
    }

    @Override
    public void failed(Optional<RequestId> id, Throwable cause) {
      failed.add(cause);
    }
  }

  static HoleLimits limits(int handled, int waiting, Duration age, Duration litterAge) {
    return new HoleLimits(
        new HoleLimits.Admission(
            RequestCodec.MAX_BYTES,
            handled,
            waiting,
            age,
            Duration.ofMillis(300),
            Duration.ofMillis(500)),
        new HoleLimits.Drain(
            Duration.ofMillis(500), 1024, Duration.ofSeconds(2), Duration.ofMillis(200)),
        new HoleLimits.Spool(
            Duration.ofMillis(100), 10_000, litterAge, Duration.ofMinutes(10), 100_000));
  }

  static HoleLimits limits() {
    return limits(64, 256, Duration.ofSeconds(60), Duration.ofMinutes(10));
  }

  void listen(Handler handler) throws IOException {
    listen(limits(), handler);
  }

  void listen(HoleLimits limits, Handler handler) throws IOException {
    Hole opened = Hole.open(layout, owners, limits, poller, log);
    hole = Optional.of(opened);
    listener =
        Optional.of(
            Thread.ofPlatform()
                .start(() -> {
                  try {
                    opened.serve(handler);
                  } catch (PosixException e) {
                    log.failed.add(e);
                  }
                }));
  }

  void stopListening() throws PosixException {
    if (hole.isPresent()) {
      hole.get().close();
      hole = Optional.empty();
    }
  }

  Answer ask() throws IOException {
    return asker.ask(HOME, NO_FILE);
  }

  Path in(RequestId id) {
    return layout.jobs().resolve(id + ".in");
  }

  Path out(RequestId id) {
    return layout.jobs().resolve(id + ".out");
  }

  /** Leaves a request by hand, as an honest gateway would, without a results pipe or a hint. */
  void leave(RequestId id, byte[] bytes) throws IOException {
    Path tmp = layout.jobs().resolve(id + ".tmp");
    Files.write(tmp, bytes, StandardOpenOption.CREATE_NEW);
    Files.setPosixFilePermissions(tmp, PosixFilePermissions.fromString("rw-r-----"));
    Files.move(tmp, in(id));
  }

  void leave(RequestId id) throws IOException {
    leave(id, RequestCodec.encode(HOME));
  }

  /** Makes the results pipe and opens its reading end. */
  int openOut(RequestId id) throws PosixException {
    PosixFiles.mkfifo(PosixFiles.AT_FDCWD, out(id).toString(), 0620);
    return PosixFiles.open(PosixFiles.AT_FDCWD, out(id).toString(), PosixFiles.HOSTILE, 0);
  }

  void hint(byte[] bytes) throws PosixException {
    int fd =
        PosixFiles.open(
            PosixFiles.AT_FDCWD,
            layout.daemon().toString(),
            PosixFiles.O_WRONLY | PosixFiles.HOSTILE,
            0);
    PosixFiles.write(fd, bytes, 0, bytes.length);
    PosixFiles.close(fd);
  }

  void hint(RequestId id) throws PosixException {
    hint(Hint.encode(id));
  }

  static Handler greeting() {
    return (_, replier) -> replier.reply(new Reply.SignedOut());
  }

  List<String> left() throws IOException {
    try (var files = Files.list(layout.jobs())) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  static void eventually(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within 10 s");
      }
      Thread.sleep(10);
    }
  }

  /** A sink with memory for so many bytes of a reply. */
  static final class Bounded implements FileSink {
    int left;

    Bounded(int bytes) {
      this.left = bytes;
    }

    @Override
    public OutputStream open(Reply.Streamed reply) {
      return OutputStream.nullOutputStream();
    }

    @Override
    public boolean hasRoom(int bytes) {
      if (bytes > left) {
        return false;
      }
      left -= bytes;
      return true;
    }
  }

  /** A sink that keeps what it gets. */
  static final class Kept implements FileSink {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int opened;

    @Override
    public OutputStream open(Reply.Streamed reply) {
      opened++;
      return bytes;
    }
  }

  @Override
  public void close() throws PosixException {
    stopListening();
    listener.ifPresent(thread -> {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
    asker.close();
    poller.close();
  }
}
