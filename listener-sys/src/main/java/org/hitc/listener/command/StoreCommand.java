package org.hitc.listener.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hitc.channel.os.PosixFiles;
import org.hitc.listener.config.ConfigException;
import org.hitc.listener.config.ListenerConfig;
import org.hitc.listener.config.SafePath;
import org.hitc.listener.config.Stores;
import org.hitc.listener.config.Users;
import org.hitc.listener.job.LostNode;
import org.hitc.listener.node.NodeNames;
import org.hitc.listener.program.Service;
import org.hitc.session.store.Migration;
import org.hitc.session.store.PostgresSettings;
import org.hitc.session.store.Store;
import org.hitc.session.store.StoreException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is done to the store from outside. */
@Command(
    name = "store",
    mixinStandardHelpOptions = true,
    description = "The store of sessions, visits and jobs.",
    subcommands = {StoreCommand.Migrate.class, StoreCommand.Settle.class})
final class StoreCommand {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** What they do step by step is of no interest to who runs this command. */
  private static final List<Logger> TALKATIVE =
      List.of(Logger.getLogger("org.flywaydb"), Logger.getLogger("com.zaxxer.hikari"));

  private StoreCommand() {}

  /** Where listener.yaml is, and who may own it. */
  static final class Installation {
    @Option(names = "--config", required = true, description = "listener.yaml")
    private Path file = Path.of("/etc/hitc/listener.yaml");

    @Option(names = "--try-out", description = "believe files of the user who runs this")
    private boolean tryOut;

    ListenerConfig load() throws IOException, ConfigException {
      quieten();
      Users system = new Users();
      SafePath trust = tryOut ? SafePath.ownedByRootOr(system.self()) : SafePath.ownedByRoot();
      return ListenerConfig.load(file.toAbsolutePath(), trust, system);
    }

    List<String> words() {
      List<String> words = new ArrayList<>(List.of("--config", file.toAbsolutePath().toString()));
      if (tryOut) {
        words.add("--try-out");
      }
      return words;
    }
  }

  /** Makes the store, or brings an older one up to date. */
  @Command(
      name = "migrate",
      mixinStandardHelpOptions = true,
      description = {
        "Makes the tables of the store, or brings older ones up to date; nothing is lost. The",
        "listeners must be stopped meanwhile. As root or as sys_side. On a PostgreSQL server it may",
        "sign in as another role than the listener, which then is granted what it needs."
      })
  static final class Migrate implements Callable<Integer> {
    @Mixin private Installation installation = new Installation();

    @Option(names = "--user", description = "role on the server that may make tables")
    private Optional<String> user = Optional.empty();

    @Option(names = "--password-file", description = "file with its password, mode 0600")
    private Optional<Path> passwordFile = Optional.empty();

    @Override
    public Integer call() throws Exception {
      ListenerConfig config = installation.load();
      if (user.isPresent() != passwordFile.isPresent()) {
        throw new IOException("--user and --password-file belong together");
      }
      if (user.isPresent() && config.node().server().isEmpty()) {
        throw new IOException("--user is for a store on a server; this one is embedded");
      }
      if (user.isEmpty() && mustChangeUser(config)) {
        List<String> words = new ArrayList<>(List.of("migrate"));
        words.addAll(installation.words());
        return asSysSide(config, words);
      }
      Migration made = migrate(config);
      System.out.println(
          made.before() == made.after()
              ? "The store has version " + made.after() + " already."
              : made.before() == 0
                  ? "The store is made, with version " + made.after() + "."
                  : "The store had version %d and has version %d now."
                      .formatted(made.before(), made.after()));
      return 0;
    }

    private Migration migrate(ListenerConfig config) {
      String node = config.node().name();
      Optional<PostgresSettings> server = config.node().server();
      if (server.isEmpty()) {
        return Migration.sqlite(Stores.embedded(config), node);
      }
      PostgresSettings listener = server.get();
      PostgresSettings keeper =
          user.isPresent()
              ? listener.as(user.get(), passwordFile.orElseThrow().toAbsolutePath())
              : listener;
      return Migration.postgres(keeper, listener.user(), node);
    }
  }

  /** Gives the jobs of a node that is gone their outcome. */
  @Command(
      name = "settle",
      mixinStandardHelpOptions = true,
      description = {
        "Gives the jobs that ran at a node which will not come back their outcome: not known, when",
        "they may have changed something. A node that starts again does this itself."
      })
  static final class Settle implements Callable<Integer> {
    @Mixin private Installation installation = new Installation();

    @Option(names = "--node", required = true, description = "name of the node that is gone")
    private String node = "";

    @Option(
        names = "--yes-it-is-stopped",
        description = "nothing of that node runs any more, neither its listener nor its programs")
    private boolean stopped;

    @Override
    public Integer call() throws Exception {
      ListenerConfig config = installation.load();
      if (!stopped) {
        throw new IOException(
            "if node "
                + node
                + " still runs, its jobs would be called lost while they go on; when its listener"
                + " and its programs are stopped for certain, say --yes-it-is-stopped");
      }
      boolean own = node.equals(config.node().name());
      if (own && config.node().server().isEmpty()) {
        throw isThisNode();
      }
      if (mustChangeUser(config)) {
        List<String> words =
            new ArrayList<>(List.of("settle", "--node", node, "--yes-it-is-stopped"));
        words.addAll(installation.words());
        return asSysSide(config, words);
      }
      try (Store store = Stores.open(config)) {
        // A machine that was made anew has the name of the lost one, and is not that node.
        if (own && NodeNames.open(store, config.state(), new SecureRandom()).has(node)) {
          throw isThisNode();
        }
        Set<String> running = LostNode.names(store);
        List<String> settled =
            LostNode.settle(store, node, InstantSource.system(), config.sessions().absolute());
        NodeNames.release(store, node);
        settled.forEach(System.out::println);
        System.out.println(words(settled.size(), running));
        return 0;
      } catch (StoreException e) {
        throw new IOException(e.getMessage(), e);
      }
    }

    private IOException isThisNode() {
      return new IOException("this is node " + node + "; it settles its jobs when it starts");
    }

    /** Who mistypes a name is told which ones there are. */
    static String words(int settled, Set<String> running) {
      if (settled > 0) {
        return settled == 1 ? "1 job is settled." : settled + " jobs are settled.";
      }
      return running.isEmpty()
          ? "0 jobs are settled; no node has running jobs."
          : "0 jobs are settled; nodes that have running jobs: " + String.join(", ", running) + ".";
    }
  }

  /** Lets the libraries of the store say only what is wrong. */
  static void quieten() {
    TALKATIVE.forEach(logger -> logger.setLevel(Level.WARNING));
  }

  /**
   * True for root, where the listener's user is another: a file that root makes in the state folder
   * could not be opened by the listener.
   *
   * @throws IOException for anybody else
   */
  private static boolean mustChangeUser(ListenerConfig config) throws IOException {
    int self = PosixFiles.geteuid();
    if (self != config.sysSide() && self != 0) {
      throw new IOException("only root and the user sys_side may do this");
    }
    return self != config.sysSide();
  }

  /** Runs {@code hitc store} with these words as the listener's user, without privileges. */
  static int asSysSide(ListenerConfig config, List<String> words)
      throws IOException, InterruptedException {
    int group = new Users().primaryGroup(config.sysSide());
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/bin/setpriv",
                "--no-new-privs",
                "--inh-caps=-all",
                "--bounding-set=-all",
                "--reuid=" + config.sysSide(),
                "--regid=" + group,
                "--clear-groups",
                "--"));
    command.addAll(Distribution.hitc());
    command.add("store");
    command.addAll(words);
    Path said = Files.createTempFile("hitc-store-", ".log");
    try {
      Service.run(command, said, PATIENCE);
      System.out.print(Files.readString(said));
      return 0;
    } catch (IOException e) {
      String reason = Files.readString(said).strip();
      throw new IOException(
          reason.isEmpty() ? e.getMessage() : reason.replaceFirst("^hitc: ", ""), e);
    } finally {
      Files.delete(said);
    }
  }
}
