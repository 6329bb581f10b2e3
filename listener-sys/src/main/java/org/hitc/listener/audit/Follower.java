package org.hitc.listener.audit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** The end of a log, and what is written behind it, from part to part. Not safe for threads. */
public final class Follower implements AutoCloseable {
  private final Path file;
  private FileChannel open;
  private Object identity;
  private long position;

  private Follower(Path file, FileChannel open, Object identity) {
    this.file = file;
    this.open = open;
    this.identity = identity;
  }

  /** Opens the part that is written to. */
  public static Follower open(Path file) throws IOException {
    Object identity = identity(file);
    return new Follower(file, FileChannel.open(file), identity);
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

  /** Reads what has been written since; goes on in the next part when there is one. */
  public void more(Consumer<AuditRecord> each) throws IOException {
    readOn(each);
    Object now = identity(file);
    if (!now.equals(identity)) {
      FileChannel next = FileChannel.open(file);
      // What was written between reading and the change of parts.
      readOn(each);
      open.close();
      open = next;
      identity = now;
      position = 0;
      readOn(each);
    }
  }

  private void readOn(Consumer<AuditRecord> each) throws IOException {
    open.position(position);
    InputStream in = new BufferedInputStream(Channels.newInputStream(open), 1 << 16);
    position += AuditReader.read(in, each);
  }

  private static Object identity(Path file) throws IOException {
    return Files.getAttribute(file, "unix:ino");
  }

  @Override
  public void close() throws IOException {
    open.close();
  }
}
