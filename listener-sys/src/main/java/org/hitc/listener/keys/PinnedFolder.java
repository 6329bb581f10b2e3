package org.hitc.listener.keys;

import static org.hitc.channel.os.PosixFiles.AT_FDCWD;
import static org.hitc.channel.os.PosixFiles.O_CLOEXEC;
import static org.hitc.channel.os.PosixFiles.O_CREAT;
import static org.hitc.channel.os.PosixFiles.O_DIRECTORY;
import static org.hitc.channel.os.PosixFiles.O_EXCL;
import static org.hitc.channel.os.PosixFiles.O_NOFOLLOW;
import static org.hitc.channel.os.PosixFiles.O_RDONLY;
import static org.hitc.channel.os.PosixFiles.O_WRONLY;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hitc.channel.os.Errno;
import org.hitc.channel.os.FileStatus;
import org.hitc.channel.os.PosixException;
import org.hitc.channel.os.PosixFiles;

/**
 * A folder that is held open while it is worked in, by its owner or by root.
 *
 * <p><b>SECURITY.</b> The owner of the folder may rename it and put links into it at any moment.
 * Root is led nowhere by that: names are resolved in the folder that was opened, not by its path;
 * files are made under names that did not exist, and get owner and mode through their descriptors;
 * no link is followed. What the owner could have wanted to be read instead is what the owner can
 * read.
 */
final class PinnedFolder implements AutoCloseable {
  private static final int FOLDER = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  private static final int NEW_FILE = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  private static final int OTHERS_WRITE = 022;
  private static final int PRIVATE_FOLDER = 0700;
  private static final int LOCK_MILLIS = 50;
  private static final int LOCK_TRIES = 100;

  private final int descriptor;
  private final FileStatus status;

  private PinnedFolder(int descriptor, FileStatus status) {
    this.descriptor = descriptor;
    this.status = status;
  }

  /**
   * Opens a folder. Those above it must be root's.
   *
   * @throws IOException when there is none, it is a link, or others can write to it
   */
  static PinnedFolder open(Path path) throws IOException {
    return checked(PosixFiles.open(AT_FDCWD, path.toString(), FOLDER, 0), path.toString());
  }

  private static PinnedFolder checked(int descriptor, String name) throws IOException {
    try {
      FileStatus status = PosixFiles.status(descriptor);
      if ((status.mode() & OTHERS_WRITE) != 0) {
        throw new IOException(name + " is writable by others");
      }
      return new PinnedFolder(descriptor, status);
    } catch (IOException e) {
      PosixFiles.close(descriptor);
      throw e;
    }
  }

  /** A folder in this one, of the same owner; it is made, with mode 0700, if it is missing. */
  PinnedFolder child(String name) throws IOException {
    try {
      PosixFiles.mkdir(descriptor, name, PRIVATE_FOLDER);
      PinnedFolder made = openChild(name);
      try {
        if (made.status.uid() == PosixFiles.geteuid()) {
          give(made.descriptor);
        }
      } catch (IOException e) {
        made.close();
        throw e;
      }
    } catch (PosixException e) {
      if (!e.is(Errno.EEXIST)) {
        throw e;
      }
    }
    PinnedFolder child = openChild(name);
    if (child.status.uid() != status.uid()) {
      child.close();
      throw new IOException(name + " does not belong to the owner of the folder above it");
    }
    return child;
  }

  private PinnedFolder openChild(String name) throws IOException {
    return checked(PosixFiles.open(descriptor, name, FOLDER, 0), name);
  }

  /**
   * Takes the turn of whoever changes the folder, and waits a short while for it: a change takes
   * milliseconds, but for a rotation that waits until its key is known.
   *
   * @throws IOException when somebody else has it for longer
   */
  void lock() throws IOException {
    for (int tries = 1; !PosixFiles.tryLock(descriptor); tries++) {
      if (tries == LOCK_TRIES) {
        throw new IOException("the keys are being changed by another command; try again");
      }
      try {
        TimeUnit.MILLISECONDS.sleep(LOCK_MILLIS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while the keys are being changed");
      }
    }
  }

  /** The path of a file in the folder, as it was opened; for reading without following links. */
  Path resolve(String name) {
    return magic(descriptor).resolve(name);
  }

  boolean has(String name) {
    return Files.exists(resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  /** Names of all that is in it, sorted. */
  List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(magic(descriptor))) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  /** Writes a file, in the place of an older one; durable when this returns. */
  void write(String name, byte[] bytes, int mode) throws IOException {
    write(name, bytes, mode, status.gid());
  }

  /** The same for a group. */
  void write(String name, byte[] bytes, int mode, int group) throws IOException {
    String fresh = name + ".new";
    // Left over from a crash: the lock makes it nobody else's.
    remove(fresh);
    int file = PosixFiles.open(descriptor, fresh, NEW_FILE, mode & PRIVATE_FOLDER);
    try {
      try (FileChannel out = FileChannel.open(magic(file), StandardOpenOption.WRITE)) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
          out.write(rest);
        }
        out.force(true);
      }
      give(file, group);
      PosixFiles.chmod(file, mode);
    } finally {
      PosixFiles.close(file);
    }
    rename(fresh, this, name);
  }

  /** Moves a file to another folder, or to another name; what has that name is replaced. */
  void rename(String from, PinnedFolder to, String name) throws IOException {
    PosixFiles.rename(descriptor, from, to.descriptor, name);
    to.force();
    force();
  }

  /** Removes a file, if it is there; it stays removed after a power failure. */
  void remove(String name) throws IOException {
    try {
      PosixFiles.unlink(descriptor, name);
      force();
    } catch (PosixException e) {
      if (!e.is(Errno.ENOENT)) {
        throw e;
      }
    }
  }

  /** Makes names as durable as what they name. */
  private void force() throws IOException {
    try (FileChannel names = FileChannel.open(magic(descriptor), StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  private void give(int file) throws IOException {
    give(file, status.gid());
  }

  /** Through its descriptor: a name could have become another file's by now. */
  private void give(int file, int group) throws IOException {
    Files.setAttribute(magic(file), "unix:gid", group);
    Files.setAttribute(magic(file), "unix:uid", status.uid());
  }

  private static Path magic(int descriptor) {
    return Path.of("/proc/self/fd", Integer.toString(descriptor));
  }

  @Override
  public void close() throws IOException {
    PosixFiles.close(descriptor);
  }
}
