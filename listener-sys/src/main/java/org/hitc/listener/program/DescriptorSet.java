package org.hitc.listener.program;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import org.hitc.channel.os.Errno;
import org.hitc.channel.os.PosixFiles;

/**
 * The descriptors of one running program as one descriptor: an epoll(7) set, which is readable
 * itself as soon as a member is ready. So one thread, waiting once, watches them all.
 */
final class DescriptorSet implements AutoCloseable {
  private static final int CLOSE_ON_EXEC = PosixFiles.O_CLOEXEC;
  private static final int F_SETFL = 4;
  private static final int ADD = 1;
  private static final int REMOVE = 2;
  private static final int IN = 1;
  private static final int OUT = 4;
  private static final int MAX_MEMBERS = 4;

  /** {@code struct epoll_event} is packed on x86-64 only. */
  private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");

  private static final long EVENT_SIZE = PACKED ? 12 : 16;
  private static final long EVENT_DATA = PACKED ? 4 : 8;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle FCNTL =
      handle(
          "fcntl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle CREATE =
      handle("epoll_create1", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle CONTROL =
      handle("epoll_ctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle WAIT =
      handle("epoll_wait", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));

  private final int fd;

  private DescriptorSet(int fd) {
    this.fd = fd;
  }

  @FunctionalInterface
  private interface Call {
    @SuppressWarnings("checkstyle:IllegalThrows") // what MethodHandle.invokeExact declares
    int in(Arena arena, MemorySegment state) throws Throwable;
  }

  static DescriptorSet open() throws IOException {
    return new DescriptorSet(
        call("epoll_create1", (_, state) -> (int) CREATE.invokeExact(state, CLOSE_ON_EXEC)));
  }

  /** Our end of a pipe never blocks; the other end, which the program gets, is not touched. */
  static void neverBlock(int end) throws IOException {
    call(
        "fcntl", (_, state) -> (int) FCNTL.invokeExact(state, end, F_SETFL, PosixFiles.O_NONBLOCK));
  }

  /** To wait for; becomes readable when a member is ready. */
  int fd() {
    return fd;
  }

  void addReadable(int member) throws IOException {
    control(ADD, member, IN);
  }

  void addWritable(int member) throws IOException {
    control(ADD, member, OUT);
  }

  void remove(int member) throws IOException {
    control(REMOVE, member, 0);
  }

  /** The members that are ready now. A closed descriptor is no member any more. */
  int[] ready() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment events = arena.allocate(EVENT_SIZE * MAX_MEMBERS, Long.BYTES);
      int count =
          call(
              "epoll_wait",
              (_, state) -> (int) WAIT.invokeExact(state, fd, events, MAX_MEMBERS, 0));
      int[] members = new int[count];
      for (int i = 0; i < count; i++) {
        members[i] = events.get(JAVA_INT_UNALIGNED, i * EVENT_SIZE + EVENT_DATA);
      }
      return members;
    }
  }

  @Override
  public void close() throws IOException {
    PosixFiles.close(fd);
  }

  private void control(int operation, int member, int events) throws IOException {
    call(
        "epoll_ctl",
        (arena, state) -> {
          MemorySegment event = arena.allocate(EVENT_SIZE, Long.BYTES);
          event.set(JAVA_INT, 0, events);
          event.set(JAVA_INT_UNALIGNED, EVENT_DATA, member);
          return (int) CONTROL.invokeExact(state, fd, operation, member, event);
        });
  }

  private static int call(String name, Call call) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      int result = call.in(arena, state);
      if (result < 0) {
        throw new IOException(name + ": " + Errno.name((int) ERRNO.get(state, 0L)));
      }
      return result;
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a native call throws nothing that is checked", e);
    }
  }

  private static MethodHandle handle(
      String name, FunctionDescriptor type, Linker.Option... options) {
    Linker.Option[] all = java.util.Arrays.copyOf(options, options.length + 1);
    all[options.length] = Linker.Option.captureCallState("errno");
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, all);
  }
}
