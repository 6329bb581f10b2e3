package org.hitc.channel.os;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * How this package calls the C library: finding functions, passing paths, reading {@code errno}.
 */
final class LibC {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

  private LibC() {}

  /** One call; {@code state} is the first argument of every handle that {@link #function} made. */
  @FunctionalInterface
  interface Call {
    @SuppressWarnings("checkstyle:IllegalThrows") // what MethodHandle.invokeExact declares
    long in(Arena arena, MemorySegment state) throws Throwable;
  }

  static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
    return link(
        name, FunctionDescriptor.of(result, arguments), Linker.Option.captureCallState("errno"));
  }

  /** A function whose arguments from {@code fixed} on are variadic in C. */
  static MethodHandle variadic(
      String name, int fixed, MemoryLayout result, MemoryLayout... arguments) {
    return link(
        name,
        FunctionDescriptor.of(result, arguments),
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(fixed));
  }

  private static MethodHandle link(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, options);
  }

  /**
   * The result of a call, made again for as long as a signal interrupts it.
   *
   * @param name for the message of the exception
   * @param subject likewise
   */
  static long call(String name, Object subject, Call call) throws PosixException {
    long result = tryOnce(call);
    while (result == -Errno.EINTR) {
      result = tryOnce(call);
    }
    if (result < 0) {
      throw new PosixException((int) -result, name, subject.toString());
    }
    return result;
  }

  /** The result of one call: not negative, or the negative error number. */
  static long tryOnce(Call call) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      long result = call.in(arena, state);
      return result < 0 ? -(int) ERRNO.get(state, 0L) : result;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a native call throws nothing that is checked", e);
    }
  }

  /** The bytes of a path with the NUL that ends it. */
  static MemorySegment path(Arena arena, FileName name) {
    MemorySegment path = arena.allocate(name.length() + 1L);
    MemorySegment.copy(name.bytes(), 0, path, ValueLayout.JAVA_BYTE, 0, name.length());
    return path;
  }
}
