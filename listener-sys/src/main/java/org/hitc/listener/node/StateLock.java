package org.hitc.listener.node;

import static org.hitc.channel.os.PosixFiles.AT_FDCWD;
import static org.hitc.channel.os.PosixFiles.O_CLOEXEC;
import static org.hitc.channel.os.PosixFiles.O_CREAT;
import static org.hitc.channel.os.PosixFiles.O_NOFOLLOW;
import static org.hitc.channel.os.PosixFiles.O_RDWR;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.hitc.channel.os.PosixException;
import org.hitc.channel.os.PosixFiles;

/**
 * The lock of a state folder: a {@code flock} of a file in it. The listener has it from before it
 * opens anything until it has closed everything; a command that may not work beside the listener
 * has it meanwhile. It goes with its process, however that ends. The file stays: one that was
 * removed could be locked twice.
 */
public final class StateLock implements AutoCloseable {
  /** In the state folder. */
  public static final String FILE = "listener.lock";

  private static final int MODE = 0600;

  private final int fd;

  private StateLock(int fd) {
    this.fd = fd;
  }

  /**
   * Takes the lock, without waiting.
   *
   * @return nothing when another has it
   * @throws IOException when the file cannot be made or opened
   */
  public static Optional<StateLock> tryTake(Path state) throws IOException {
    int fd =
        PosixFiles.open(
            AT_FDCWD,
            state.resolve(FILE).toString(),
            O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC,
            MODE);
    boolean taken = false;
    try {
      taken = PosixFiles.tryLock(fd);
    } finally {
      if (!taken) {
        PosixFiles.close(fd);
      }
    }
    return taken ? Optional.of(new StateLock(fd)) : Optional.empty();
  }

  /**
   * The same where it is needed.
   *
   * @throws IOException when another has it, or the file cannot be made or opened
   */
  public static StateLock take(Path state) throws IOException {
    return tryTake(state)
        .orElseThrow(() ->
            new IOException(
                "the listener of " + state + " runs, or a command in its place; stop it first"));
  }

  @Override
  public void close() throws PosixException {
    PosixFiles.close(fd);
  }
}
