package org.hitc.listener.command;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hitc.listener.audit.ArgumentDigests;
import org.hitc.listener.grant.Revocation;
import org.hitc.listener.grant.Revocations;
import org.hitc.listener.notice.Notice;
import org.hitc.session.Ending;
import org.hitc.session.Session;
import org.hitc.session.SessionRegistry;
import org.hitc.session.signin.UserEntry;
import org.hitc.session.store.Change;
import org.hitc.session.store.Store;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who is signed in, and the ending of sessions, while the listener runs. */
@Command(
    name = "sessions",
    mixinStandardHelpOptions = true,
    description = "Who is signed in, and the ending of sessions.",
    subcommands = {SessionsCommand.ListSessions.class, SessionsCommand.End.class})
final class SessionsCommand {
  private static final String DIGEST_KEY = "digest.key";
  private static final String WHAT = "sessions-end";

  /** A digest is cut to this many digits on the screen; more can be given, and fewer are not. */
  private static final int SHORT = 12;

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  /** Which installation. */
  static final class Where {
    @Option(names = "--config", description = "listener.yaml (default: /etc/hitc/listener.yaml)")
    private Path file = Path.of("/etc/hitc/listener.yaml");

    @Option(names = "--try-out", description = "believe files of the user who runs this")
    private boolean tryOut;

    Installation open() throws Exception {
      return Installation.open(file, tryOut);
    }
  }

  /** Lists sessions, never a token. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists live sessions, the last active first.")
  static final class ListSessions implements Callable<Integer> {
    private static final int MOST = 10_000;

    @Mixin private Where where = new Where();

    @Option(names = "--user", description = "only those of this user")
    private Optional<String> user = Optional.empty();

    @Option(names = "--limit", description = "at most so many (default: 100)")
    private int limit = 100;

    @Override
    public Integer call() throws Exception {
      if (limit < 1 || limit > MOST) {
        throw new IOException("--limit: 1 to " + MOST);
      }
      Installation installation = where.open();
      ArgumentDigests digests = digests(installation);
      ZoneId zone = installation.config().zone();
      SessionRegistry.Found found;
      try (Store store = installation.store()) {
        found =
            new SessionRegistry(store, InstantSource.system())
                .find(s -> user.map(s.user()::equals).orElse(true), limit);
      }
      String line = "%-12s  %-32s  %-19s  %-19s  %-19s  %s%n";
      System.out.printf(line, "SESSION", "USER", "SINCE", "LAST ACTIVE", "IDLE END", "SOURCE");
      for (Session session : found.sessions()) {
        System.out.printf(
            line,
            digest(digests, session).substring(0, SHORT),
            session.user(),
            time(session.authenticatedAt(), zone),
            time(session.activeAt(), zone),
            time(session.idleEnd(), zone),
            session.source().isEmpty() ? "-" : session.source());
      }
      System.out.printf(
          found.all() > found.sessions().size()
              ? "sessions: %d of %d; --limit N shows more%n"
              : "sessions: %2$d%n",
          found.sessions().size(),
          found.all());
      return 0;
    }

    private static String time(Instant instant, ZoneId zone) {
      return TIME.format(instant.atZone(zone));
    }
  }

  /** Ends sessions. */
  @Command(
      name = "end",
      mixinStandardHelpOptions = true,
      description = {
        "Ends sessions at once, on every node: their next request is refused. What the command did",
        "stands in the audit log a second later, with who did it."
      })
  static final class End implements Callable<Integer> {
    @Mixin private Where where = new Where();

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Option(names = "--yes", description = "needed with --everybody")
    private boolean yes;

    /** Exactly one of them. */
    static final class Which {
      @Option(names = "--session", description = "one: what list shows, or more of its digest")
      private Optional<String> session = Optional.empty();

      @Option(names = "--user", description = "all of this user")
      private Optional<String> user = Optional.empty();

      @Option(names = "--everybody", description = "all there are")
      private boolean everybody;
    }

    @Override
    public Integer call() throws Exception {
      if (which.user.isPresent() && !UserEntry.isName(which.user.get())) {
        throw new IOException("no user has such a name");
      }
      if (which.everybody && !yes) {
        throw new IOException("this signs everybody out; if you mean it, say --yes too");
      }
      Installation installation = where.open();
      ArgumentDigests digests = digests(installation);
      try (Store store = installation.store()) {
        SessionRegistry registry = new SessionRegistry(store, InstantSource.system());
        Revocations revocations = installation.revocations(store);
        if (which.session.isPresent()) {
          System.out.println(
              one(registry, digests, installation, revocations, which.session.get()));
        } else {
          System.out.println(all(registry, installation, revocations));
        }
      }
      return 0;
    }

    private static String one(
        SessionRegistry registry,
        ArgumentDigests digests,
        Installation installation,
        Revocations revocations,
        String digest)
        throws IOException {
      if (!digest.matches("[0-9a-f]{" + SHORT + ",32}")) {
        throw new IOException("a session is named by " + SHORT + " to 32 hex digits, see list");
      }
      List<Session> found = registry.find(s -> digest(digests, s).startsWith(digest), 2).sessions();
      if (found.size() > 1) {
        throw new IOException("more than one session begins like this; give more digits");
      }
      String subject = "session " + digest;
      for (Session session : found) {
        subject = "session " + digest(digests, session) + " of " + session.user();
        Optional<Session> ended =
            registry.end(
                session.id(), Ending.ADMINISTRATOR, List.of(notice(installation, subject)));
        if (ended.isPresent()) {
          Optional<String> grant = ended.get().grant();
          if (grant.isPresent()) {
            revocations.end(new Revocation.OfGrant(grant.get()), subject);
          }
          return "ended: " + subject;
        }
      }
      throw new IOException("there is no such session: " + subject);
    }

    private String all(
        SessionRegistry registry, Installation installation, Revocations revocations) {
      Optional<String> user = which.user;
      String subject = user.map(name -> "user " + name).orElse("everybody");
      List<Change> notice = List.of(notice(installation, subject));
      user.ifPresentOrElse(name -> registry.endAllOf(name, notice), () -> registry.endAll(notice));
      revocations.end(
          user.<Revocation>map(Revocation.OfUser::new).orElseGet(Revocation.OfEverybody::new),
          subject);
      return "ended: " + subject;
    }

    private static Change notice(Installation installation, String subject) {
      return new Notice(installation.operator(), WHAT, subject, Instant.now())
          .left(new SecureRandom());
    }
  }

  private static ArgumentDigests digests(Installation installation) throws IOException {
    return ArgumentDigests.open(
        installation.config().state().resolve(DIGEST_KEY), new SecureRandom());
  }

  private static String digest(ArgumentDigests digests, Session session) {
    return digests.of(List.of(session.id()));
  }
}
