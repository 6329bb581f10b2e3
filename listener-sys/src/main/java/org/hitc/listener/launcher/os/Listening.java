package org.hitc.listener.launcher.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A unix stream socket that is listened on. */
public final class Listening implements AutoCloseable {
  private final int fd;
  private final Path path;

  private Listening(int fd, Path path) {
    this.fd = fd;
    this.path = path;
  }

  /**
   * Makes the socket; a file of that name is replaced.
   *
   * @param path in a folder that nobody else can write to
   * @param group whose members may connect, besides the owner
   */
  public static Listening at(Path path, int group) throws IOException {
    Files.deleteIfExists(path);
    int fd = SocketCalls.listeningSocket();
    try {
      SocketCalls.bind(fd, path);
      // Until here the umask keeps others out.
      Files.setAttribute(path, "unix:gid", group);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
      return new Listening(fd, path);
    } catch (IOException e) {
      SocketCalls.close(fd);
      throw e;
    }
  }

  /** Waits for the next connection. */
  public Connection accept() throws IOException {
    return new Connection(SocketCalls.accept(fd));
  }

  /** Removes the file; nobody can connect any more. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
    SocketCalls.close(fd);
  }
}
