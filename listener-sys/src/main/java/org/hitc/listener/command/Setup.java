package org.hitc.listener.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.hitc.channel.hole.HoleSetup;
import org.hitc.channel.hole.Layout;
import org.hitc.channel.hole.Owners;
import org.hitc.listener.config.AuthenticatorConfig;
import org.hitc.listener.config.Users;
import org.hitc.listener.keys.KeyFolder;
import org.hitc.listener.program.Identity;
import org.hitc.listener.socket.SocketFolder;
import org.hitc.session.signin.PasswordFile;

/** What is made once on a new machine: the state folder, the first keys. */
final class Setup {
  private Setup() {}

  /** Makes the hole; the listener's own folder in it gets the listener's own group. */
  static void makeHole(Layout layout, Owners owners, int sysSideGroup) throws IOException {
    HoleSetup.create(layout, owners);
    DemoPlace.makeFolder(layout.messages());
    Files.setAttribute(layout.work(), "unix:gid", sysSideGroup);
  }

  /** Makes the keys that are missing, and lays the public ones of sessions into the chroot. */
  static void makeKeys(Path state, Layout layout, Owners owners, SecureRandom random)
      throws IOException {
    try (KeyFolder keys = KeyFolder.open(state, Optional.of(copies(layout, owners)), random)) {
      keys.init(Instant.now());
    }
  }

  /** Where the gateway finds the public keys. */
  static KeyFolder.Copies copies(Layout layout, Owners owners) {
    return new KeyFolder.Copies(layout.keys(), owners.groupGid());
  }

  /**
   * Makes a folder of one of our users, closed to others. One that is there stays, and must be that
   * user's already.
   *
   * @param key of it in the configuration
   * @throws IOException when it cannot be made, or is somebody else's
   */
  static void makeOwn(String key, Path folder, int user, int group) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(folder);
      giveState(folder, user, group);
      return;
    }
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(folder + " (" + key + ") is not a folder");
    }
    int owner = (int) Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    if (owner != user) {
      throw new IOException(
          "%s (%s) belongs to user %d; it must belong to user %d: chown %d %s"
              .formatted(folder, key, owner, user, user, folder));
    }
  }

  /**
   * Makes what the authenticator needs: an empty password file in a folder of its own, made as its
   * user, and the folder of its socket.
   *
   * @throws IOException when it cannot be made, or is somebody else's
   */
  static void makeAuthenticator(AuthenticatorConfig config, Users system) throws IOException {
    int group = system.primaryGroup(config.authSide());
    Path folder = Optional.ofNullable(config.users().getParent()).orElse(config.users());
    makeOwn("folder of users", folder, config.authSide(), group);
    Identity.borrow(config.authSide(), group);
    try {
      if (!Files.exists(config.users(), LinkOption.NOFOLLOW_LINKS)) {
        PasswordFile.create(config.users());
      }
    } finally {
      Identity.giveBack();
    }
    new SocketFolder(config.folder(), config.authSide(), system.primaryGroup(config.sysSide()))
        .make();
  }

  /**
   * Gives a state folder that was just made, and all in it, to the listener's user, and closes it
   * to others. Never one that the listener's user had before: root would then follow what that user
   * laid there.
   */
  static void giveState(Path state, int user, int group) throws IOException {
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        giveFile(file, user, group);
      }
    }
  }

  /** Gives one file; a link itself, never what it points to. */
  static void giveFile(Path file, int user, int group) throws IOException {
    Files.setAttribute(file, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(file, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
  }
}
