package org.hitc.listener.launcher;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.hitc.listener.launcher.os.AccountCalls;

/** Looks accounts up, once a question: a second look could find another one. */
final class Accounts {
  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

  private final AccountCalls calls = new AccountCalls();
  private final InstantSource clock;

  Accounts(InstantSource clock) {
    this.clock = clock;
  }

  /** Whether a name can be one of a user at all: never a number in disguise. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** The account of this name; nothing when there is none, or the system answers with another. */
  Optional<Account> find(String name) {
    if (!isName(name)) {
      return Optional.empty();
    }
    return calls.user(name).filter(user -> user.name().equals(name)).map(this::account);
  }

  private Account account(AccountCalls.User user) {
    List<Integer> groups = calls.groups(user.name(), (int) user.gid());
    Set<String> names = new HashSet<>();
    groups.forEach(gid -> calls.groupName(gid).ifPresent(names::add));
    Optional<AccountCalls.Shadow> shadow = calls.shadow(user.name());
    return new Account(
        user.name(),
        user.uid(),
        user.gid(),
        Set.copyOf(groups),
        names,
        user.home(),
        isHome(user.home()),
        user.shell(),
        isLocked(shadow.map(AccountCalls.Shadow::password).orElse(user.password())),
        shadow.filter(this::isOver).isPresent());
  }

  /** As usermod(8) locks; a {@code *} only says that there is no password (sshd and others). */
  private static boolean isLocked(String password) {
    return password.startsWith("!");
  }

  private boolean isOver(AccountCalls.Shadow shadow) {
    return isOver(shadow, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toEpochDay());
  }

  /** Past its last day, or its password is older than it may be (shadow(5)). */
  static boolean isOver(AccountCalls.Shadow shadow, long today) {
    boolean past = shadow.expire() >= 0 && today >= shadow.expire();
    boolean inactive =
        shadow.lastChange() >= 0
            && shadow.max() >= 0
            && shadow.inactive() >= 0
            && today > shadow.lastChange() + shadow.max() + shadow.inactive();
    return past || inactive;
  }

  private static boolean isHome(String home) {
    return home.startsWith("/") && Files.isDirectory(Path.of(home), LinkOption.NOFOLLOW_LINKS);
  }

  /** A user of the product, by name or number; one that only has a number has that group, too. */
  Optional<Policy.Side> side(String nameOrNumber) {
    if (NUMBER.matcher(nameOrNumber).matches()) {
      int uid = Integer.parseInt(nameOrNumber);
      long gid = calls.user(uid).map(AccountCalls.User::gid).orElse((long) uid);
      return Optional.of(new Policy.Side(uid, (int) gid));
    }
    return calls
        .user(nameOrNumber)
        .filter(user -> user.name().equals(nameOrNumber) && user.uid() != 0)
        .map(user -> new Policy.Side((int) user.uid(), (int) user.gid()));
  }

  /** The number of a group; nothing when there is none. */
  OptionalInt group(String name) {
    return calls.group(name).map(gid -> OptionalInt.of(gid.intValue())).orElse(OptionalInt.empty());
  }
}
