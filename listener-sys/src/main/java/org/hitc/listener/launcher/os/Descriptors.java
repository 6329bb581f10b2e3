package org.hitc.listener.launcher.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is done with a descriptor that somebody else made. */
public final class Descriptors {
  private Descriptors() {}

  /**
   * True for a pipe without a name (pipe(7)). A FIFO in the file system is none: its owner may be
   * somebody else.
   */
  public static boolean isPipe(int fd) throws IOException {
    Path link = Path.of("/proc/self/fd", Integer.toString(fd));
    return Files.readSymbolicLink(link).toString().startsWith("pipe:[");
  }

  /** Gives it to a user, so that {@code /dev/stdout} can be opened (fchown(2)). */
  public static void give(int fd, int uid, int gid) throws IOException {
    SocketCalls.chown(fd, uid, gid);
  }

  /** A new one of {@code /dev/null}. */
  public static int openNull() throws IOException {
    return SocketCalls.openNull();
  }

  /** Closes it. */
  public static void close(int fd) {
    SocketCalls.close(fd);
  }
}
