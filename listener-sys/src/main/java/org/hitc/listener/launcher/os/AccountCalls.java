package org.hitc.listener.launcher.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import jnr.posix.Group;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import jnr.posix.Passwd;

/**
 * Every native call about accounts: getpwnam(3), getpwuid(3), getgrnam(3), getgrgid(3),
 * getgrouplist(3), getspnam(3). The C library answers in memory that the next call overwrites, so
 * one call is made at a time and copied.
 */
public final class AccountCalls {
  /** NGROUPS_MAX of Linux. */
  private static final int MAX_GROUPS = 65_536;

  private static final int FIRST_GROUPS = 64;
  private static final long MAX_TEXT = 4_096;

  private static final long SP_PASSWORD = 8;
  private static final long SP_LAST_CHANGE = 16;
  private static final long SP_MAX = 32;
  private static final long SP_INACTIVE = 48;
  private static final long SP_EXPIRE = 56;
  private static final long SP_SIZE = 72;

  private static final MethodHandle GETGROUPLIST =
      handle("getgrouplist", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle GETSPNAM =
      handle("getspnam", FunctionDescriptor.of(ADDRESS, ADDRESS));

  private final POSIX posix = POSIXFactory.getNativePOSIX();
  private final ReentrantLock one = new ReentrantLock();

  /** A line of passwd(5). Numbers as the C library gives them, 32 bits without sign. */
  public record User(String name, String password, long uid, long gid, String home, String shell) {}

  /**
   * A line of shadow(5). Days are counted from 1970-01-01; -1 is "not said".
   *
   * @param inactive days after the end of the password's time in which it can be changed
   */
  public record Shadow(String password, long lastChange, long max, long inactive, long expire) {}

  /** The user of exactly this name. */
  public Optional<User> user(String name) {
    return alone(() -> user(posix.getpwnam(name)));
  }

  /** A user of this number. */
  public Optional<User> user(int uid) {
    return alone(() -> user(posix.getpwuid(uid)));
  }

  /** The number of a group. */
  public Optional<Long> group(String name) {
    return alone(() -> Optional.ofNullable(posix.getgrnam(name)).map(Group::getGID));
  }

  /** A name of a group. */
  public Optional<String> groupName(int gid) {
    return alone(() -> Optional.ofNullable(posix.getgrgid(gid)).map(Group::getName));
  }

  /**
   * All groups of a user, the primary one first.
   *
   * @throws IllegalStateException when there are more than the kernel takes
   */
  public List<Integer> groups(String user, int primary) {
    return alone(() -> {
      List<Integer> few = groups(user, primary, FIRST_GROUPS);
      return few.isEmpty() ? groups(user, primary, MAX_GROUPS) : few;
    });
  }

  /** The entry of a user in the shadow file; nothing when there is none. */
  public Optional<Shadow> shadow(String user) {
    return alone(() -> {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment found = (MemorySegment) GETSPNAM.invokeExact(arena.allocateFrom(user));
        if (found.equals(MemorySegment.NULL)) {
          return Optional.empty();
        }
        MemorySegment entry = found.reinterpret(SP_SIZE);
        return Optional.of(
            new Shadow(
                entry.get(ADDRESS, SP_PASSWORD).reinterpret(MAX_TEXT).getString(0),
                entry.get(JAVA_LONG, SP_LAST_CHANGE),
                entry.get(JAVA_LONG, SP_MAX),
                entry.get(JAVA_LONG, SP_INACTIVE),
                entry.get(JAVA_LONG, SP_EXPIRE)));
      } catch (Throwable e) {
        throw thrown(e);
      }
    });
  }

  private static Optional<User> user(@org.jspecify.annotations.Nullable Passwd entry) {
    return Optional.ofNullable(entry)
        .map(user ->
            new User(
                user.getLoginName(),
                user.getPassword(),
                Integer.toUnsignedLong((int) user.getUID()),
                Integer.toUnsignedLong((int) user.getGID()),
                user.getHome(),
                user.getShell()));
  }

  /** Empty when there are more than this. */
  private static List<Integer> groups(String user, int primary, int room) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment found = arena.allocate(JAVA_INT, room);
      MemorySegment count = arena.allocate(JAVA_INT);
      count.set(JAVA_INT, 0, room);
      int result = (int) GETGROUPLIST.invokeExact(arena.allocateFrom(user), primary, found, count);
      if (result < 0) {
        if (room == MAX_GROUPS) {
          throw new IllegalStateException("more than " + MAX_GROUPS + " groups");
        }
        return List.of();
      }
      List<Integer> groups = new ArrayList<>();
      for (int i = 0; i < count.get(JAVA_INT, 0); i++) {
        groups.add(found.getAtIndex(JAVA_INT, i));
      }
      return groups;
    } catch (Throwable e) {
      throw thrown(e);
    }
  }

  private <T> T alone(Supplier<T> call) {
    one.lock();
    try {
      return call.get();
    } finally {
      one.unlock();
    }
  }

  private static MethodHandle handle(String name, FunctionDescriptor type) {
    return Linker.nativeLinker()
        .downcallHandle(Linker.nativeLinker().defaultLookup().findOrThrow(name), type);
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
