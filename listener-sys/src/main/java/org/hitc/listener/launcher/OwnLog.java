package org.hitc.listener.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the launcher did, in its own words: a JSON object a line. The listener cannot write here, so
 * it cannot say that something was somebody else. Safe for threads.
 */
final class OwnLog implements AutoCloseable {
  private static final Set<StandardOpenOption> OPTIONS =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

  private final Path file;
  private final InstantSource clock;
  private FileChannel channel;

  private OwnLog(Path file, InstantSource clock) throws IOException {
    this.file = file;
    this.clock = clock;
    this.channel = open();
  }

  /**
   * Opens it, and makes it when it is not there.
   *
   * @throws IOException when it is not safe, or cannot be written
   */
  static OwnLog open(Path file, InstantSource clock) throws IOException {
    return new OwnLog(file, clock);
  }

  private FileChannel open() throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      List<String> unsafe = SafePath.ownedByRoot().secret(file, 0);
      if (!unsafe.isEmpty()) {
        throw new IOException(String.join("; ", unsafe));
      }
    } else {
      List<String> unsafe = SafePath.ownedByRoot().folder(file.resolve("..").normalize());
      if (!unsafe.isEmpty()) {
        throw new IOException(String.join("; ", unsafe));
      }
    }
    Set<java.nio.file.OpenOption> options = new java.util.HashSet<>(OPTIONS);
    options.add(LinkOption.NOFOLLOW_LINKS);
    return FileChannel.open(
        file,
        options,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /** Goes on in a new file of this name, after the old one was moved away. */
  synchronized void reopen() throws IOException {
    FileChannel next = open();
    channel.close();
    channel = next;
  }

  /**
   * Writes a record, and returns when it is on the disk.
   *
   * @throws IOException when it is not, and then nothing of it may happen
   */
  void record(String event, Map<String, String> fields) throws IOException {
    // Two starts at once may share a flush, so it is outside the lock.
    write(event, fields).force(false);
  }

  /** Writes a record; when that fails, says it on the error output, where the journal keeps it. */
  void say(String event, Map<String, String> fields) {
    try {
      write(event, fields);
    } catch (IOException e) {
      System.err.println(
          "launcher: the log cannot be written: " + e.getMessage() + ": " + line(event, fields));
    }
  }

  private synchronized FileChannel write(String event, Map<String, String> fields)
      throws IOException {
    ByteBuffer line = ByteBuffer.wrap((line(event, fields) + "\n").getBytes(UTF_8));
    long before = channel.size();
    try {
      while (line.hasRemaining()) {
        channel.write(line);
      }
      return channel;
    } catch (IOException e) {
      // Half a line would spoil the next one.
      channel.truncate(before);
      throw e;
    }
  }

  private String line(String event, Map<String, String> fields) {
    StringBuilder json = new StringBuilder("{");
    pair(json, "time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    pair(json.append(','), "event", event);
    new TreeMap<>(fields).forEach((key, value) -> pair(json.append(','), key, value));
    return json.append('}').toString();
  }

  private static void pair(StringBuilder json, String key, String value) {
    quote(json, key);
    json.append(':');
    quote(json, value);
  }

  /** Whatever could mean something to a terminal, or turn the line around, is escaped. */
  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if ((c >= ' ' && c <= '~') || Character.isLetterOrDigit(c)) {
        json.append(c);
      } else {
        json.append(String.format("\\u%04x", (int) c));
      }
    }
    json.append('"');
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }
}
