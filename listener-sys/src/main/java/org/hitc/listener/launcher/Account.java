package org.hitc.listener.launcher;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hitc.listener.launcher.Entry.Allowance;
import org.hitc.listener.launcher.protocol.RunRefusal;

/**
 * An account of the system, as it was when a run was asked for.
 *
 * @param uid and gid as the C library gives them, 32 bits without sign
 * @param groups all of it, the primary one too, by number
 * @param groupNames the same by name
 */
record Account(
    String name,
    long uid,
    long gid,
    Set<Integer> groups,
    Set<String> groupNames,
    String home,
    boolean homeThere,
    String shell,
    boolean locked,
    boolean expired) {

  private static final Set<Long> NOBODY = Set.of(0L, 0xffff_ffffL, 65_534L, 65_535L);

  Account {
    groups = Set.copyOf(groups);
    groupNames = Set.copyOf(groupNames);
  }

  /** Why nothing runs as it; empty when something may. */
  Optional<RefusedException> objection(Policy policy, Set<Allowance> allowed) {
    return number(policy).or(() -> group(policy)).or(() -> state(allowed));
  }

  private Optional<RefusedException> number(Policy policy) {
    if (NOBODY.contains(uid) || uid > Integer.MAX_VALUE) {
      return refused(RunRefusal.USER, name + " has uid " + uid + ", which nothing runs as");
    }
    if (policy.services().contains((int) uid)) {
      return refused(RunRefusal.USER, name + " is a user of the product itself");
    }
    if (!policy.uids().contains(uid)) {
      return refused(RunRefusal.USER, name + " has uid " + uid + ", not one of " + policy.uids());
    }
    return Optional.empty();
  }

  private Optional<RefusedException> group(Policy policy) {
    if (NOBODY.contains(gid) || gid < policy.gidMin() || gid > Integer.MAX_VALUE) {
      return refused(
          RunRefusal.GROUP, name + " has primary group " + gid + ", below " + policy.gidMin());
    }
    Set<String> wrong = new TreeSet<>(groupNames);
    wrong.retainAll(policy.denied());
    if (!wrong.isEmpty()) {
      return refused(RunRefusal.GROUP, name + " is in " + String.join(", ", wrong));
    }
    for (int group : groups) {
      if (group <= 0 || policy.deniedGids().contains(group)) {
        return refused(RunRefusal.GROUP, name + " is in group " + Integer.toUnsignedString(group));
      }
    }
    return Optional.empty();
  }

  private Optional<RefusedException> state(Set<Allowance> allowed) {
    String program = shell.substring(shell.lastIndexOf('/') + 1);
    if (locked && !allowed.contains(Allowance.LOCKED)) {
      return refused(RunRefusal.USER, name + " is locked");
    }
    if (expired && !allowed.contains(Allowance.EXPIRED)) {
      return refused(RunRefusal.USER, name + " has expired");
    }
    if (Set.of("nologin", "false").contains(program) && !allowed.contains(Allowance.NOLOGIN)) {
      return refused(RunRefusal.USER, name + " has the shell " + program);
    }
    if (!homeThere && !allowed.contains(Allowance.NO_HOME)) {
      return refused(RunRefusal.USER, name + " has no home folder");
    }
    return Optional.empty();
  }

  private static Optional<RefusedException> refused(RunRefusal why, String detail) {
    return Optional.of(new RefusedException(why, detail));
  }
}
