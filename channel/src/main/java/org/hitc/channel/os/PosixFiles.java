package org.hitc.channel.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Every native call for files and pipes, each as the kernel has it: the manual page of the same
 * name is its documentation. Descriptors are plain numbers that the caller closes. Calls that a
 * signal interrupts are made again; every other failure is a {@link PosixException}, except {@link
 * #WOULD_BLOCK}.
 *
 * <p><b>SECURITY.</b> No call here waits for another process if the descriptor was opened with
 * {@link #O_NONBLOCK}, except {@link #poll}, which has a limit. Open what another user could have
 * made with {@link #openBeneath} and {@link #HOSTILE}, then believe only {@link #status(int)}.
 */
public final class PosixFiles {
  public static final int O_RDONLY = 0;
  public static final int O_WRONLY = 1;
  public static final int O_RDWR = 2;
  public static final int O_CREAT = 0x40;
  public static final int O_EXCL = 0x80;
  public static final int O_NOCTTY = 0x100;
  public static final int O_APPEND = 0x400;
  public static final int O_NONBLOCK = 0x800;
  public static final int O_CLOEXEC = 0x8_0000;
  public static final int O_PATH = 0x20_0000;
  public static final int O_DIRECTORY = Architecture.CURRENT.directory();
  public static final int O_NOFOLLOW = Architecture.CURRENT.noFollow();

  /** With every open of something that another user could have made (rule R5). */
  public static final int HOSTILE = O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY;

  /** In place of a directory: paths are relative to the working directory. */
  public static final int AT_FDCWD = -100;

  /** What {@link #read} and {@link #write} give when they would have to wait. */
  public static final int WOULD_BLOCK = -1;

  /** The most bytes that one {@link #read} or {@link #write} moves. */
  public static final int MAX_TRANSFER = 1 << 16;

  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_REMOVEDIR = 0x200;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int RENAME_NOREPLACE = 1;
  private static final int F_SETPIPE_SZ = 1031;
  private static final int F_GETPIPE_SZ = 1032;
  private static final int LOCK_EXCLUSIVE_NOW = 2 | 4;
  private static final short POLLIN = 1;
  private static final int RESOLVE_NO_XDEV = 0x1;
  private static final int RESOLVE_NO_MAGICLINKS = 0x2;
  private static final int RESOLVE_NO_SYMLINKS = 0x4;
  private static final int RESOLVE_BENEATH = 0x8;
  private static final long SYS_PIDFD_OPEN = 434;
  private static final long SYS_OPENAT2 = 437;
  private static final int STATX_BASIC_STATS = 0x7ff;
  private static final int STATX_SIZE = 256;
  private static final int DIRECTORY_BUFFER = 1 << 15;

  private static final MethodHandle OPENAT =
      LibC.variadic("openat", 3, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle OPENAT2 =
      LibC.variadic("syscall", 1, JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
  private static final MethodHandle STATX =
      LibC.function("statx", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle READ =
      LibC.function("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle WRITE =
      LibC.function("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle CLOSE = LibC.function("close", JAVA_INT, JAVA_INT);
  private static final MethodHandle MKFIFOAT =
      LibC.function("mkfifoat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle MKDIRAT =
      LibC.function("mkdirat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle FCHMOD = LibC.function("fchmod", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle FCHMODAT =
      LibC.function("fchmodat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle FCHOWNAT =
      LibC.function("fchownat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle RENAMEAT2 =
      LibC.function("renameat2", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle UNLINKAT =
      LibC.function("unlinkat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle PIPE2 = LibC.function("pipe2", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle FLOCK = LibC.function("flock", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle FCNTL =
      LibC.variadic("fcntl", 2, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle LSEEK =
      LibC.function("lseek", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
  private static final MethodHandle GETDENTS64 =
      LibC.variadic("syscall", 1, JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle POLL =
      LibC.function("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle PIDFD_OPEN =
      LibC.variadic("syscall", 1, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT);
  private static final MethodHandle UMASK = LibC.function("umask", JAVA_INT, JAVA_INT);
  private static final MethodHandle GETUID = LibC.function("getuid", JAVA_INT);
  private static final MethodHandle GETEUID = LibC.function("geteuid", JAVA_INT);
  private static final MethodHandle GETEGID = LibC.function("getegid", JAVA_INT);

  /** The empty path, with which {@code statx} means the descriptor itself. */
  private static final MemorySegment EMPTY_PATH = Arena.global().allocate(1);

  private PosixFiles() {}

  /** How far the resolution of a path may go, besides staying beneath its directory. */
  public enum Mounts {
    /** Not into another file system. */
    SAME,
    /** Also into another file system. */
    ANY
  }

  /** One entry of a directory. */
  public record Entry(FileName name, FileStatus.Type type) {}

  /** The two ends of a pipe. */
  public record Pipe(int readEnd, int writeEnd) {}

  /** {@code openat(directory, path, flags, mode)}: a new descriptor. */
  public static int open(int directory, String path, int flags, int mode) throws PosixException {
    FileName name = FileName.of(path);
    return (int)
        LibC.call(
            "openat",
            name,
            (arena, state) ->
                (int) OPENAT.invokeExact(state, directory, LibC.path(arena, name), flags, mode));
  }

  /**
   * {@code openat2} with {@code RESOLVE_BENEATH}, {@code RESOLVE_NO_SYMLINKS} and {@code
   * RESOLVE_NO_MAGICLINKS}: nothing that another process does to the path can lead out of the
   * directory. A kernel older than 5.6, and a filter that hides the call, get {@code openat}; then
   * a path of a single name is as safe, provided that {@link #O_NOFOLLOW} is among the flags.
   *
   * @param mounts {@link Mounts#SAME} adds {@code RESOLVE_NO_XDEV}
   */
  public static int openBeneath(int directory, String path, int flags, Mounts mounts)
      throws PosixException {
    FileName name = FileName.of(path);
    int resolve =
        RESOLVE_BENEATH
            | RESOLVE_NO_SYMLINKS
            | RESOLVE_NO_MAGICLINKS
            | (mounts == Mounts.SAME ? RESOLVE_NO_XDEV : 0);
    try {
      return (int)
          LibC.call(
              "openat2",
              name,
              (arena, state) -> {
                MemorySegment how = arena.allocate(JAVA_LONG, 3);
                how.setAtIndex(JAVA_LONG, 0, flags);
                how.setAtIndex(JAVA_LONG, 2, resolve);
                return (long)
                    OPENAT2.invokeExact(
                        state, SYS_OPENAT2, directory, LibC.path(arena, name), how, how.byteSize());
              });
    } catch (PosixException e) {
      if (e.is(Errno.ENOSYS)) {
        return open(directory, path, flags, 0);
      }
      throw e;
    }
  }

  /** The status of an open file. */
  public static FileStatus status(int fd) throws PosixException {
    return statx("fstat", fd, "descriptor " + fd, _ -> EMPTY_PATH, AT_EMPTY_PATH);
  }

  /** The status of a name; of a symbolic link itself if it is one. */
  public static FileStatus statusAt(int directory, FileName name) throws PosixException {
    return statx("fstatat", directory, name, arena -> LibC.path(arena, name), AT_SYMLINK_NOFOLLOW);
  }

  /** As {@link #statusAt(int, FileName)}. */
  public static FileStatus statusAt(int directory, String name) throws PosixException {
    return statusAt(directory, FileName.of(name));
  }

  /**
   * Reads into a heap array.
   *
   * @param length at least 1; no more than {@link #MAX_TRANSFER} bytes are read at once
   * @return the number of bytes; 0 at the end of the file, or when no process has the other end of
   *     the pipe open; {@link #WOULD_BLOCK}
   */
  public static int read(int fd, byte[] buffer, int offset, int length) throws PosixException {
    int most = transfer(buffer, offset, length);
    long result;
    do {
      result =
          LibC.tryOnce((arena, state) -> {
            MemorySegment bytes = arena.allocate(most);
            long count = (long) READ.invokeExact(state, fd, bytes, (long) most);
            if (count > 0) {
              MemorySegment.copy(bytes, JAVA_BYTE, 0, buffer, offset, (int) count);
            }
            return count;
          });
    } while (result == -Errno.EINTR);
    return transferred("read", fd, result);
  }

  /**
   * Writes from a heap array. A broken pipe is {@link Errno#EPIPE}; the JVM ignores the signal.
   *
   * @param length at least 1; no more than {@link #MAX_TRANSFER} bytes are written at once
   * @return the number of bytes, or {@link #WOULD_BLOCK}
   */
  public static int write(int fd, byte[] buffer, int offset, int length) throws PosixException {
    int most = transfer(buffer, offset, length);
    long result;
    do {
      result =
          LibC.tryOnce((arena, state) -> {
            MemorySegment bytes = arena.allocate(most);
            MemorySegment.copy(buffer, offset, bytes, JAVA_BYTE, 0, most);
            return (long) WRITE.invokeExact(state, fd, bytes, (long) most);
          });
    } while (result == -Errno.EINTR);
    return transferred("write", fd, result);
  }

  /** Closes a descriptor. It is closed on Linux even when a signal interrupts the call. */
  public static void close(int fd) throws PosixException {
    long result = LibC.tryOnce((_, state) -> (int) CLOSE.invokeExact(state, fd));
    if (result < 0 && result != -Errno.EINTR) {
      throw new PosixException((int) -result, "close", "descriptor " + fd);
    }
  }

  /** Makes a FIFO; the umask takes bits off {@code mode}. */
  public static void mkfifo(int directory, String name, int mode) throws PosixException {
    FileName path = FileName.of(name);
    LibC.call(
        "mkfifoat",
        path,
        (arena, state) ->
            (int) MKFIFOAT.invokeExact(state, directory, LibC.path(arena, path), mode));
  }

  /** Makes a directory; the umask takes bits off {@code mode}. */
  public static void mkdir(int directory, String name, int mode) throws PosixException {
    FileName path = FileName.of(name);
    LibC.call(
        "mkdirat",
        path,
        (arena, state) ->
            (int) MKDIRAT.invokeExact(state, directory, LibC.path(arena, path), mode));
  }

  /** Sets the mode of an open file, whatever the umask is. */
  public static void chmod(int fd, int mode) throws PosixException {
    LibC.call(
        "fchmod", "descriptor " + fd, (_, state) -> (int) FCHMOD.invokeExact(state, fd, mode));
  }

  /**
   * Sets the mode of a name. Follows a symbolic link: only where nobody else could have put one.
   */
  public static void chmodAt(int directory, String name, int mode) throws PosixException {
    FileName path = FileName.of(name);
    LibC.call(
        "fchmodat",
        path,
        (arena, state) ->
            (int) FCHMODAT.invokeExact(state, directory, LibC.path(arena, path), mode, 0));
  }

  /** Sets owner and group of a name, of a symbolic link itself if it is one. */
  public static void chownAt(int directory, String name, int uid, int gid) throws PosixException {
    FileName path = FileName.of(name);
    LibC.call(
        "fchownat",
        path,
        (arena, state) ->
            (int)
                FCHOWNAT.invokeExact(
                    state, directory, LibC.path(arena, path), uid, gid, AT_SYMLINK_NOFOLLOW));
  }

  /** Renames; fails with {@link Errno#EEXIST} when there is something with the new name. */
  public static void renameNew(int fromDirectory, String from, int toDirectory, String to)
      throws PosixException {
    rename(fromDirectory, from, toDirectory, to, RENAME_NOREPLACE);
  }

  /** Renames; what has the new name is replaced. */
  public static void rename(int fromDirectory, String from, int toDirectory, String to)
      throws PosixException {
    rename(fromDirectory, from, toDirectory, to, 0);
  }

  /** Removes a name that is not a directory's. */
  public static void unlink(int directory, FileName name) throws PosixException {
    unlinkat(directory, name, 0);
  }

  /** As {@link #unlink(int, FileName)}. */
  public static void unlink(int directory, String name) throws PosixException {
    unlink(directory, FileName.of(name));
  }

  /** Removes an empty directory. */
  public static void rmdir(int directory, FileName name) throws PosixException {
    unlinkat(directory, name, AT_REMOVEDIR);
  }

  /** Makes a pipe; {@code flags} as for opening, such as {@link #O_CLOEXEC}. */
  public static Pipe pipe(int flags) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ends = arena.allocate(JAVA_INT, 2);
      LibC.call("pipe2", "", (_, state) -> (int) PIPE2.invokeExact(state, ends, flags));
      return new Pipe(ends.getAtIndex(JAVA_INT, 0), ends.getAtIndex(JAVA_INT, 1));
    }
  }

  /**
   * Takes the exclusive {@code flock} of an open file, without waiting. It lasts until the last
   * copy of the descriptor is closed, at the latest until the process ends.
   *
   * @return false when another open file has it
   */
  public static boolean tryLock(int fd) throws PosixException {
    try {
      LibC.call(
          "flock",
          "descriptor " + fd,
          (_, state) -> (int) FLOCK.invokeExact(state, fd, LOCK_EXCLUSIVE_NOW));
      return true;
    } catch (PosixException e) {
      if (e.is(Errno.EAGAIN)) {
        return false;
      }
      throw e;
    }
  }

  /** How many bytes a pipe holds. */
  public static int pipeSize(int fd) throws PosixException {
    return fcntl(fd, F_GETPIPE_SZ, 0);
  }

  /** Sets how many bytes a pipe holds; the kernel rounds up to a power of two. */
  public static void setPipeSize(int fd, int bytes) throws PosixException {
    fcntl(fd, F_SETPIPE_SZ, bytes);
  }

  /** Goes back to the start of a file or directory. */
  public static void rewind(int fd) throws PosixException {
    LibC.call(
        "lseek", "descriptor " + fd, (_, state) -> (long) LSEEK.invokeExact(state, fd, 0L, 0));
  }

  /**
   * Reads on in a directory: some entries, {@code .} and {@code ..} among them.
   *
   * @return how many; 0 at the end
   */
  public static int readDirectory(int fd, Consumer<Entry> each) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(DIRECTORY_BUFFER, Long.BYTES);
      long length =
          LibC.call(
              "getdents64",
              "descriptor " + fd,
              (_, state) ->
                  (long)
                      GETDENTS64.invokeExact(
                          state,
                          Architecture.CURRENT.getdents64(),
                          fd,
                          buffer,
                          (long) DIRECTORY_BUFFER));
      return entries(buffer.asSlice(0, length), each);
    }
  }

  /**
   * Waits on the calling thread itself, which must be a platform thread, until something can be
   * read.
   *
   * @return false when the time was over before
   */
  public static boolean poll(int fd, Duration timeout) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment entry = arena.allocate(8, 4);
      entry.set(JAVA_INT, 0, fd);
      entry.set(JAVA_SHORT, 4, POLLIN);
      int millis = Math.clamp(timeout.toMillis(), 0, Integer.MAX_VALUE);
      return LibC.call(
              "poll",
              "descriptor " + fd,
              (_, state) -> (int) POLL.invokeExact(state, entry, 1L, millis))
          > 0;
    }
  }

  /** A descriptor of a process, which becomes readable when the process has ended. */
  public static int pidfdOpen(int pid) throws PosixException {
    return (int)
        LibC.call(
            "pidfd_open",
            "process " + pid,
            (_, state) -> (long) PIDFD_OPEN.invokeExact(state, SYS_PIDFD_OPEN, pid, 0));
  }

  /** Sets the umask of the whole process; gives the former one. */
  public static int umask(int mask) {
    return (int) LibC.tryOnce((_, state) -> (int) UMASK.invokeExact(state, mask));
  }

  /** The real user id of this process. */
  public static int getuid() {
    return (int) LibC.tryOnce((_, state) -> (int) GETUID.invokeExact(state));
  }

  /** The effective user id of this process. */
  public static int geteuid() {
    return (int) LibC.tryOnce((_, state) -> (int) GETEUID.invokeExact(state));
  }

  /** The effective group id of this process. */
  public static int getegid() {
    return (int) LibC.tryOnce((_, state) -> (int) GETEGID.invokeExact(state));
  }

  private static int transfer(byte[] buffer, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (length == 0) {
      throw new IllegalArgumentException("a transfer of at least one byte");
    }
    return Math.min(length, MAX_TRANSFER);
  }

  private static int transferred(String call, int fd, long result) throws PosixException {
    if (result == -Errno.EAGAIN) {
      return WOULD_BLOCK;
    }
    if (result < 0) {
      throw new PosixException((int) -result, call, "descriptor " + fd);
    }
    return (int) result;
  }

  private static void rename(int fromDirectory, String from, int toDirectory, String to, int flags)
      throws PosixException {
    FileName source = FileName.of(from);
    FileName target = FileName.of(to);
    LibC.call(
        "renameat2",
        source,
        (arena, state) ->
            (int)
                RENAMEAT2.invokeExact(
                    state,
                    fromDirectory,
                    LibC.path(arena, source),
                    toDirectory,
                    LibC.path(arena, target),
                    flags));
  }

  private static void unlinkat(int directory, FileName name, int flags) throws PosixException {
    LibC.call(
        "unlinkat",
        name,
        (arena, state) ->
            (int) UNLINKAT.invokeExact(state, directory, LibC.path(arena, name), flags));
  }

  private static int fcntl(int fd, int command, int argument) throws PosixException {
    return (int)
        LibC.call(
            "fcntl",
            "descriptor " + fd,
            (_, state) -> (int) FCNTL.invokeExact(state, fd, command, argument));
  }

  @FunctionalInterface
  private interface PathOf {
    MemorySegment in(Arena arena);
  }

  /** {@code struct statx} is the same on every processor, which {@code struct stat} is not. */
  private static FileStatus statx(
      String call, int directory, Object subject, PathOf path, int flags) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(STATX_SIZE, Long.BYTES);
      MemorySegment name = path.in(arena);
      LibC.call(
          call,
          subject,
          (_, state) ->
              (int) STATX.invokeExact(state, directory, name, flags, STATX_BASIC_STATS, buffer));
      int mode = Short.toUnsignedInt(buffer.get(JAVA_SHORT, 28));
      return new FileStatus(
          FileStatus.Type.of(mode >> 12),
          mode & 0xfff,
          buffer.get(JAVA_INT, 20),
          buffer.get(JAVA_INT, 24),
          Integer.toUnsignedLong(buffer.get(JAVA_INT, 16)),
          buffer.get(JAVA_LONG, 40),
          (Integer.toUnsignedLong(buffer.get(JAVA_INT, 136)) << 32)
              | Integer.toUnsignedLong(buffer.get(JAVA_INT, 140)),
          buffer.get(JAVA_LONG, 32),
          instant(buffer, 112),
          instant(buffer, 96));
    }
  }

  private static Instant instant(MemorySegment buffer, long offset) {
    return Instant.ofEpochSecond(
        buffer.get(JAVA_LONG, offset), buffer.get(JAVA_INT, offset + Long.BYTES));
  }

  private static int entries(MemorySegment buffer, Consumer<Entry> each) {
    int count = 0;
    long at = 0;
    while (at < buffer.byteSize()) {
      int length = Short.toUnsignedInt(buffer.get(JAVA_SHORT, at + 16));
      FileStatus.Type type = FileStatus.Type.of(buffer.get(JAVA_BYTE, at + 18));
      byte[] name = buffer.asSlice(at + 19, length - 19).toArray(JAVA_BYTE);
      int end = 0;
      while (name[end] != 0) {
        end++;
      }
      each.accept(new Entry(FileName.of(name, 0, end), type));
      count++;
      at += length;
    }
    return count;
  }
}
