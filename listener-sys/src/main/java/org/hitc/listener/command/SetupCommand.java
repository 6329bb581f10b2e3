package org.hitc.listener.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hitc.channel.hole.Layout;
import org.hitc.channel.hole.Owners;
import org.hitc.channel.os.PosixFiles;
import org.hitc.listener.config.AuthenticatorConfig;
import org.hitc.listener.config.ListenerConfig;
import org.hitc.listener.config.SignInConfig;
import org.hitc.listener.config.Users;
import org.hitc.listener.launcher.SafePath;
import org.hitc.session.signin.PasswordFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes what a new installation needs beside its configuration. */
@Command(
    name = "setup",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the chroot with the gateway's runtime, the hole, the folders state and files, the",
      "first session key, an empty password file (the authenticator's, where there is one), and the",
      "embedded store, as listener.yaml says. As root, while the listener is stopped. What is there",
      "stays; a store of an older version is brought up to date."
    })
final class SetupCommand implements Callable<Integer> {
  @Option(names = "--config", required = true, description = "listener.yaml")
  private Path file = Path.of("/etc/hitc/listener.yaml");

  @Override
  public Integer call() throws Exception {
    if (PosixFiles.geteuid() != 0) {
      throw new IOException("setup needs root: it makes files of two users");
    }
    PosixFiles.umask(0022);
    ListenerConfig config =
        ListenerConfig.load(file.toAbsolutePath(), SafePath.ownedByRoot(), new Users());
    Layout layout = new Layout(config.root());
    DemoPlace.makeFolder(config.root());
    Chroot chroot = new Chroot(config.root());
    chroot.fill(Distribution.folder());
    chroot.fillForeignRoot();
    Owners owners = new Owners(config.webSide(), config.sysSide(), config.group());
    int sysSideGroup = new Users().primaryGroup(config.sysSide());
    Setup.makeHole(layout, owners, sysSideGroup);
    Setup.makeOwn("state", config.state(), config.sysSide(), sysSideGroup);
    Setup.makeOwn("files", config.node().files(), config.sysSide(), sysSideGroup);
    Setup.makeKeys(config.state(), layout, owners, new SecureRandom());
    Optional<Path> users = config.signIn().passwordFile();
    if (users.isPresent() && !Files.exists(users.get())) {
      PasswordFile.create(users.get());
      Setup.giveFile(users.get(), config.sysSide(), sysSideGroup);
    }
    if (config.signIn().way() instanceof SignInConfig.Way.Authenticator) {
      Setup.makeAuthenticator(
          AuthenticatorConfig.load(
              AuthenticatorConfig.beside(file), SafePath.ownedByRoot(), new Users()),
          new Users());
    }
    if (config.node().server().isEmpty()) {
      StoreCommand.quieten();
      StoreCommand.migrate(Installation.open(file, false).config());
    } else {
      System.out.println("The store is on a server: hitc store migrate --config " + file);
    }
    System.out.println(
        "The hole, the chroot and the state are made. Next: hitc check --config " + file);
    return 0;
  }
}
