package org.hitc.listener.config;

import java.util.Optional;
import java.util.regex.Pattern;
import jnr.posix.Group;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import jnr.posix.Passwd;
import org.hitc.channel.os.PosixFiles;

/**
 * The system's users and groups: every native call about them (getpwnam(3), getgrnam(3),
 * getuid(2)).
 */
public final class Users {
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,9}");

  /** -1 means "leave as it is" to several system calls, as 32 bits and as 16. */
  private static final long NOBODY_16 = 65_535;

  private static final long MAX_ID = Integer.MAX_VALUE;

  /**
   * Made when a name is looked up first: it takes some ten megabytes, and numbers do not need it.
   */
  private static final class Native {
    static final POSIX CALLS = POSIXFactory.getNativePOSIX();
  }

  /** The numeric id of a user given by name or number; nothing when there is none. */
  public Optional<Integer> user(String nameOrNumber) {
    if (NUMBER.matcher(nameOrNumber).matches()) {
      return number(nameOrNumber);
    }
    Passwd entry = Native.CALLS.getpwnam(nameOrNumber);
    return entry == null || !entry.getLoginName().equals(nameOrNumber)
        ? Optional.empty()
        : Optional.of(Math.toIntExact(entry.getUID()));
  }

  /** The numeric id of a group given by name or number; nothing when there is none. */
  public Optional<Integer> group(String nameOrNumber) {
    if (NUMBER.matcher(nameOrNumber).matches()) {
      return number(nameOrNumber);
    }
    Group entry = Native.CALLS.getgrnam(nameOrNumber);
    return entry == null || !entry.getName().equals(nameOrNumber)
        ? Optional.empty()
        : Optional.of(Math.toIntExact(entry.getGID()));
  }

  /** The primary group of a user; its own number when the system does not know the user. */
  public int primaryGroup(int uid) {
    Passwd entry = Native.CALLS.getpwuid(uid);
    return entry == null ? uid : Math.toIntExact(entry.getGID());
  }

  /** True when a user or a group has this number. */
  public boolean isKnown(int id) {
    return Native.CALLS.getpwuid(id) != null || Native.CALLS.getgrgid(id) != null;
  }

  /** The name of a user; nothing when the system knows none. */
  public Optional<String> name(int uid) {
    return Optional.ofNullable(Native.CALLS.getpwuid(uid)).map(Passwd::getLoginName);
  }

  /** The user this process runs as. */
  public int self() {
    return PosixFiles.getuid();
  }

  private static Optional<Integer> number(String digits) {
    long id = Long.parseLong(digits);
    return id > MAX_ID || id == NOBODY_16 ? Optional.empty() : Optional.of((int) id);
  }
}
