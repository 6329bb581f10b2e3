package org.hitc.listener.audit;

import static org.hitc.channel.os.PosixFiles.AT_FDCWD;
import static org.hitc.channel.os.PosixFiles.O_CLOEXEC;
import static org.hitc.channel.os.PosixFiles.O_RDWR;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.hitc.channel.os.PosixFiles;

/**
 * A file that is appended to and that nobody else can open in this way, in no process.
 *
 * <p>The lock is a {@code flock}. That of {@link java.nio.channels.FileChannel} is one of {@code
 * fcntl}, which the process loses as soon as it closes any other descriptor of the same file: also
 * one that only read it.
 */
final class LockedFile extends FileOutputStream {
  private static final int NONE = -1;

  private final AtomicInteger lock = new AtomicInteger(NONE);

  private LockedFile(Path file) throws IOException {
    super(file.toFile(), true);
  }

  /**
   * Opens a file that exists.
   *
   * @throws IOException when it cannot be opened, or is open in this way already
   */
  static LockedFile open(Path file) throws IOException {
    LockedFile opened = new LockedFile(file);
    try {
      opened.lock.set(PosixFiles.open(AT_FDCWD, file.toString(), O_RDWR | O_CLOEXEC, 0));
      if (!PosixFiles.tryLock(opened.lock.get())) {
        throw new IOException(file + " is in use already");
      }
      return opened;
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    super.close();
    int held = lock.getAndSet(NONE);
    if (held != NONE) {
      PosixFiles.close(held);
    }
  }
}
