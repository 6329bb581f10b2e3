package org.hitc.channel.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.function.LongConsumer;

/** The native calls for waiting: {@code epoll(7)} and {@code eventfd(2)}. */
final class Epoll {
  static final int IN = 0x1;
  static final int OUT = 0x4;

  private static final int ONE_SHOT = 1 << 30;
  private static final int ADD = 1;
  private static final int DELETE = 2;
  private static final int MODIFY = 3;
  private static final int BATCH = 256;

  private static final MethodHandle CREATE = LibC.function("epoll_create1", JAVA_INT, JAVA_INT);
  private static final MethodHandle CONTROL =
      LibC.function("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle WAIT =
      LibC.function("epoll_wait", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle EVENTFD =
      LibC.function("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);

  private Epoll() {}

  static int create() throws PosixException {
    return (int)
        LibC.call(
            "epoll_create1",
            "",
            (_, state) -> (int) CREATE.invokeExact(state, PosixFiles.O_CLOEXEC));
  }

  static int eventfd() throws PosixException {
    return (int)
        LibC.call(
            "eventfd",
            "",
            (_, state) ->
                (int) EVENTFD.invokeExact(state, 0, PosixFiles.O_CLOEXEC | PosixFiles.O_NONBLOCK));
  }

  /** Asks for one event; {@code data} comes with it. */
  static void arm(int epoll, int fd, int events, long data) throws PosixException {
    try {
      control(epoll, ADD, fd, events | ONE_SHOT, data);
    } catch (PosixException e) {
      if (!e.is(Errno.EEXIST)) {
        throw e;
      }
      control(epoll, MODIFY, fd, events | ONE_SHOT, data);
    }
  }

  static void disarm(int epoll, int fd) throws PosixException {
    control(epoll, DELETE, fd, 0, 0);
  }

  /** Waits without a limit; gives the {@code data} of what happened. */
  static void await(int epoll, LongConsumer each) throws PosixException {
    long size = Architecture.CURRENT.epollEventSize();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment events = arena.allocate(size * BATCH, Long.BYTES);
      long count =
          LibC.call(
              "epoll_wait",
              "descriptor " + epoll,
              (_, state) -> (int) WAIT.invokeExact(state, epoll, events, BATCH, -1));
      for (long i = 0; i < count; i++) {
        long at = i * size + Architecture.CURRENT.epollDataOffset();
        each.accept(events.get(JAVA_LONG_UNALIGNED, at));
      }
    }
  }

  private static void control(int epoll, int operation, int fd, int events, long data)
      throws PosixException {
    LibC.call(
        "epoll_ctl",
        "descriptor " + fd,
        (arena, state) -> {
          MemorySegment event = arena.allocate(Architecture.CURRENT.epollEventSize(), Long.BYTES);
          event.set(JAVA_INT, 0, events);
          event.set(JAVA_LONG_UNALIGNED, Architecture.CURRENT.epollDataOffset(), data);
          return (int) CONTROL.invokeExact(state, epoll, operation, fd, event);
        });
  }
}
