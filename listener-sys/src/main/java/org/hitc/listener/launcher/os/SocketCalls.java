package org.hitc.listener.launcher.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Every native call about unix sockets and the descriptors that come over them (unix(7),
 * recvmsg(2), poll(2)). Every descriptor made here is closed on exec. Linux, 64 bit; the layouts
 * are the same on x86-64 and aarch64.
 */
final class SocketCalls {
  static final int EAGAIN = 11;
  static final short POLLIN = 1;
  static final short POLLOUT = 4;

  private static final int EINTR = 4;
  private static final int AF_UNIX = 1;
  private static final int SOCK_STREAM = 1;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SOCK_NONBLOCK = 0x800;
  private static final int O_RDWR = 2;
  private static final int O_CLOEXEC = 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_PEERCRED = 17;
  private static final int SCM_RIGHTS = 1;
  private static final int MSG_CTRUNC = 0x8;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int MSG_CMSG_CLOEXEC = 0x40000000;
  private static final int SHUT_WR = 1;
  private static final int BACKLOG = 128;

  private static final long ADDRESS_SIZE = 110;
  private static final int MAX_PATH = 107;
  private static final long UCRED_SIZE = 12;
  private static final long UCRED_UID = 4;
  private static final long POLLFD_SIZE = 8;
  private static final long POLLFD_EVENTS = 4;
  private static final long POLLFD_RETURNED = 6;
  private static final long MSGHDR_SIZE = 56;
  private static final long MSGHDR_IOV = 16;
  private static final long MSGHDR_IOV_COUNT = 24;
  private static final long MSGHDR_CONTROL = 32;
  private static final long MSGHDR_CONTROL_SIZE = 40;
  private static final long MSGHDR_FLAGS = 48;
  private static final long CMSG_LEVEL = 8;
  private static final long CMSG_TYPE = 12;
  private static final long CMSG_DATA = 16;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle SOCKET = handle("socket", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle OPEN = handle("open", ADDRESS, JAVA_INT);
  private static final MethodHandle BIND = handle("bind", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle LISTEN = handle("listen", JAVA_INT, JAVA_INT);
  private static final MethodHandle CONNECT = handle("connect", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle ACCEPT =
      handle("accept4", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
  private static final MethodHandle SHUTDOWN = handle("shutdown", JAVA_INT, JAVA_INT);
  private static final MethodHandle GETSOCKOPT =
      handle("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
  private static final MethodHandle POLL = handle("poll", ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle CLOSE = handle("close", JAVA_INT);
  private static final MethodHandle FCHOWN = handle("fchown", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle SENDMSG = sized("sendmsg");
  private static final MethodHandle RECVMSG = sized("recvmsg");

  private SocketCalls() {}

  /** A call failed. */
  static final class CallException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    CallException(String call, int errno) {
      super(call + ": errno " + errno);
      this.errno = errno;
    }

    int errno() {
      return errno;
    }
  }

  /**
   * What came.
   *
   * @param count of bytes; 0 at the end
   * @param whole false when descriptors came that were not taken
   */
  record Received(int count, List<Integer> descriptors, boolean whole) {}

  @FunctionalInterface
  private interface Call {
    @SuppressWarnings("checkstyle:IllegalThrows") // what MethodHandle.invokeExact declares
    long in(Arena arena, MemorySegment state) throws Throwable;
  }

  /** Whose accept waits. */
  static int listeningSocket() throws IOException {
    return socket(0);
  }

  /** That never waits: neither for a place in the queue of the other end, nor for its words. */
  static int callingSocket() throws IOException {
    return socket(SOCK_NONBLOCK);
  }

  private static int socket(int flags) throws IOException {
    return (int)
        call(
            "socket",
            (_, state) ->
                (int) SOCKET.invokeExact(state, AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | flags, 0));
  }

  /** Open for reading and writing: nothing to read, and what is written is gone. */
  static int openNull() throws IOException {
    return (int)
        call(
            "open",
            (arena, state) ->
                (int) OPEN.invokeExact(state, arena.allocateFrom("/dev/null"), O_RDWR | O_CLOEXEC));
  }

  static void bind(int fd, Path path) throws IOException {
    byte[] name = name(path);
    call(
        "bind",
        (arena, state) -> (int) BIND.invokeExact(state, fd, address(arena, name), length(name)));
    call("listen", (_, state) -> (int) LISTEN.invokeExact(state, fd, BACKLOG));
  }

  static void connect(int fd, Path path) throws IOException {
    byte[] name = name(path);
    call(
        "connect",
        (arena, state) -> (int) CONNECT.invokeExact(state, fd, address(arena, name), length(name)));
  }

  static int accept(int fd) throws IOException {
    return (int)
        call(
            "accept4",
            (_, state) ->
                (int)
                    ACCEPT.invokeExact(
                        state, fd, MemorySegment.NULL, MemorySegment.NULL, SOCK_CLOEXEC));
  }

  /** The user who made the other end, as the kernel says (SO_PEERCRED). */
  static int peerUser(int fd) throws IOException {
    return (int)
        call(
            "getsockopt",
            (arena, state) -> {
              MemorySegment peer = arena.allocate(UCRED_SIZE, 4);
              MemorySegment size = arena.allocate(JAVA_INT);
              size.set(JAVA_INT, 0, (int) UCRED_SIZE);
              int result =
                  (int) GETSOCKOPT.invokeExact(state, fd, SOL_SOCKET, SO_PEERCRED, peer, size);
              return result < 0 ? result : Integer.toUnsignedLong(peer.get(JAVA_INT, UCRED_UID));
            });
  }

  /**
   * Waits until one of them is ready.
   *
   * @param events for each descriptor
   * @param millis at most; 0 does not wait
   * @return for each whether it is ready; an end or an error is ready, too
   */
  static boolean[] poll(int[] descriptors, short[] events, int millis) throws IOException {
    boolean[] ready = new boolean[descriptors.length];
    call(
        "poll",
        (arena, state) -> {
          MemorySegment all = arena.allocate(POLLFD_SIZE * descriptors.length, 4);
          for (int i = 0; i < descriptors.length; i++) {
            all.set(JAVA_INT, i * POLLFD_SIZE, descriptors[i]);
            all.set(JAVA_SHORT, i * POLLFD_SIZE + POLLFD_EVENTS, events[i]);
          }
          int count = (int) POLL.invokeExact(state, all, (long) descriptors.length, millis);
          for (int i = 0; i < descriptors.length; i++) {
            ready[i] = count > 0 && all.get(JAVA_SHORT, i * POLLFD_SIZE + POLLFD_RETURNED) != 0;
          }
          return count;
        });
    return ready;
  }

  /** Sends what fits, without waiting; the descriptors go with the first byte. */
  static int send(int fd, byte[] bytes, int from, int[] descriptors) throws IOException {
    return (int)
        call(
            "sendmsg",
            (arena, state) -> {
              MemorySegment data = arena.allocate(bytes.length - from);
              MemorySegment.copy(bytes, from, data, JAVA_BYTE, 0, bytes.length - from);
              MemorySegment message = message(arena, data, descriptors.length);
              if (descriptors.length > 0) {
                MemorySegment control = message.get(ADDRESS, MSGHDR_CONTROL);
                control = control.reinterpret(message.get(JAVA_LONG, MSGHDR_CONTROL_SIZE));
                control.set(JAVA_LONG, 0, CMSG_DATA + (long) descriptors.length * Integer.BYTES);
                control.set(JAVA_INT, CMSG_LEVEL, SOL_SOCKET);
                control.set(JAVA_INT, CMSG_TYPE, SCM_RIGHTS);
                MemorySegment.copy(
                    descriptors, 0, control, JAVA_INT, CMSG_DATA, descriptors.length);
              }
              return (long) SENDMSG.invokeExact(state, fd, message, MSG_NOSIGNAL | MSG_DONTWAIT);
            });
  }

  /**
   * Takes what is there, without waiting.
   *
   * @param into filled from its start
   * @param descriptors how many may come; the kernel closes what is beyond
   */
  static Received receive(int fd, byte[] into, int count, int descriptors) throws IOException {
    List<Integer> came = new ArrayList<>();
    boolean[] whole = {true};
    int taken =
        (int)
            call(
                "recvmsg",
                (arena, state) -> {
                  MemorySegment data = arena.allocate(count);
                  MemorySegment message = message(arena, data, descriptors);
                  long size =
                      (long)
                          RECVMSG.invokeExact(state, fd, message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
                  if (size >= 0) {
                    MemorySegment.copy(data, JAVA_BYTE, 0, into, 0, Math.toIntExact(size));
                    came.addAll(descriptors(message));
                    whole[0] = (message.get(JAVA_INT, MSGHDR_FLAGS) & MSG_CTRUNC) == 0;
                  }
                  return size;
                });
    return new Received(taken, came, whole[0]);
  }

  static void shutdownOutput(int fd) throws IOException {
    call("shutdown", (_, state) -> (int) SHUTDOWN.invokeExact(state, fd, SHUT_WR));
  }

  /** Never repeated: after EINTR the descriptor is closed, too (close(2), Linux). */
  static void close(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      int _ = (int) CLOSE.invokeExact(arena.allocate(CALL_STATE), fd);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  static void chown(int fd, int uid, int gid) throws IOException {
    call("fchown", (_, state) -> (int) FCHOWN.invokeExact(state, fd, uid, gid));
  }

  /** A message of one piece, with room for so many descriptors and not one more. */
  private static MemorySegment message(Arena arena, MemorySegment data, int descriptors) {
    MemorySegment piece = arena.allocate(ADDRESS, 2);
    piece.set(ADDRESS, 0, data);
    piece.set(JAVA_LONG, ADDRESS.byteSize(), data.byteSize());
    MemorySegment message = arena.allocate(MSGHDR_SIZE, 8);
    message.set(ADDRESS, MSGHDR_IOV, piece);
    message.set(JAVA_LONG, MSGHDR_IOV_COUNT, 1);
    if (descriptors > 0) {
      long size = CMSG_DATA + (long) descriptors * Integer.BYTES;
      message.set(ADDRESS, MSGHDR_CONTROL, arena.allocate(size, 8));
      message.set(JAVA_LONG, MSGHDR_CONTROL_SIZE, size);
    }
    return message;
  }

  private static List<Integer> descriptors(MemorySegment message) {
    long size = message.get(JAVA_LONG, MSGHDR_CONTROL_SIZE);
    List<Integer> found = new ArrayList<>();
    if (size >= CMSG_DATA) {
      MemorySegment control = message.get(ADDRESS, MSGHDR_CONTROL).reinterpret(size);
      long end = Math.min(size, control.get(JAVA_LONG, 0));
      boolean rights =
          control.get(JAVA_INT, CMSG_LEVEL) == SOL_SOCKET
              && control.get(JAVA_INT, CMSG_TYPE) == SCM_RIGHTS;
      for (long at = CMSG_DATA; rights && at + Integer.BYTES <= end; at += Integer.BYTES) {
        found.add(control.get(JAVA_INT, at));
      }
    }
    return found;
  }

  private static byte[] name(Path path) throws IOException {
    byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
    if (name.length > MAX_PATH) {
      throw new IOException(path + " is longer than " + MAX_PATH + " bytes");
    }
    return name;
  }

  private static MemorySegment address(Arena arena, byte[] name) {
    MemorySegment address = arena.allocate(ADDRESS_SIZE, 2);
    address.set(JAVA_SHORT, 0, (short) AF_UNIX);
    MemorySegment.copy(name, 0, address, JAVA_BYTE, Short.BYTES, name.length);
    return address;
  }

  private static int length(byte[] name) {
    return Short.BYTES + name.length + 1;
  }

  private static long call(String name, Call call) throws IOException {
    while (true) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment state = arena.allocate(CALL_STATE);
        long result = call.in(arena, state);
        if (result >= 0) {
          return result;
        }
        int errno = (int) ERRNO.get(state, 0L);
        if (errno != EINTR) {
          throw new CallException(name, errno);
        }
      } catch (IOException | RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException("a native call throws nothing that is checked", e);
      }
    }
  }

  private static MethodHandle handle(String name, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(JAVA_INT, arguments),
        Linker.Option.captureCallState("errno"));
  }

  private static MethodHandle sized(String name) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT),
        Linker.Option.captureCallState("errno"));
  }
}
