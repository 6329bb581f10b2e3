package org.hitc.listener.job;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hitc.channel.Refusal;
import org.hitc.listener.program.NotTakenException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one program prints, in a file, while it prints it. Jobs that share the program share the
 * file, each under its own name. Safe for threads.
 */
final class Printout {
  private static final Logger LOG = LoggerFactory.getLogger(Printout.class);

  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final Printouts kept;
  private final Charset charset;
  private final List<Path> names = new ArrayList<>();
  private Optional<FileChannel> file = Optional.empty();
  private boolean there;
  private volatile long length;

  /**
   * @param charset of the text
   */
  Printout(Printouts kept, Charset charset) {
    this.kept = kept;
    this.charset = charset;
  }

  Charset charset() {
    return charset;
  }

  /** In bytes, so far. */
  long length() {
    return length;
  }

  /** One more job has it, as its n-th. */
  synchronized void name(String reference, int number) throws IOException {
    Path name = kept.hold(reference, number);
    if (there) {
      Files.createLink(name, names.getFirst());
    }
    names.add(name);
  }

  /**
   * The program printed this.
   *
   * @throws NotTakenException STORE when the disk does not take it; the file is emptied then, so
   *     that others have its room
   */
  synchronized void write(byte[] bytes, int offset, int count) throws NotTakenException {
    try {
      FileChannel to = file.isPresent() ? file.get() : create();
      ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, count);
      while (buffer.hasRemaining()) {
        to.write(buffer);
      }
      length += count;
    } catch (IOException e) {
      empty(e);
      throw new NotTakenException(Refusal.STORE, String.valueOf(e.getMessage()));
    }
  }

  /**
   * The program has ended. What printed nothing has an empty printout.
   *
   * @throws IOException when it cannot be made
   */
  synchronized void end() throws IOException {
    if (!there) {
      create();
    }
    closeFile();
  }

  private void closeFile() throws IOException {
    if (file.isPresent()) {
      file.get().close();
      file = Optional.empty();
    }
  }

  /** No running job has it any more. */
  synchronized void letGo() {
    names.forEach(kept::letGo);
    try {
      closeFile();
    } catch (IOException e) {
      // Only of a program that broke off: what is whole was closed by end().
      LOG.warn("a printout that is not whole could not be closed", e);
    }
  }

  /** From its beginning; to be closed. */
  InputStream open() throws IOException {
    return Files.newInputStream(first());
  }

  /** What stands there from this byte on, at most so many bytes; nothing beyond its end. */
  byte[] read(long from, int most) throws IOException {
    int count = Math.clamp(length - from, 0, most);
    if (count == 0) {
      return new byte[0];
    }
    try (FileChannel in = FileChannel.open(first(), StandardOpenOption.READ)) {
      return Channels.newInputStream(in.position(from)).readNBytes(count);
    } catch (NoSuchFileException _) {
      return new byte[0];
    }
  }

  private synchronized Path first() {
    return names.getFirst();
  }

  private FileChannel create() throws IOException {
    Path first = names.getFirst();
    FileChannel created =
        FileChannel.open(
            first,
            NEW,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    file = Optional.of(created);
    there = true;
    for (Path other : names.subList(1, names.size())) {
      Files.createLink(other, first);
    }
    return created;
  }

  private void empty(IOException why) {
    length = 0;
    if (file.isPresent()) {
      try {
        file.get().truncate(0);
      } catch (IOException e) {
        why.addSuppressed(e);
      }
    }
  }
}
