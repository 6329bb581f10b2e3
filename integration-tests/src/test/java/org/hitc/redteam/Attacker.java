package org.hitc.redteam;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Code as web-side inside the chroot: makes the calls of the C library that it is told to, so that
 * nothing of the product's own care stands between an attack and the kernel. Needs {@code
 * java.base} only.
 *
 * <p>A line in is the name of a function and its arguments: {@code 12} a number, {@code :text} a
 * text, {@code =hex} bytes, {@code ?n} room for n bytes. A line out is the result, a minus and the
 * error number if it failed, and, when there was room, the bytes now in it as hex.
 */
public final class Attacker {
  private static final StructLayout STATE = Linker.Option.captureStateLayout();

  private Attacker() {}

  /** Obeys until its input ends. */
  public static void main(String[] none) throws Throwable {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    System.out.println("ready");
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      System.out.println(obey(order.split(" ")));
    }
  }

  private static String obey(String[] words) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      List<Object> arguments = new ArrayList<>(List.of(state));
      List<MemoryLayout> layouts = new ArrayList<>();
      MemorySegment room = MemorySegment.NULL;
      for (int i = 1; i < words.length; i++) {
        Object argument = argument(arena, words[i]);
        boolean number = argument instanceof Long;
        layouts.add(number ? ValueLayout.JAVA_LONG : ValueLayout.ADDRESS);
        arguments.add(argument);
        if (words[i].startsWith("?")) {
          room = (MemorySegment) argument;
        }
      }
      int result =
          (int)
              Linker.nativeLinker()
                  .downcallHandle(
                      Linker.nativeLinker().defaultLookup().findOrThrow(words[0]),
                      FunctionDescriptor.of(
                          ValueLayout.JAVA_INT, layouts.toArray(MemoryLayout[]::new)),
                      Linker.Option.captureCallState("errno"))
                  .invokeWithArguments(arguments);
      if (result < 0) {
        int errno =
            (int) STATE.varHandle(MemoryLayout.PathElement.groupElement("errno")).get(state, 0L);
        return Integer.toString(-errno);
      }
      byte[] now =
          room.asSlice(0, Math.min(result, room.byteSize())).toArray(ValueLayout.JAVA_BYTE);
      return result + " " + HexFormat.of().formatHex(now);
    }
  }

  private static Object argument(Arena arena, String word) {
    String rest = word.substring(1);
    return switch (word.charAt(0)) {
      case ':' -> arena.allocateFrom(rest);
      case '=' -> arena.allocateFrom(ValueLayout.JAVA_BYTE, HexFormat.of().parseHex(rest));
      case '?' -> arena.allocate(Integer.parseInt(rest));
      default -> Long.parseLong(word);
    };
  }
}
