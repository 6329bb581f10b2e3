package org.hitc.listener.command;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hitc.listener.config.ConfigException;
import org.hitc.listener.config.ListenerConfig;
import org.hitc.listener.config.Stores;
import org.hitc.listener.config.Users;
import org.hitc.listener.job.LostNode;
import org.hitc.listener.launcher.SafePath;
import org.hitc.listener.node.NodeNames;
import org.hitc.listener.node.StateLock;
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
  /** What they do step by step is of no interest to who runs this command. */
  private static final List<Logger> TALKATIVE =
      List.of(Logger.getLogger("org.flywaydb"), Logger.getLogger("com.zaxxer.hikari"));

  private StoreCommand() {}

  /** Where listener.yaml is, and who may own it. */
  static final class Where {
    @Option(names = "--config", required = true, description = "listener.yaml")
    private Path file = Path.of("/etc/hitc/listener.yaml");

    @Option(names = "--try-out", description = "believe files of the user who runs this")
    private boolean tryOut;

    /** As the listener's user from here on. */
    Installation open() throws IOException, ConfigException {
      quieten();
      return Installation.open(file, tryOut);
    }

    /** As whoever runs this. */
    ListenerConfig load() throws IOException, ConfigException {
      quieten();
      Users system = new Users();
      SafePath trust = tryOut ? SafePath.ownedByRootOr(system.self()) : SafePath.ownedByRoot();
      return ListenerConfig.load(file.toAbsolutePath(), trust, system);
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
    @Mixin private Where where = new Where();

    @Option(names = "--user", description = "role on the server that may make tables")
    private Optional<String> user = Optional.empty();

    @Option(names = "--password-file", description = "file with its password, mode 0600")
    private Optional<Path> passwordFile = Optional.empty();

    @Override
    public Integer call() throws Exception {
      if (user.isPresent() != passwordFile.isPresent()) {
        throw new IOException("--user and --password-file belong together");
      }
      Migration made =
          user.isPresent()
              ? asKeeper(where.load(), user.get(), passwordFile.orElseThrow())
              : migrate(where.open().config());
      System.out.println(
          made.before() == made.after()
              ? "The store has version " + made.after() + " already."
              : made.before() == 0
                  ? "The store is made, with version " + made.after() + "."
                  : "The store had version %d and has version %d now."
                      .formatted(made.before(), made.after()));
      return 0;
    }

    /** Touches nothing of this machine, and reads a file that may be nobody's but root's. */
    private static Migration asKeeper(ListenerConfig config, String user, Path passwordFile)
        throws IOException {
      PostgresSettings listener =
          config
              .node()
              .server()
              .orElseThrow(
                  () -> new IOException("--user is for a store on a server; this one is embedded"));
      return Migration.postgres(
          listener.as(user, passwordFile.toAbsolutePath()), listener.user(), config.node().name());
    }
  }

  /**
   * Makes the store or brings it up to date, as the listener's user.
   *
   * @throws IOException when the listener runs
   */
  static Migration migrate(ListenerConfig config) throws IOException {
    String node = config.node().name();
    Optional<PostgresSettings> server = config.node().server();
    if (server.isPresent()) {
      return Migration.postgres(server.get(), server.get().user(), node);
    }
    try (StateLock _ = StateLock.take(config.state())) {
      return Migration.sqlite(Stores.embedded(config), node);
    }
  }

  /** Gives the jobs of a node that is gone their outcome. */
  @Command(
      name = "settle",
      mixinStandardHelpOptions = true,
      description = {
        "Gives the jobs that ran at a node which will not come back their outcome: not known, when",
        "they may have changed something. Its name is free then. A node that starts again does this",
        "itself. As root or as sys_side."
      })
  static final class Settle implements Callable<Integer> {
    @Mixin private Where where = new Where();

    @Option(names = "--node", required = true, description = "name of the node that is gone")
    private String node = "";

    @Option(
        names = "--yes-it-is-stopped",
        description = "nothing of that node runs any more, neither its listener nor its programs")
    private boolean stopped;

    @Override
    public Integer call() throws Exception {
      if (!stopped) {
        throw new IOException(
            "if node "
                + node
                + " still runs, its jobs would be called lost while they go on; when its listener"
                + " and its programs are stopped for certain, say --yes-it-is-stopped");
      }
      Installation installation = where.open();
      ListenerConfig config = installation.config();
      boolean own = node.equals(config.node().name());
      if (own && config.node().server().isEmpty()) {
        throw isThisNode();
      }
      try (Store store = installation.store()) {
        // A machine that was made anew has the name of the lost one, and is not that node.
        if (own && NodeNames.open(store, config.state(), new SecureRandom()).has(node)) {
          throw isThisNode();
        }
        Set<String> running = LostNode.names(store);
        installation.leaveNotice(store, "store-settle", "node " + node);
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
}
