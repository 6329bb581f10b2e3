package org.hitc.listener.command;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import org.hitc.channel.os.PosixFiles;
import org.hitc.listener.config.ConfigException;
import org.hitc.listener.config.ListenerConfig;
import org.hitc.listener.config.Stores;
import org.hitc.listener.config.Users;
import org.hitc.listener.grant.Grants;
import org.hitc.listener.grant.Revocations;
import org.hitc.listener.launcher.SafePath;
import org.hitc.listener.notice.Notice;
import org.hitc.listener.notice.Operator;
import org.hitc.listener.program.Identity;
import org.hitc.session.store.Store;

/**
 * An installation that an operator's command works on while its listener runs.
 *
 * <p><b>SECURITY.</b> A command that root starts becomes {@code sys_side} before it touches what
 * belongs to that user: it leaves no file of root behind, and follows no link as root.
 *
 * @param operator who runs the command
 */
record Installation(ListenerConfig config, String operator) {

  /**
   * Reads the configuration and becomes its {@code sys_side}.
   *
   * @param tryOut believe files of the user who runs this
   * @throws IOException when the command was started by a third user
   */
  static Installation open(Path file, boolean tryOut) throws IOException, ConfigException {
    Users system = new Users();
    SafePath trust = tryOut ? SafePath.ownedByRootOr(system.self()) : SafePath.ownedByRoot();
    ListenerConfig config = ListenerConfig.load(file.toAbsolutePath(), trust, system);
    String operator = Operator.name(system);
    if (system.self() != config.sysSide()) {
      if (system.self() != 0) {
        throw new IOException(
            "this takes root, or user " + config.sysSide() + ", the sys_side of " + file);
      }
      int group = system.primaryGroup(config.sysSide());
      PosixFiles.umask(0077);
      Identity.become(config.sysSide(), group);
    }
    return new Installation(config, operator);
  }

  /** The store, which the listener has open too. */
  Store store() {
    return Stores.open(config);
  }

  /** The end of grants; what the launcher cannot be told now the listener tells it later. */
  Revocations revocations(Store store) {
    return new Revocations(
        config.launcher().map(Grants::forSysSide),
        store,
        config.node().name(),
        InstantSource.system(),
        new SecureRandom(),
        new Revocations.Told() {
          @Override
          public void owed(String subject, String why) {
            System.err.println(
                "the launcher does not know yet of the end of "
                    + subject
                    + " ("
                    + why
                    + "); the listener will tell it");
          }

          @Override
          public void late(String subject) {
            System.err.println("the launcher has been told of the end of " + subject);
          }
        });
  }

  /**
   * Leaves a notice of what the command did, for the audit log.
   *
   * @param what such as {@code backup}
   * @param subject to what; cut to what a notice holds
   */
  void leaveNotice(Store store, String what, String subject) {
    String cut = subject.substring(0, Math.min(subject.length(), Notice.MAX_PART));
    if (!store.write(new Notice(operator, what, cut, Instant.now()).left(new SecureRandom()))) {
      throw new IllegalStateException("a random id of a notice was there already");
    }
  }
}
