package org.hitc.listener.audit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The end of a log, and what is written behind it, from part to part. Not safe for threads. */
public final class Follower implements AutoCloseable {
  private static final int TRIES = 20;
  private static final Duration BETWEEN = Duration.ofMillis(50);

  private final Path file;
  private Opened open;
  private long position;
  private boolean missing;

  /**
   * A part, and which one it is.
   *
   * @param identity the same for the same file, whatever its name
   */
  private record Opened(FileChannel channel, Object identity) {}

  private Follower(Path file, Opened open) {
    this.file = file;
    this.open = open;
  }

  /** Opens the part that is written to. */
  public static Follower open(Path file) throws IOException {
    for (int i = 1; ; i++) {
      try {
        return new Follower(file, opened(file));
      } catch (NoSuchFileException e) {
        // Between two parts there is no file of this name for a moment.
        if (i == TRIES) {
          throw e;
        }
        LockSupport.parkNanos(BETWEEN.toNanos());
      }
    }
  }

  private static Opened opened(Path file) throws IOException {
    while (true) {
      Object identity = identity(file);
      FileChannel channel = FileChannel.open(file);
      boolean same = false;
      try {
        same = identity(file).equals(identity);
      } finally {
        if (!same) {
          channel.close();
        }
      }
      if (same) {
        return new Opened(channel, identity);
      }
    }
  }

  /** Reads to the end; only the last records are given. */
  public void last(int most, Consumer<AuditRecord> each) throws IOException {
    Deque<AuditRecord> last = new ArrayDeque<>();
    more(record -> {
      if (last.size() == most) {
        last.remove();
      }
      last.add(record);
    });
    last.forEach(each);
  }

  /**
   * Reads what has been written since; goes on in the next part when there is one.
   *
   * @throws NoSuchFileException when there is no part to go on in, for the second time
   */
  public void more(Consumer<AuditRecord> each) throws IOException {
    readOn(each);
    try {
      if (!identity(file).equals(open.identity())) {
        Opened next = opened(file);
        // What was written between reading and the change of parts.
        readOn(each);
        open.channel().close();
        open = next;
        position = 0;
        readOn(each);
      }
      missing = false;
    } catch (NoSuchFileException e) {
      if (missing) {
        throw e;
      }
      missing = true;
    }
  }

  private void readOn(Consumer<AuditRecord> each) throws IOException {
    open.channel().position(position);
    InputStream in = new BufferedInputStream(Channels.newInputStream(open.channel()), 1 << 16);
    position += AuditReader.read(in, each);
  }

  private static Object identity(Path file) throws IOException {
    return Files.getAttribute(file, "unix:ino");
  }

  @Override
  public void close() throws IOException {
    open.channel().close();
  }
}
