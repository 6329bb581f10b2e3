package org.hitc.listener.launcher.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Every native call about processes of the listener and the launcher: posix_spawn(3), waitid(2),
 * kill(2), pidfd_open(2), prctl(2), umask(2), setrlimit(2), setresuid(2). Linux with glibc 2.34 or
 * later, 64 bit.
 *
 * <p>What the calls mean stands with their callers; here stand only numbers and layouts.
 */
public final class ProcessCalls {
  public static final int EPERM = 1;
  public static final int ESRCH = 3;
  public static final int ECHILD = 10;
  public static final int EAGAIN = 11;
  public static final int ENOMEM = 12;
  public static final int ENFILE = 23;
  public static final int EMFILE = 24;
  public static final int SIGKILL = 9;
  public static final int SIGSTOP = 19;

  private static final short POSIX_SPAWN_SETSIGDEF = 0x04;
  private static final short POSIX_SPAWN_SETSIGMASK = 0x08;
  private static final short POSIX_SPAWN_SETSID = 0x80;

  private static final int P_ALL = 0;
  private static final int P_PID = 1;
  private static final int WNOHANG = 1;
  private static final int WEXITED = 4;
  private static final int WNOWAIT = 0x01000000;
  private static final int CLD_EXITED = 1;
  private static final long SI_CODE = 8;
  private static final long SI_PID = 16;
  private static final long SI_STATUS = 24;
  private static final long SIGINFO_SIZE = 128;

  /** The same on every processor (they came after the tables were joined). */
  private static final long PIDFD_SEND_SIGNAL = 424;

  private static final long PIDFD_OPEN = 434;

  /** Nobody's: no account has the number, and none can be given it by useradd(8). */
  private static final long NOBODYS_UID = 0xffff_fffeL;

  private static final int PR_SET_DUMPABLE = 4;
  private static final int PR_SET_CHILD_SUBREAPER = 36;
  private static final int RLIMIT_CORE = 4;
  private static final int RLIMIT_NOFILE = 7;

  /** More than sizeof of glibc's opaque types on every 64-bit processor (336, 80 and 128). */
  private static final long OPAQUE = 512;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final Linker.Option ERRNO_KEPT = Linker.Option.captureCallState("errno");

  /** For calls that only write memory and return at once. */
  private static final Linker.Option SHORT = Linker.Option.critical(false);

  private static final MethodHandle SPAWN =
      handle("posix_spawn", of(ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
  private static final MethodHandle ACTIONS_INIT =
      handle("posix_spawn_file_actions_init", of(ADDRESS), SHORT);
  private static final MethodHandle ACTIONS_DESTROY =
      handle("posix_spawn_file_actions_destroy", of(ADDRESS), SHORT);
  private static final MethodHandle ACTIONS_DUP2 =
      handle("posix_spawn_file_actions_adddup2", of(ADDRESS, JAVA_INT, JAVA_INT), SHORT);
  private static final MethodHandle ACTIONS_CLOSEFROM =
      handle("posix_spawn_file_actions_addclosefrom_np", of(ADDRESS, JAVA_INT), SHORT);
  private static final MethodHandle ACTIONS_CHDIR =
      handle("posix_spawn_file_actions_addchdir_np", of(ADDRESS, ADDRESS), SHORT);
  private static final MethodHandle ATTR_INIT = handle("posix_spawnattr_init", of(ADDRESS));
  private static final MethodHandle ATTR_FLAGS =
      handle(
          "posix_spawnattr_setflags",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, java.lang.foreign.ValueLayout.JAVA_SHORT));
  private static final MethodHandle ATTR_SIGDEFAULT =
      handle("posix_spawnattr_setsigdefault", of(ADDRESS, ADDRESS));
  private static final MethodHandle ATTR_SIGMASK =
      handle("posix_spawnattr_setsigmask", of(ADDRESS, ADDRESS));
  private static final MethodHandle SIGFILLSET = handle("sigfillset", of(ADDRESS));
  private static final MethodHandle SIGEMPTYSET = handle("sigemptyset", of(ADDRESS));
  private static final MethodHandle WAITID =
      handle("waitid", of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT), ERRNO_KEPT);
  private static final MethodHandle KILL = handle("kill", of(JAVA_INT, JAVA_INT), ERRNO_KEPT);
  private static final MethodHandle PRCTL =
      handle(
          "prctl",
          of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          ERRNO_KEPT,
          Linker.Option.firstVariadicArg(1));
  private static final MethodHandle SYSCALL =
      handle(
          "syscall",
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          ERRNO_KEPT,
          Linker.Option.firstVariadicArg(1));
  private static final MethodHandle UMASK = handle("umask", of(JAVA_INT));
  private static final MethodHandle GETRLIMIT =
      handle("getrlimit", of(JAVA_INT, ADDRESS), ERRNO_KEPT);
  private static final MethodHandle SETRLIMIT =
      handle("setrlimit", of(JAVA_INT, ADDRESS), ERRNO_KEPT);

  /** How a process ended, as the kernel says it. */
  public sealed interface Status {
    /** By itself, with this code, 0 to 255. */
    record Exited(int code) implements Status {}

    /** By this signal. */
    record Signalled(int signal) implements Status {}
  }

  /** A child that has ended. */
  public record Ended(int pid, Status status) {}

  private ProcessCalls() {}

  /**
   * Attributes of every start, made once: own session, all signals at their defaults, none blocked.
   *
   * @param arena keeps them; never closed before the last start
   */
  public static MemorySegment attributes(Arena arena) {
    MemorySegment attributes = arena.allocate(OPAQUE, 16);
    MemorySegment signals = arena.allocate(OPAQUE, 16);
    try {
      check("posix_spawnattr_init", (int) ATTR_INIT.invokeExact(attributes));
      short flags = POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
      check("posix_spawnattr_setflags", (int) ATTR_FLAGS.invokeExact(attributes, flags));
      check("sigfillset", (int) SIGFILLSET.invokeExact(signals));
      check(
          "posix_spawnattr_setsigdefault", (int) ATTR_SIGDEFAULT.invokeExact(attributes, signals));
      check("sigemptyset", (int) SIGEMPTYSET.invokeExact(signals));
      check("posix_spawnattr_setsigmask", (int) ATTR_SIGMASK.invokeExact(attributes, signals));
      return attributes;
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  /**
   * One start. Descriptors 0 to 2 of the child are these three; it has no other.
   *
   * @param cwd a C string; NULL leaves the directory as it is
   * @return the process id, or the negative error number
   */
  public static int spawn(
      Arena arena,
      MemorySegment attributes,
      MemorySegment path,
      MemorySegment argv,
      MemorySegment envp,
      MemorySegment cwd,
      int stdin,
      int stdout,
      int stderr) {
    MemorySegment actions = arena.allocate(OPAQUE, 16);
    MemorySegment pid = arena.allocate(JAVA_INT);
    try {
      check("file_actions_init", (int) ACTIONS_INIT.invokeExact(actions));
      try {
        check("adddup2", (int) ACTIONS_DUP2.invokeExact(actions, stdin, 0));
        check("adddup2", (int) ACTIONS_DUP2.invokeExact(actions, stdout, 1));
        check("adddup2", (int) ACTIONS_DUP2.invokeExact(actions, stderr, 2));
        check("addclosefrom_np", (int) ACTIONS_CLOSEFROM.invokeExact(actions, 3));
        if (!cwd.equals(MemorySegment.NULL)) {
          check("addchdir_np", (int) ACTIONS_CHDIR.invokeExact(actions, cwd));
        }
        int error = (int) SPAWN.invokeExact(pid, path, actions, attributes, argv, envp);
        return error == 0 ? pid.get(JAVA_INT, 0) : -error;
      } finally {
        check("file_actions_destroy", (int) ACTIONS_DESTROY.invokeExact(actions));
      }
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  /** Takes the status of this child, if it has ended and nobody took it before. */
  public static Optional<Ended> reap(int pid) {
    return waitid(P_PID, pid, WEXITED | WNOHANG).ended();
  }

  /** Waits until a child has ended, and leaves its status; empty when there is no child at all. */
  public static Optional<Integer> awaitAny() {
    return waitid(P_ALL, 0, WEXITED | WNOWAIT).ended().map(Ended::pid);
  }

  /** How this child ended, if it has; the status stays to be taken. */
  public static Optional<Status> peek(int pid) {
    return waitid(P_PID, pid, WEXITED | WNOHANG | WNOWAIT).ended().map(Ended::status);
  }

  /** True when this process has any child, running or ended. */
  public static boolean hasChildren() {
    return waitid(P_ALL, 0, WEXITED | WNOHANG | WNOWAIT).errno() != ECHILD;
  }

  private record Waited(int errno, Optional<Ended> ended) {}

  private static Waited waitid(int idType, int id, int options) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      MemorySegment info = arena.allocate(SIGINFO_SIZE, 8);
      if ((int) WAITID.invokeExact(state, idType, id, info, options) != 0) {
        return new Waited((int) ERRNO.get(state, 0L), Optional.empty());
      }
      int pid = info.get(JAVA_INT, SI_PID);
      if (pid == 0) {
        return new Waited(0, Optional.empty());
      }
      int status = info.get(JAVA_INT, SI_STATUS);
      boolean exited = info.get(JAVA_INT, SI_CODE) == CLD_EXITED;
      return new Waited(
          0,
          Optional.of(
              new Ended(pid, exited ? new Status.Exited(status) : new Status.Signalled(status))));
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  /**
   * Sends SIGKILL.
   *
   * @param pid a process, or the negative id of a process group
   * @return 0 or the error number
   */
  public static int kill(int pid) {
    if (pid == 0 || pid == -1 || pid == 1) {
      throw new IllegalArgumentException("kill(" + pid + ") would reach more than a job");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      return (int) KILL.invokeExact(state, pid, SIGKILL) == 0 ? 0 : (int) ERRNO.get(state, 0L);
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  /**
   * A descriptor of a process, readable when the process has ended, closed on exec (pidfd_open(2)).
   * It stays this process's, also when another gets the number.
   *
   * @return the descriptor, or the negative error number
   */
  public static int pidfd(int pid) {
    return systemCall(PIDFD_OPEN, pid, 0, 0);
  }

  /**
   * Sends a signal to the process of a {@link #pidfd} (pidfd_send_signal(2)).
   *
   * @return 0 or the negative error number
   */
  public static int signal(int pidfd, int signal) {
    return systemCall(PIDFD_SEND_SIGNAL, pidfd, signal, 0);
  }

  /**
   * Sends SIGKILL to every process of this PID namespace that belongs to one user, in one step of
   * the kernel (kill(2), -1). A thread of its own does it, which has that user's rights and no more
   * from then to its end: only its effective id is the user's, so that none of them can send it a
   * signal.
   *
   * @return 0 or the negative error number; ESRCH when there was none
   */
  public static int killAllOf(int uid) throws InterruptedException {
    if (uid == 0) {
      throw new IllegalArgumentException("root's would be more than a job");
    }
    long call = setresuid();
    // What it stays if the thread dies of an exception.
    AtomicInteger result = new AtomicInteger(-EPERM);
    Thread killer =
        Thread.ofPlatform()
            .name("killer")
            .unstarted(() -> result.set(becomeAndKill(call, Integer.toUnsignedLong(uid))));
    killer.start();
    killer.join();
    // Another effective id makes the whole process one that may be traced or dumped again.
    forbidTracing();
    return result.get();
  }

  private static int becomeAndKill(long setresuid, long uid) {
    // Not setresuid(3), which changes every thread.
    int error = systemCall(setresuid, NOBODYS_UID, uid, NOBODYS_UID);
    if (error < 0) {
      return error;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      return (int) KILL.invokeExact(state, -1, SIGKILL) == 0 ? 0 : -(int) ERRNO.get(state, 0L);
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  private static long setresuid() {
    String processor = System.getProperty("os.arch");
    return switch (processor) {
      case "amd64" -> 117;
      case "aarch64", "riscv64" -> 147;
      case "ppc64le" -> 169;
      case "s390x" -> 208;
      default ->
          throw new IllegalStateException("setresuid(2) has no known number on " + processor);
    };
  }

  private static int systemCall(long number, long first, long second, long third) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      long result = (long) SYSCALL.invokeExact(state, number, first, second, third, 0L);
      return result < 0 ? -(int) ERRNO.get(state, 0L) : (int) result;
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  /** Orphans of our programs become our children (prctl(2), PR_SET_CHILD_SUBREAPER). */
  public static void becomeSubreaper() {
    prctl(PR_SET_CHILD_SUBREAPER, 1);
  }

  /** Nobody of the same user may trace this process or read its memory (PR_SET_DUMPABLE). */
  public static void forbidTracing() {
    prctl(PR_SET_DUMPABLE, 0);
  }

  private static void prctl(int option, long value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      if ((int) PRCTL.invokeExact(state, option, value, 0L, 0L, 0L) != 0) {
        throw new IllegalStateException(
            "prctl(" + option + "): errno " + (int) ERRNO.get(state, 0L));
      }
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  /** The bits that files of this process and its children are made without. */
  public static void umask(int mask) {
    try {
      int _ = (int) UMASK.invokeExact(mask);
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  /** No core file, and this soft limit of open files (or the hard one, when that is lower). */
  public static void limits(long openFiles) {
    limit(RLIMIT_CORE, 0, true);
    limit(RLIMIT_NOFILE, openFiles, false);
  }

  /** The most that a core file of this process may ever have, in bytes; -1 is no limit. */
  public static long hardLimitOfCores() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      MemorySegment limit = arena.allocate(JAVA_LONG, 2);
      if ((int) GETRLIMIT.invokeExact(state, RLIMIT_CORE, limit) == 0) {
        return limit.get(JAVA_LONG, JAVA_LONG.byteSize());
      }
      throw new IllegalStateException("getrlimit: errno " + (int) ERRNO.get(state, 0L));
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  private static void limit(int resource, long soft, boolean alsoHard) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      MemorySegment limit = arena.allocate(JAVA_LONG, 2);
      if ((int) GETRLIMIT.invokeExact(state, resource, limit) == 0) {
        long hard = limit.get(JAVA_LONG, JAVA_LONG.byteSize());
        long lower = Long.compareUnsigned(soft, hard) < 0 ? soft : hard;
        limit.set(JAVA_LONG, 0, lower);
        limit.set(JAVA_LONG, JAVA_LONG.byteSize(), alsoHard ? lower : hard);
        if ((int) SETRLIMIT.invokeExact(state, resource, limit) == 0) {
          return;
        }
      }
      throw new IllegalStateException(
          "setrlimit(" + resource + "): errno " + (int) ERRNO.get(state, 0L));
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  private static FunctionDescriptor of(MemoryLayout... arguments) {
    return FunctionDescriptor.of(JAVA_INT, arguments);
  }

  private static MethodHandle handle(
      String name, FunctionDescriptor type, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, options);
  }

  private static void check(String call, int error) {
    if (error == ENOMEM) {
      throw new OutOfMemoryError(call);
    }
    if (error != 0) {
      throw new IllegalStateException(call + ": error " + error);
    }
  }

  private static RuntimeException thrown(Throwable e) {
    if (e instanceof RuntimeException unchecked) {
      return unchecked;
    }
    if (e instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(e);
  }
}
