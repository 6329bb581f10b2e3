package org.hitc.listener.command;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.hitc.channel.os.PosixFiles;
import org.hitc.listener.audit.AuditLog;
import org.hitc.listener.audit.AuditReader;
import org.hitc.listener.audit.Follower;
import org.hitc.listener.audit.OpenLog;
import org.hitc.listener.audit.Selection;
import org.hitc.listener.audit.Story;
import org.hitc.listener.audit.Verification;
import org.hitc.listener.audit.Whose;
import org.hitc.listener.config.ListenerConfig;
import org.hitc.listener.config.Users;
import org.hitc.listener.launcher.SafePath;
import org.hitc.session.token.PublicKeyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The audit log. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "The audit log.",
    subcommands = {
      AuditCommand.Verify.class,
      AuditCommand.Show.class,
      AuditCommand.TailCommand.class
    })
final class AuditCommand {
  private static final Path LOG = Path.of("/var/lib/hitc/audit.log");

  private AuditCommand() {}

  /** Which log. */
  static final class Installation {
    @Option(names = "--config", description = "listener.yaml, which says where everything is")
    private Optional<Path> file = Optional.empty();

    Optional<ListenerConfig> config() throws Exception {
      if (file.isEmpty()) {
        return Optional.empty();
      }
      int self = PosixFiles.geteuid();
      SafePath trust = self == 0 ? SafePath.ownedByRoot() : SafePath.ownedByRootOr(self);
      return Optional.of(ListenerConfig.load(file.get().toAbsolutePath(), trust, new Users()));
    }

    Path log() throws Exception {
      return config().map(c -> c.audit().log()).orElse(LOG);
    }
  }

  /** Follows the chain of hashes from the first record to the last. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Follows the chain of hashes, compares it with the exported checkpoints, and names the first",
        "record that is not what was written. Exit status 0: all is whole; 1: it is not."
      })
  static final class Verify implements Callable<Integer> {
    @Mixin private Installation installation = new Installation();

    @Option(
        names = "--checkpoints",
        description = "exported checkpoints; several files in the order in which they were written")
    private List<Path> checkpoints = List.of();

    @Option(names = "--keys", description = "folder with the public keys that seal (keys/audit)")
    private Optional<Path> keys = Optional.empty();

    @Option(
        names = "--node",
        description = "whose checkpoints these are, if they are those of several nodes")
    private Optional<String> node = Optional.empty();

    @Parameters(
        paramLabel = "FILE",
        arity = "0..*",
        description = "the audit log, with the parts beside it; or all parts in their order")
    private List<Path> files = List.of();

    @Override
    public Integer call() throws Exception {
      Optional<ListenerConfig> config = installation.config();
      Path log = files.isEmpty() ? installation.log() : files.getFirst();
      AuditLog.Source parts =
          files.size() > 1 ? () -> OpenLog.ofFiles(files) : () -> OpenLog.of(log);
      List<Path> seals =
          checkpoints.isEmpty()
              ? config.map(c -> List.of(c.audit().checkpoints())).orElse(List.of())
              : checkpoints;
      Optional<Path> folder = keys.or(() -> config.map(c -> c.state().resolve("keys/audit")));
      if (seals.isEmpty()) {
        return report(AuditLog.verify(parts), false);
      }
      for (Path seal : seals) {
        if (!Files.exists(seal)) {
          throw new IOException(
              "there are no checkpoints in "
                  + seal
                  + "; a listener writes the first a minute after its first record, and nobody"
                  + " removes them. To follow the chain alone, name the log: "
                  + log);
        }
      }
      if (folder.isEmpty()) {
        throw new IOException(
            "checkpoints are checked with the keys that seal: give --keys FOLDER");
      }
      Whose whose =
          new Whose(
              config.map(ListenerConfig::instance),
              node.or(() -> config.map(c -> c.node().name())));
      return report(AuditLog.verify(parts, seals, sealing(folder.get()), whose), true);
    }

    private static int report(Verification found, boolean sealed) {
      return switch (found) {
        case Verification.Intact whole -> {
          System.out.printf(
              "whole: %d records from number %d, %d torn by a crash and marked, last hash %s%n",
              whole.records(), whole.first(), whole.torn(), whole.lastHash());
          System.out.println(
              sealed
                  ? whole.checkpoints()
                      + " checkpoints are right; the last is of record "
                      + whole.lastSealed()
                  : "no checkpoints were given: a tail that was cut, or a log that was written"
                      + " anew, is not noticed");
          whole.doubts().forEach(doubt -> System.out.println("look at the clock: " + doubt));
          yield 0;
        }
        case Verification.Broken broken -> {
          System.out.printf(
              "%s:%d (byte %d): %s%n",
              broken.file(), broken.line(), broken.offset(), broken.reason());
          yield 1;
        }
      };
    }

    private static List<PublicKeyFile> sealing(Path folder) throws IOException {
      List<PublicKeyFile> keys = new ArrayList<>();
      try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.pub")) {
        for (Path file : all) {
          PublicKeyFile key = PublicKeyFile.load(file);
          if (key.use() != PublicKeyFile.Use.AUDIT) {
            throw new IOException(file + " is not a key that seals an audit log");
          }
          keys.add(key);
        }
      }
      return keys;
    }
  }

  /** Tells what happened. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Tells what is recorded of a job, a session or a user, one line each.")
  static final class Show implements Callable<Integer> {
    @Mixin private Installation installation = new Installation();

    @Option(names = "--session", description = "digest of a session, as a record names it")
    private Optional<String> session = Optional.empty();

    @Option(names = "--user", description = "name of a user")
    private Optional<String> user = Optional.empty();

    @Option(names = "--since", description = "a date (2026-11-23) or a time (2026-11-23T10:00:00Z)")
    private Optional<String> since = Optional.empty();

    @Parameters(
        paramLabel = "JOB [FILE]",
        arity = "0..2",
        description = "reference of a job, such as 7K3P-2M; the audit log")
    private List<String> words = List.of();

    @Override
    public Integer call() throws Exception {
      ZoneId zone = installation.config().map(ListenerConfig::zone).orElse(ZoneId.systemDefault());
      boolean named = session.isEmpty() && user.isEmpty() && since.isEmpty();
      if (named && words.isEmpty()) {
        throw new IOException("say which job, --session, --user or --since");
      }
      // With an option that selects, the one word is the file.
      boolean fileOnly = !named && words.size() == 1;
      Optional<String> job =
          words.isEmpty() || fileOnly ? Optional.empty() : Optional.of(words.getFirst());
      Path log = words.size() == 2 || fileOnly ? Path.of(words.getLast()) : installation.log();
      Selection selection = new Selection(job, session, user, since.map(text -> time(text, zone)));
      Story story = new Story(zone);
      long[] shown = {0};
      try (OpenLog parts = OpenLog.of(log)) {
        AuditReader.read(
            parts,
            record -> {
              if (selection.test(record)) {
                System.out.println(story.line(record));
                shown[0]++;
              }
            });
      }
      if (shown[0] == 0) {
        System.err.println("hitc: nothing of this is recorded in " + log);
      }
      return shown[0] == 0 ? 1 : 0;
    }

    private static Instant time(String text, ZoneId zone) {
      try {
        return text.length() == "2026-11-23".length()
            ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
            : Instant.parse(text);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(
            "--since is a date such as 2026-11-23 or a time such as 2026-11-23T10:00:00Z", e);
      }
    }
  }

  /** The last records. */
  @Command(
      name = "tail",
      mixinStandardHelpOptions = true,
      description = "The last records, one line each.")
  static final class TailCommand implements Callable<Integer> {
    private static final int LAST = 10;
    private static final long LOOK_MILLIS = 500;

    @Mixin private Installation installation = new Installation();

    @Option(
        names = {"-f", "--follow"},
        description = "go on with each new record")
    private boolean follow;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "the audit log")
    private Optional<Path> file = Optional.empty();

    @Override
    public Integer call() throws Exception {
      ZoneId zone = installation.config().map(ListenerConfig::zone).orElse(ZoneId.systemDefault());
      Path log = file.isPresent() ? file.get() : installation.log();
      Story story = new Story(zone);
      try (Follower records = Follower.open(log)) {
        records.last(LAST, record -> System.out.println(story.line(record)));
        while (follow && !System.out.checkError()) {
          TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
          records.more(record -> System.out.println(story.line(record)));
        }
      }
      return 0;
    }
  }
}
