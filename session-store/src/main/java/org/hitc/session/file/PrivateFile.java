package org.hitc.session.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/** Reading and writing files that only this process's own user may touch. */
public final class PrivateFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final FileAttribute<Set<PosixFilePermission>> MODE_0600 =
      PosixFilePermissions.asFileAttribute(OWNER_ONLY);
  private static final Set<OpenOption> NEW_FILE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  private static final int ROOT = 0;

  private PrivateFile() {}

  /**
   * Checks that a file is a regular one with one name, of this process's user, and closed to group
   * and others. Root, who can read everything anyway, may look at the file of any user.
   *
   * @throws PrivateFileException when it is not; the message says how to repair it
   * @throws IOException when there is no such file or it cannot be looked at
   */
  public static void check(Path file) throws IOException {
    Map<String, Object> found =
        Files.readAttributes(file, "unix:isRegularFile,mode,uid,nlink", LinkOption.NOFOLLOW_LINKS);
    if (!Boolean.TRUE.equals(found.get("isRegularFile"))) {
      throw new PrivateFileException(file + " is not a regular file");
    }
    if (number(found, "nlink") != 1) {
      throw new PrivateFileException(
          file + " has another name too, under which it may be changed; copy it, and use the copy");
    }
    int owner = number(found, "uid");
    int self = ownUid();
    if (owner != self && self != ROOT) {
      throw new PrivateFileException(
          file + " belongs to uid " + owner + ", not to uid " + self + " that this runs as");
    }
    int mode = number(found, "mode") & 07777;
    if ((mode & 077) != 0) {
      throw new PrivateFileException(
          "%s has mode %04o: others may touch it; chmod 600 %s, and replace what was in it"
              .formatted(file, mode, file));
    }
  }

  /**
   * The bytes of a file that passes {@link #check}.
   *
   * @param limit most bytes it may have
   * @throws PrivateFileException when it does not pass, or is longer
   */
  public static byte[] read(Path file, int limit) throws IOException {
    check(file);
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new PrivateFileException(file + " is longer than " + limit + " bytes");
      }
      return bytes;
    }
  }

  /**
   * A new file with mode 0600, durable when this returns.
   *
   * @throws java.nio.file.FileAlreadyExistsException when there is one already
   */
  public static void create(Path file, byte[] bytes) throws IOException {
    try (FileChannel out = FileChannel.open(file, NEW_FILE, MODE_0600)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        out.write(rest);
      }
      out.force(true);
    }
    forceDirectory(file);
  }

  /**
   * The same out of a stream. The file appears whole, or not at all.
   *
   * @throws java.nio.file.FileAlreadyExistsException when there is one already
   */
  public static void create(Path file, InputStream bytes) throws IOException {
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
    // Left over from a crash.
    Files.deleteIfExists(fresh);
    try {
      try (FileChannel out = FileChannel.open(fresh, NEW_FILE, MODE_0600)) {
        bytes.transferTo(Channels.newOutputStream(out));
        out.force(true);
      }
      // Unlike a move, a link never replaces what is there.
      Files.createLink(file, fresh);
    } finally {
      Files.deleteIfExists(fresh);
    }
    forceDirectory(file);
  }

  /**
   * Replaces what is in a file, keeping owner, group and mode; readers see the old bytes or the new
   * ones, after a power failure too.
   *
   * @throws PrivateFileException when the file does not pass {@link #check}
   */
  public static void replace(Path file, byte[] bytes) throws IOException {
    check(file);
    Map<String, Object> was =
        Files.readAttributes(file, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    // Left over from a crash; whoever calls holds the lock that makes this one's turn.
    Files.deleteIfExists(fresh);
    create(fresh, bytes);
    try {
      giveTo(fresh, was);
      Files.setAttribute(fresh, "unix:mode", number(was, "mode") & 0700, LinkOption.NOFOLLOW_LINKS);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(fresh);
      throw e;
    }
    forceDirectory(file);
  }

  /**
   * A new, empty file with mode 0600 beside another one and of the same owner, so that whoever may
   * use the one may use the other, also when root makes it. One that is there already stays.
   *
   * @throws PrivateFileException when something else is there in its place
   */
  public static void createBeside(Path file, Path beside) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      try {
        create(file, new byte[0]);
      } catch (FileAlreadyExistsException _) {
        // Another process made it meanwhile.
      }
    }
    check(file);
    Map<String, Object> owner =
        Files.readAttributes(beside, "unix:uid,gid", LinkOption.NOFOLLOW_LINKS);
    Map<String, Object> found =
        Files.readAttributes(file, "unix:uid,gid", LinkOption.NOFOLLOW_LINKS);
    if (number(owner, "uid") != number(found, "uid")) {
      giveTo(file, owner);
    }
  }

  /** Root works in a folder of somebody else, who could put a link there: none is followed. */
  private static void giveTo(Path file, Map<String, Object> owner) throws IOException {
    Files.setAttribute(file, "unix:uid", number(owner, "uid"), LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(file, "unix:gid", number(owner, "gid"), LinkOption.NOFOLLOW_LINKS);
  }

  /** Makes a file's name as durable as its bytes. */
  private static void forceDirectory(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  static int ownUid() throws IOException {
    return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  static int number(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof Integer value ? value : -1;
  }
}
