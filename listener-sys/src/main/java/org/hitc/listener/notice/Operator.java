package org.hitc.listener.notice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.hitc.listener.config.Users;

/**
 * Who runs a command: the user who logged in, which the kernel keeps through {@code su} and {@code
 * sudo} (audit_getloginuid(3)), and the user the command began as.
 */
public final class Operator {
  private static final Path LOGIN = Path.of("/proc/self/loginuid");

  /** What the kernel says when nobody logged in, as under cron: (uid_t) -1. */
  private static final String NOBODY = "4294967295";

  private Operator() {}

  /**
   * Such as {@code login anna (1000) as root (0)}; without a login {@code root (0)}. To be asked
   * before the command becomes another user.
   */
  public static String name(Users system) throws IOException {
    String self = named(system, Integer.toString(system.self()));
    return login().map(uid -> "login " + named(system, uid) + " as " + self).orElse(self);
  }

  private static Optional<String> login() throws IOException {
    try {
      return Optional.of(Files.readString(LOGIN).strip()).filter(uid -> !uid.equals(NOBODY));
    } catch (NoSuchFileException _) {
      // A kernel without audit.
      return Optional.empty();
    }
  }

  private static String named(Users system, String uid) {
    return system
        .user(uid)
        .flatMap(system::name)
        .map(name -> name + " (" + uid + ")")
        .orElse("uid " + uid);
  }
}
