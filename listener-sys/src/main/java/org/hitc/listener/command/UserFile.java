package org.hitc.listener.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.os.PosixFiles;
import org.hitc.listener.config.AuthenticatorConfig;
import org.hitc.listener.config.ConfigException;
import org.hitc.listener.config.ListenerConfig;
import org.hitc.listener.config.SignInConfig;
import org.hitc.listener.config.Users;
import org.hitc.listener.grant.Grants;
import org.hitc.listener.grant.Revocation;
import org.hitc.listener.launcher.SafePath;
import org.hitc.listener.notice.Operator;
import org.hitc.listener.program.Identity;
import org.hitc.session.signin.PasswordFile;
import org.hitc.session.store.Store;

/**
 * The password file that a command works on.
 *
 * <p><b>SECURITY.</b> A command that root starts becomes the owner of the file before it touches
 * it, unless only root can change what lies in its folder: the owner of a folder could put a link
 * or a pipe in the place of the file at any moment, and root would follow.
 *
 * @param installation whose file it is, when {@code listener.yaml} named it
 * @param authenticator who owns it, when {@code listener.yaml} named one
 */
record UserFile(
    Path path, Optional<Installation> installation, Optional<AuthenticatorConfig> authenticator) {
  private static final int ROOT = 0;
  private static final int OTHERS_WRITE = 022;
  private static final int STICKY = 01000;

  /**
   * The file that a configuration names.
   *
   * @param tryOut believe files of the user who runs this
   * @throws IOException when it names none, or the file cannot be worked on safely
   */
  static UserFile configured(Path from, boolean tryOut) throws IOException {
    Users system = new Users();
    SafePath trust = tryOut ? SafePath.ownedByRootOr(system.self()) : SafePath.ownedByRoot();
    ListenerConfig config;
    try {
      config = ListenerConfig.load(from, trust, system);
    } catch (ConfigException e) {
      throw new IOException(e.getMessage(), e);
    }
    // Before the command becomes another user.
    Installation installation = new Installation(config, Operator.name(system));
    return switch (config.signIn().way()) {
      case SignInConfig.Way.PasswordFile(Path file) -> {
        giveUpRoot(file, Optional.of(config.sysSide()));
        yield new UserFile(file, Optional.of(installation), Optional.empty());
      }
      case SignInConfig.Way.Authenticator _ ->
          ofAuthenticator(AuthenticatorConfig.beside(from), trust, system, installation);
      case SignInConfig.Way.Program _ ->
          throw new IOException(
              "users do not stand in a file: " + from + " names a sign-in program");
    };
  }

  /** Root acts as the authenticator's user until the file is changed. */
  private static UserFile ofAuthenticator(
      Path from, SafePath trust, Users system, Installation installation) throws IOException {
    AuthenticatorConfig config;
    try {
      config = AuthenticatorConfig.load(from, trust, system);
    } catch (ConfigException e) {
      throw new IOException(e.getMessage(), e);
    }
    if (system.self() != config.authSide() && system.self() != ROOT) {
      throw new IOException(
          "this takes root, or user " + config.authSide() + ", the auth_side of " + from);
    }
    if (system.self() == ROOT) {
      PosixFiles.umask(0077);
      Identity.borrow(config.authSide(), system.primaryGroup(config.authSide()));
    }
    return new UserFile(config.users(), Optional.of(installation), Optional.of(config));
  }

  /**
   * This file; no installation is told.
   *
   * @throws IOException when it cannot be worked on safely
   */
  static UserFile given(Path file) throws IOException {
    giveUpRoot(file, Optional.empty());
    return new UserFile(file, Optional.empty(), Optional.empty());
  }

  private static void giveUpRoot(Path file, Optional<Integer> sysSide) throws IOException {
    if (PosixFiles.geteuid() == ROOT) {
      Optional<Integer> owner = toBecome(file, sysSide);
      if (owner.isPresent()) {
        become(owner.get());
      }
    }
  }

  private static void become(int user) throws IOException {
    PosixFiles.umask(0077);
    Identity.become(user, new Users().primaryGroup(user));
  }

  /**
   * Whom root has to become to work on a file.
   *
   * @param sysSide whose the file will be if it is missing; empty: its folder's owner
   * @return nothing when root can do it: nobody else can change its folder, or those above
   * @throws IOException when the file is root's, and others could replace it
   */
  static Optional<Integer> toBecome(Path file, Optional<Integer> sysSide) throws IOException {
    Path folder = parent(file.toAbsolutePath().normalize());
    if (isRootsAlone(folder)) {
      return Optional.empty();
    }
    int owner =
        Files.exists(file, LinkOption.NOFOLLOW_LINKS)
            ? owner(file)
            : sysSide.isPresent() ? sysSide.get() : owner(folder);
    if (owner == ROOT) {
      throw new IOException(
          file
              + " is root's, but others can replace it while root works on it; give it to the user"
              + " who reads it, or move it to a folder of root's");
    }
    return Optional.of(owner);
  }

  private static boolean isRootsAlone(Path folder) throws IOException {
    if ((mode(folder) & OTHERS_WRITE) != 0) {
      return false;
    }
    for (Path above = folder; !above.equals(above.getRoot()); above = parent(above)) {
      boolean replaceable = (mode(above) & OTHERS_WRITE) != 0 && (mode(above) & STICKY) == 0;
      if (owner(above) != ROOT || replaceable || Files.isSymbolicLink(above)) {
        return false;
      }
    }
    return true;
  }

  private static Path parent(Path path) {
    return Optional.ofNullable(path.getParent()).orElse(path);
  }

  private static int owner(Path path) throws IOException {
    return attribute(path, "uid");
  }

  private static int mode(Path path) throws IOException {
    return attribute(path, "mode");
  }

  private static int attribute(Path path, String name) throws IOException {
    Map<String, Object> found =
        Files.readAttributes(path, "unix:" + name, LinkOption.NOFOLLOW_LINKS);
    return found.get(name) instanceof Integer value ? value : -1;
  }

  PasswordFile open() {
    return PasswordFile.open(path, new SecureRandom());
  }

  /** The same; the file is made if it is missing, for the installation's {@code sys_side}. */
  PasswordFile openOrCreate() throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      PasswordFile.create(path);
      if (installation.isPresent() && PosixFiles.geteuid() == ROOT) {
        int user = installation.get().config().sysSide();
        Setup.giveFile(path, user, new Users().primaryGroup(user));
      }
    }
    return open();
  }

  /**
   * Leaves a notice of a change that has been made, for the audit log. When that is not possible
   * the change stays, and the operator is told.
   *
   * @param what such as {@code user-add}
   */
  void changed(String what, String user) {
    tell(what, user, false);
  }

  /**
   * The same of a change that signs the user out: the user's grants end, too. Where the launcher
   * cannot be told the listener does so later.
   */
  void signedOut(String what, String user) {
    tell(what, user, true);
  }

  private void tell(String what, String user, boolean revoke) {
    installation.ifPresent(where -> {
      try {
        if (PosixFiles.getuid() == ROOT) {
          Identity.giveBack();
          become(where.config().sysSide());
        } else if (revoke) {
          revokeAsAuthenticator(user);
        }
        try (Store store = where.store()) {
          if (revoke) {
            where.revocations(store).end(new Revocation.OfUser(user), "user " + user);
          }
          where.leaveNotice(store, what, user);
        }
      } catch (IOException | RuntimeException e) {
        System.err.println(
            "the change is made, but the audit log will have no record of it: " + e.getMessage());
      }
    });
  }

  /** Whoever is not root cannot open the listener's store. */
  private void revokeAsAuthenticator(String user) throws IOException {
    Optional<Path> launcher = authenticator.flatMap(AuthenticatorConfig::launcher);
    if (launcher.isPresent()) {
      Grants.forAuthSide(launcher.get()).revoke(new Revocation.OfUser(user));
    }
  }
}
