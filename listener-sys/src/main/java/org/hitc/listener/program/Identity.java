package org.hitc.listener.program;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.hitc.channel.os.PosixFiles;

/**
 * Gives up root: for good, or while files of somebody else are touched. The C library changes the
 * ids of all threads of the process (nptl(7)); with the last of the user ids the kernel takes away
 * every capability (capabilities(7)).
 */
public final class Identity {
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final int ROOT = 0;

  /** An id that stays as it is (setresuid(2)). */
  private static final int SAME = -1;

  private Identity() {}

  /**
   * Makes this process one of an ordinary user, without supplementary groups and without a way
   * back. To be called before any file of that user is touched.
   *
   * @throws IOException when the system refuses, or root could still be had
   */
  public static void become(int user, int group) throws IOException {
    if (user == ROOT || group == ROOT) {
      throw new IOException("root is no ordinary user");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      check("setgroups", (int) groups().invokeExact(state, 0L, MemorySegment.NULL), state);
      check("setresgid", (int) ids("setresgid").invokeExact(state, group, group, group), state);
      check("setresuid", (int) ids("setresuid").invokeExact(state, user, user, user), state);
      int back = (int) ids("setresuid").invokeExact(state, ROOT, ROOT, ROOT);
      if (back == 0 || PosixFiles.getuid() != user || PosixFiles.geteuid() != user) {
        throw new IOException("root could not be given up");
      }
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a call of the C library", e);
    }
  }

  /**
   * Makes root act as an ordinary user until {@link #giveBack}: files are opened and sockets
   * connected as that user. Root stays the real user, so no process of that user can signal or
   * trace this one.
   *
   * @throws IOException when the system refuses
   */
  public static void borrow(int user, int group) throws IOException {
    if (user == ROOT || group == ROOT) {
      throw new IOException("root is no ordinary user");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      check("setgroups", (int) groups().invokeExact(state, 0L, MemorySegment.NULL), state);
      check("setresgid", (int) ids("setresgid").invokeExact(state, SAME, group, SAME), state);
      check("setresuid", (int) ids("setresuid").invokeExact(state, SAME, user, SAME), state);
      if (PosixFiles.geteuid() != user) {
        throw new IOException("the user could not be changed");
      }
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a call of the C library", e);
    }
  }

  /**
   * Ends what {@link #borrow} began.
   *
   * @throws IOException when the system refuses
   */
  public static void giveBack() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      check("setresuid", (int) ids("setresuid").invokeExact(state, SAME, ROOT, SAME), state);
      check("setresgid", (int) ids("setresgid").invokeExact(state, SAME, ROOT, SAME), state);
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a call of the C library", e);
    }
  }

  private static MethodHandle groups() {
    return handle(
        "setgroups",
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
  }

  private static MethodHandle ids(String function) {
    return handle(
        function,
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT));
  }

  private static MethodHandle handle(String function, FunctionDescriptor type) {
    return Linker.nativeLinker()
        .downcallHandle(
            Linker.nativeLinker().defaultLookup().findOrThrow(function),
            type,
            Linker.Option.captureCallState("errno"));
  }

  private static void check(String function, int result, MemorySegment state) throws IOException {
    if (result != 0) {
      int errno =
          (int) STATE.varHandle(MemoryLayout.PathElement.groupElement("errno")).get(state, 0L);
      throw new IOException(function + ": errno " + errno);
    }
  }
}
