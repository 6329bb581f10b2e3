package org.hitc.listener.command;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.hitc.channel.hole.Layout;
import org.hitc.channel.hole.Owners;
import org.hitc.channel.os.PosixFiles;
import org.hitc.listener.config.ConfigException;
import org.hitc.listener.config.ListenerConfig;
import org.hitc.listener.config.Users;
import org.hitc.listener.keys.KeyFolder;
import org.hitc.listener.launcher.SafePath;
import org.hitc.session.token.PublicKey;
import org.hitc.session.token.PublicKeyFile;
import org.hitc.session.token.TokenVerifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The keys that sign sessions, and those that are believed. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "The keys that sign sessions, and those that are believed. As root.",
    subcommands = {
      KeysCommand.Init.class,
      KeysCommand.Rotate.class,
      KeysCommand.ListKeys.class,
      KeysCommand.Add.class,
      KeysCommand.Remove.class
    })
final class KeysCommand {
  /** Until every process has read a new public key: each looks once a second. */
  private static final Duration NOTICED = Duration.ofSeconds(3);

  /** The listener's clock may go wrong by this, and it may not have seen the new key for this. */
  private static final Duration MARGIN = TokenVerifier.CLOCK_SKEW.multipliedBy(2);

  private static final int ENDED_WITHIN_SECONDS = 10;

  private KeysCommand() {}

  /** Which installation. */
  static final class Where {
    @Option(names = "--config", description = "listener.yaml (default: /etc/hitc/listener.yaml)")
    private Path file = Path.of("/etc/hitc/listener.yaml");

    ListenerConfig config() throws IOException, ConfigException {
      Users system = new Users();
      int self = PosixFiles.geteuid();
      SafePath trust = self == 0 ? SafePath.ownedByRoot() : SafePath.ownedByRootOr(self);
      ListenerConfig config = ListenerConfig.load(file.toAbsolutePath(), trust, system);
      if (self != 0 && !(config.tryOut() && self == config.sysSide())) {
        throw new IOException("keys needs root: it writes files of two sides");
      }
      return config;
    }

    KeyFolder keys(ListenerConfig config) throws IOException {
      Owners owners = new Owners(config.webSide(), config.sysSide(), config.group());
      return KeyFolder.open(
          config.state(),
          Optional.of(Setup.copies(new Layout(config.root()), owners)),
          new SecureRandom());
    }
  }

  /** Makes the keys that are missing. */
  @Command(
      name = "init",
      mixinStandardHelpOptions = true,
      description = "Makes the keys that are missing. What is there stays.")
  static final class Init implements Callable<Integer> {
    @Mixin private Where where = new Where();

    @Override
    public Integer call() throws Exception {
      ListenerConfig config = where.config();
      try (KeyFolder keys = where.keys(config)) {
        PublicKey key = keys.init(Instant.now());
        System.out.println(key.id() + " signs sessions");
        tellOthers(config, key, false);
        return 0;
      }
    }
  }

  /** Replaces the key that signs. */
  @Command(
      name = "rotate",
      mixinStandardHelpOptions = true,
      description = {
        "A new key signs sessions from now on; the old one is believed until its last session must",
        "have ended. Nobody is signed out."
      })
  static final class Rotate implements Callable<Integer> {
    @Mixin private Where where = new Where();

    @Option(
        names = "--prepare",
        description = "only make the next key, so that other nodes can believe it before it signs")
    private boolean prepare;

    @Option(
        names = "--emergency",
        description = "the old key may be known to others: believe it no more, end all sessions")
    private boolean emergency;

    @Option(names = "--audit", description = "replace the key that seals the audit log instead")
    private boolean audit;

    @Override
    public Integer call() throws Exception {
      if ((prepare ? 1 : 0) + (emergency ? 1 : 0) + (audit ? 1 : 0) > 1) {
        throw new IOException("--prepare, --emergency and --audit exclude each other");
      }
      ListenerConfig config = where.config();
      try (KeyFolder keys = where.keys(config)) {
        if (!keys.isReady()) {
          throw new IOException("there is no key yet; make one: hitc keys init");
        }
        if (audit) {
          System.out.println(keys.rotateAudit(Instant.now()).id() + " seals the audit log");
          System.out.println(
              "Copy its .pub to where you verify the log: " + folder(config) + "/audit");
        } else if (prepare) {
          PublicKey key = keys.prepare(Instant.now());
          System.out.println(key.id() + " is prepared; it is believed here and signs nothing yet");
          tellOthers(config, key, true);
        } else if (!emergency) {
          rotate(config, keys);
        }
      }
      if (emergency) {
        emergency(config);
      }
      return 0;
    }

    private static void rotate(ListenerConfig config, KeyFolder keys) throws Exception {
      boolean known = keys.next().isPresent();
      PublicKey old = keys.signing();
      keys.prepare(Instant.now());
      if (!known) {
        TimeUnit.MILLISECONDS.sleep(NOTICED.toMillis());
      }
      Instant now = Instant.now();
      Instant until = now.plus(config.sessions().absolute()).plus(MARGIN);
      PublicKey key = keys.activate(now, until);
      System.out.println(key.id() + " signs sessions; " + old.id() + " is believed until " + until);
      if (!known) {
        tellOthers(config, key, false);
        System.out.println(
            "With several nodes, begin with --prepare the next time: until the others believe this"
                + " key, they refuse its sessions.");
      }
      System.out.println("Elsewhere, after " + until + ": hitc keys remove " + old.id());
    }

    private void emergency(ListenerConfig config) throws Exception {
      PublicKey old;
      KeyFolder.Emergency emergency;
      try (KeyFolder keys = where.keys(config)) {
        old = keys.signing();
        emergency = keys.emergency(Instant.now());
      }
      PublicKey key = emergency.key();
      for (String name : emergency.unusable()) {
        System.err.println(
            "PUT ASIDE "
                + folder(config).resolve(name)
                + ".unusable: it held no key. If it was the key of"
                + " another node, believe it again: hitc keys add");
      }
      System.out.println(key.id() + " signs sessions; " + old.id() + " is believed no more here");
      System.out.println("At every other node, now: hitc keys remove " + old.id());
      tellOthers(config, key, false);
      System.out.println(
          sessionsEnd(config)
              ? "Every session has ended."
              : "Every session ends as soon as the listener runs.");
    }

    private static boolean sessionsEnd(ListenerConfig config) throws InterruptedException {
      for (int i = 0; i < ENDED_WITHIN_SECONDS; i++) {
        TimeUnit.SECONDS.sleep(1);
        if (!KeyFolder.isEndingSessions(config.state())) {
          return true;
        }
      }
      return false;
    }
  }

  /** All keys. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "All keys: whose, what they do, since when, until when.")
  static final class ListKeys implements Callable<Integer> {
    @Mixin private Where where = new Where();

    @Override
    public Integer call() throws Exception {
      try (KeyFolder keys = where.keys(where.config())) {
        Instant now = Instant.now();
        Optional<String> signing =
            keys.isReady() ? Optional.of(keys.signing().id()) : Optional.empty();
        Optional<String> next = keys.next().map(PublicKey::id);
        Optional<String> sealing = keys.sealing().map(PublicKey::id);
        for (PublicKeyFile file : keys.believed()) {
          Optional<String> id = Optional.of(file.key().id());
          print(file, id.equals(signing) ? "signs" : id.equals(next) ? "next" : does(file, now));
        }
        for (PublicKeyFile file : keys.sealed()) {
          print(
              file, Optional.of(file.key().id()).equals(sealing) ? "seals audit" : "sealed audit");
        }
        return 0;
      }
    }

    private static String does(PublicKeyFile file, Instant now) {
      return !file.isBelieved(now) ? "ended" : file.until().isPresent() ? "retired" : "verifies";
    }

    private static void print(PublicKeyFile file, String does) {
      System.out.printf(
          "%s  %-12s  %-12s  since %-20s  %s%n",
          file.key().id(),
          file.node().orElse("own"),
          does,
          file.since().map(Instant::toString).orElse("the beginning"),
          file.until().map(until -> "until " + until).orElse(""));
    }
  }

  /** Believes a key of another node. */
  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Believes sessions that another node signs.")
  static final class Add implements Callable<Integer> {
    @Mixin private Where where = new Where();

    @Option(names = "--name", description = "the other node's name (default: other)")
    private String node = "other";

    @Parameters(paramLabel = "FILE.pub", description = "the other node's public key")
    private Path file = Path.of("");

    @Override
    public Integer call() throws Exception {
      PublicKeyFile foreign = PublicKeyFile.load(file.toAbsolutePath());
      try (KeyFolder keys = where.keys(where.config())) {
        PublicKeyFile added = keys.add(foreign, node, Instant.now());
        System.out.println(added.key().id() + " of " + node + " is believed");
        System.out.println("Compare with what the other node says: " + added.key().fingerprint());
        return 0;
      }
    }
  }

  /** Stops believing a key. */
  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Stops believing a key at once: who has a session of it must sign in again.")
  static final class Remove implements Callable<Integer> {
    @Mixin private Where where = new Where();

    @Parameters(paramLabel = "ID", description = "its id, as hitc keys list prints it")
    private String id = "";

    @Override
    public Integer call() throws Exception {
      try (KeyFolder keys = where.keys(where.config())) {
        PublicKeyFile gone = keys.remove(id);
        System.out.println(
            id + " of " + gone.node().orElse("this node") + " is believed no more here");
        System.out.println("At every other node that believes it: hitc keys remove " + id);
        return 0;
      }
    }
  }

  private static Path folder(ListenerConfig config) {
    return config.state().resolve("keys");
  }

  /** What is to be done elsewhere, in the order in which nobody is signed out. */
  private static void tellOthers(ListenerConfig config, PublicKey key, boolean beforeItSigns) {
    System.out.printf(
        """
        If there are other nodes, at each of them:
          copy %s there
          hitc keys add --name %s %s.pub      and compare %s
        """,
        folder(config).resolve(key.id() + ".pub"), config.instance(), key.id(), key.fingerprint());
    if (beforeItSigns) {
      System.out.println("When all have it, here: hitc keys rotate");
    }
  }
}
