package org.hitc.listener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hitc.channel.Refusal;
import org.hitc.channel.hole.Handler;
import org.hitc.channel.hole.Hole;
import org.hitc.channel.hole.HoleCheck;
import org.hitc.channel.hole.HoleLimits;
import org.hitc.channel.hole.HoleLimits.Admission;
import org.hitc.channel.hole.HoleLimits.Drain;
import org.hitc.channel.hole.Layout;
import org.hitc.channel.hole.Observer;
import org.hitc.channel.hole.Owners;
import org.hitc.channel.os.Poller;
import org.hitc.i18n.site.SiteFolder;
import org.hitc.listener.audit.ArgumentDigests;
import org.hitc.listener.audit.AuditEvent;
import org.hitc.listener.audit.AuditException;
import org.hitc.listener.audit.AuditLog;
import org.hitc.listener.audit.Checkpoints;
import org.hitc.listener.audit.OpenJobs;
import org.hitc.listener.config.ConfigException;
import org.hitc.listener.config.ListenerConfig;
import org.hitc.listener.config.Programs;
import org.hitc.listener.config.SignInConfig;
import org.hitc.listener.config.Stores;
import org.hitc.listener.config.Users;
import org.hitc.listener.desk.Desks;
import org.hitc.listener.grant.Grants;
import org.hitc.listener.grant.Revocation;
import org.hitc.listener.grant.Revocations;
import org.hitc.listener.job.Jobs;
import org.hitc.listener.job.LostNode;
import org.hitc.listener.job.Printouts;
import org.hitc.listener.job.References;
import org.hitc.listener.keys.LiveKeys;
import org.hitc.listener.launcher.SafePath;
import org.hitc.listener.launcher.os.HangUp;
import org.hitc.listener.node.NodeNames;
import org.hitc.listener.node.StateLock;
import org.hitc.listener.notice.Notices;
import org.hitc.listener.page.Readers;
import org.hitc.listener.program.ProcessSetup;
import org.hitc.listener.program.ProgramRunner;
import org.hitc.listener.signin.Providers;
import org.hitc.listener.visit.KeepingQuota;
import org.hitc.listener.visit.Uploads;
import org.hitc.listener.visit.Visits;
import org.hitc.session.SessionLimits;
import org.hitc.session.Sessions;
import org.hitc.session.sign.TokenSigner;
import org.hitc.session.signin.SignIn;
import org.hitc.session.signin.SignInException;
import org.hitc.session.signin.SignInProvider;
import org.hitc.session.signin.Throttle;
import org.hitc.session.store.Store;
import org.hitc.session.store.StoreException;
import org.hitc.session.token.CachedVerifier;
import org.hitc.session.token.TokenVerifier;
import org.hitc.workflow.engine.ProgramMessage;
import org.hitc.workflow.yaml.Severity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of the listener, put together; started once and closed once. */
public final class Listener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

  private static final String VERSION = "2.0.0";
  private static final int VERIFIED_TOKENS = 10_000;

  private final Parts parts;

  private Listener(Parts parts) {
    this.parts = parts;
  }

  private record Parts(
      StateLock lock,
      Hole hole,
      LiveDefinitions definitions,
      ProgramRunner runner,
      Jobs jobs,
      Housekeeping housekeeping,
      LiveKeys keys,
      Notices notices,
      Store store,
      AuditLog audit,
      Poller poller,
      String instance) {}

  /**
   * All that would keep a listener from starting or a workflow from being offered, and warnings.
   *
   * @param names workflows to look at, and then only at them; empty: at everything
   */
  public static List<Finding> check(Path configFile, boolean tryOut, Set<String> names)
      throws IOException {
    Users system = new Users();
    SafePath trust = trust(tryOut, system);
    try {
      ListenerConfig config = ListenerConfig.load(configFile, trust, system);
      List<Finding> findings = new ArrayList<>();
      if (names.isEmpty()) {
        HoleCheck.problems(new Layout(config.root()), owners(config))
            .forEach(p ->
                findings.add(
                    Finding.error(
                        p.path().toString(),
                        "it is %s, it must be %s; to mend it: %s"
                            .formatted(p.found(), p.required(), p.cure()),
                        "HOLE")));
        filesProblem(config)
            .ifPresent(
                problem -> findings.add(Finding.error(configFile.toString(), problem, "FILES")));
        SiteWords.load(site(config.root(), config.zone()), trust)
            .problems()
            .forEach(problem ->
                findings.add(Finding.error(configFile.toString(), problem, "WORDS_FILE")));
      }
      Programs programs = Programs.load(config.programs(), trust, config.sysSide());
      if (names.isEmpty()) {
        Providers.check(config, configFile, trust, programs.byName())
            .forEach(problem ->
                findings.add(Finding.error(configFile.toString(), problem, "SIGN_IN_UNFIT")));
      }
      Definitions definitions = definitions(config, trust, programs, names);
      findings.addAll(definitions.findings());
      findings.addAll(
          new LaunchCheck(definitions.byName(), programs.byName())
              .findings(config.launcher().isPresent(), policy(configFile)));
      names.stream()
          .filter(name -> !definitions.byName().containsKey(name))
          .filter(name -> !definitions.broken().contains(name))
          .sorted()
          .forEach(name ->
              findings.add(
                  Finding.error(
                      config.workflows().resolve(name + ".yaml").toString(),
                      "there is no such file",
                      "FILE_UNREADABLE")));
      return findings;
    } catch (ConfigException e) {
      return e.problems().stream().map(text -> new Finding(Severity.ERROR, text)).toList();
    }
  }

  /**
   * What the workflows of an installation run: a line for each program, with its path, as whom it
   * runs, and what it is given.
   *
   * @param names of workflows; empty: all
   * @throws ConfigException when the configuration is wrong
   */
  public static List<String> runs(Path configFile, boolean tryOut, Set<String> names)
      throws IOException, ConfigException {
    Users system = new Users();
    SafePath trust = trust(tryOut, system);
    ListenerConfig config = ListenerConfig.load(configFile, trust, system);
    Programs programs = Programs.load(config.programs(), trust, config.sysSide());
    Definitions definitions = definitions(config, trust, programs, names);
    return new LaunchCheck(definitions.byName(), programs.byName()).runs();
  }

  private static Definitions definitions(
      ListenerConfig config, SafePath trust, Programs programs, Set<String> names)
      throws IOException {
    SiteFolder site = site(config.root(), config.zone());
    return Definitions.load(
        config.workflows(),
        trust,
        programs.known(),
        SiteWords.load(site, trust).messages().orElseGet(site::shipped),
        name -> names.isEmpty() || names.contains(name));
  }

  /** The launcher's policy lies beside the listener's configuration. */
  private static Path policy(Path configFile) {
    return configFile.resolveSibling("launcher.yaml");
  }

  /**
   * Starts to answer requests.
   *
   * @throws StartRefusedException when something is not as it must be
   */
  public static Listener start(Path configFile, boolean tryOut)
      throws StartRefusedException, IOException, InterruptedException {
    Users system = new Users();
    SafePath trust = trust(tryOut, system);
    ListenerConfig config;
    Programs programs;
    try {
      config = ListenerConfig.load(configFile, trust, system);
      programs = Programs.load(config.programs(), trust, config.sysSide());
    } catch (ConfigException e) {
      throw new StartRefusedException(List.of(e.getMessage()));
    }
    requireRightUser(config, tryOut, system);
    List<String> problems = new ArrayList<>(holeProblems(config));
    filesProblem(config).ifPresent(problems::add);
    if (!problems.isEmpty()) {
      throw new StartRefusedException(problems);
    }
    prepareProcess();
    SiteFolder site = site(config.root(), config.zone());
    LiveDefinitions.Source source =
        new LiveDefinitions.Source(
            config.programs(), config.workflows(), trust, config.sysSide(), site);
    return new Listener(assemble(lock(config.state()), config, programs, source));
  }

  /** From here on nobody else opens what is in this folder. */
  private static StateLock lock(Path state) throws StartRefusedException {
    try {
      return StateLock.take(state);
    } catch (IOException e) {
      throw new StartRefusedException(List.of(String.valueOf(e.getMessage())));
    }
  }

  private static void prepareProcess() throws StartRefusedException {
    try {
      ProcessSetup.apply();
    } catch (IllegalStateException e) {
      throw new StartRefusedException(List.of(String.valueOf(e.getMessage())));
    }
  }

  private static Parts assemble(
      StateLock lock, ListenerConfig config, Programs programs, LiveDefinitions.Source source)
      throws StartRefusedException, IOException, InterruptedException {
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    Path state = config.state();
    Poller poller = Poller.open();
    AuditLog audit = auditLog(config.audit().log(), clock);
    Hole hole = hole(config, poller, new AuditedHole(audit));
    // Only the holder of the hole's lock may touch what an earlier listener left.
    ProcessSetup.killLeftovers(config.instance(), config.node().name());
    Map<String, OpenJobs.Trace> open = OpenJobs.in(config.audit().log());
    LiveKeys keys = keys(config, audit, clock, random);
    Store store = store(config);
    Set<String> names = names(config, store, random);
    Notices notices = Notices.start(store, audit);
    ArgumentDigests digests = ArgumentDigests.open(state.resolve("digest.key"), random);
    ProgramRunner runner =
        new ProgramRunner(
            poller,
            config.instance(),
            config.node().name(),
            config.zone().getId(),
            config.launcher());
    Printouts printouts = new Printouts(config.node().files().resolve("printouts"));
    LiveDefinitions definitions = LiveDefinitions.start(source, programs, audit);
    SignInProvider users = provider(config.signIn(), runner, definitions, random);
    Sessions sessions = sessions(config, keys, store, users, clock, random);
    Revocations revocations =
        new Revocations(
            config.launcher().map(Grants::forSysSide),
            store,
            config.node().name(),
            clock,
            random,
            new AuditedRevocations(audit));
    keys.watch(() -> {
      sessions.registry().endAll(List.of());
      revocations.end(new Revocation.OfEverybody(), "everybody");
    });
    HangUp.calls(() -> {
      definitions.reload();
      keys.reload();
    });
    Jobs jobs =
        new Jobs(
            runner,
            definitions::programs,
            store,
            config.node().name(),
            audit,
            digests,
            printouts,
            new References(random),
            clock,
            config.sessions().absolute(),
            config.hole().jobs());
    jobs.settleInterrupted(names, open);
    names.stream()
        .filter(name -> !name.equals(config.node().name()))
        .forEach(former -> NodeNames.release(store, former));
    KeepingQuota quota = new KeepingQuota(clock);
    Visits visits = new Visits(store, random, config.sessions().absolute(), quota);
    Uploads uploads = new Uploads(config.node().files().resolve("uploads"), visits::freshId, quota);
    Desks desks =
        new Desks(
            new SignIn(users, new Throttle(clock), store, clock, random),
            sessions,
            audit,
            digests,
            definitions,
            new Readers(SiteFolder.SOURCE),
            visits,
            uploads,
            jobs,
            printouts,
            clock,
            config.zone(),
            revocations);
    Thread.ofPlatform().name("hole").start(() -> serve(hole, desks.handler()));
    Housekeeping housekeeping =
        Housekeeping.start(
            store, jobs, printouts, uploads, revocations, clock, config.sessions().absolute());
    return new Parts(
        lock,
        hole,
        definitions,
        runner,
        jobs,
        housekeeping,
        keys,
        notices,
        store,
        audit,
        poller,
        config.instance());
  }

  /** Takes no more requests, stops the programs, and lets go of everything. */
  @Override
  public void close() {
    try (var _ = parts.lock();
        var _ = parts.audit();
        var _ = parts.store();
        var _ = parts.poller()) {
      parts.hole().close();
      parts.definitions().close();
      parts.keys().close();
      parts.housekeeping().close();
      parts.notices().close();
      parts.jobs().close();
      parts.runner().close();
      parts.audit().record(new AuditEvent.Stopped(parts.instance()));
    } catch (IOException e) {
      System.err.println("hitc: the listener did not stop cleanly: " + e.getMessage());
    }
  }

  private static SafePath trust(boolean tryOut, Users system) {
    return tryOut ? SafePath.ownedByRootOr(system.self()) : SafePath.ownedByRoot();
  }

  private static void requireRightUser(ListenerConfig config, boolean tryOut, Users system)
      throws StartRefusedException {
    List<String> reasons = new ArrayList<>();
    if (config.sysSide() != system.self()) {
      reasons.add(
          "the listener runs as user "
              + system.self()
              + ", but sys_side is "
              + config.sysSide()
              + "; start it as that user");
    }
    if (config.tryOut() != tryOut) {
      reasons.add("--try-out and try_out: true belong together");
    }
    if (system.self() == 0 && !tryOut) {
      reasons.add("the listener must not run as root; sys_side must be an ordinary user");
    }
    if (!reasons.isEmpty()) {
      throw new StartRefusedException(reasons);
    }
  }

  private static List<String> holeProblems(ListenerConfig config) {
    return HoleCheck.problems(new Layout(config.root()), owners(config)).stream()
        .map(HoleCheck.Problem::toString)
        .toList();
  }

  /** Why no printout and no upload could be written. */
  private static Optional<String> filesProblem(ListenerConfig config) {
    Path files = config.node().files();
    String what =
        Files.isDirectory(files)
            ? Files.isWritable(files) ? "" : "cannot be written to"
            : "is not there, or is no folder";
    return what.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s (files) %s; to mend it: install -d -m 700 -o %d %s"
                .formatted(files, what, config.sysSide(), files));
  }

  private static Owners owners(ListenerConfig config) {
    return new Owners(config.webSide(), config.sysSide(), config.group());
  }

  private static Store store(ListenerConfig config) throws StartRefusedException {
    try {
      return Stores.open(config);
    } catch (StoreException e) {
      throw new StartRefusedException(List.of(String.valueOf(e.getMessage())));
    }
  }

  /**
   * Under which names an earlier listener of this node may have left jobs. It may have been called
   * otherwise; what is in an embedded store is its own in any case.
   */
  private static Set<String> names(ListenerConfig config, Store store, SecureRandom random)
      throws StartRefusedException, IOException {
    String name = config.node().name();
    try {
      if (config.node().server().isEmpty()) {
        return LostNode.names(store);
      }
      NodeNames names = NodeNames.open(store, config.state(), random);
      if (names.take(name)) {
        return names.all();
      }
    } catch (StoreException e) {
      throw new StartRefusedException(List.of(String.valueOf(e.getMessage())));
    }
    throw new StartRefusedException(
        List.of(
            ("the name %s is taken by another node; give this one another name (node: ...), or, when"
                    + " that node is gone for good: hitc store settle --node %s --yes-it-is-stopped")
                .formatted(name, name)));
  }

  private static AuditLog auditLog(Path file, InstantSource clock) throws StartRefusedException {
    try {
      return AuditLog.open(file, clock);
    } catch (IOException e) {
      throw new StartRefusedException(List.of("the audit log cannot be opened: " + e.getMessage()));
    }
  }

  /** The first records of this start, and the keys that seal them. */
  private static LiveKeys keys(
      ListenerConfig config, AuditLog audit, InstantSource clock, SecureRandom random)
      throws StartRefusedException {
    try {
      audit.append(new AuditEvent.Started(config.instance(), VERSION));
      LiveKeys keys = LiveKeys.open(config.state(), audit, clock, random);
      audit.seal(
          new Checkpoints(
              config.audit().checkpoints(),
              config.instance(),
              config.node().name(),
              keys::sealing,
              clock,
              System.out));
      return keys;
    } catch (AuditException e) {
      throw new StartRefusedException(List.of("the audit log cannot be written: " + e.getCause()));
    } catch (IOException e) {
      throw new StartRefusedException(List.of("the keys cannot be used: " + e.getMessage()));
    }
  }

  private static Hole hole(ListenerConfig config, Poller poller, Observer observer)
      throws StartRefusedException, IOException {
    try {
      return Hole.open(
          new Layout(config.root()), owners(config), limits(config.hole()), poller, observer);
    } catch (org.hitc.channel.hole.StartRefusedException e) {
      throw new StartRefusedException(List.of(e.getMessage()));
    }
  }

  private static HoleLimits limits(ListenerConfig.HoleLimits told) {
    HoleLimits standard = HoleLimits.defaults();
    Admission admission = standard.admission();
    Drain drain = standard.drain();
    return new HoleLimits(
        new Admission(
            Math.toIntExact(told.request()),
            told.requests(),
            admission.waiting(),
            admission.requestAge(),
            admission.readerWithin(),
            admission.endWithin()),
        new Drain(told.stall(), drain.bytesPerSecond(), drain.window(), drain.heartbeat()),
        standard.spool());
  }

  /** A listener that cannot listen any more must not look as if it could: it ends. */
  private static void serve(Hole hole, Handler handler) {
    try {
      hole.serve(handler);
    } catch (IOException | RuntimeException e) {
      LOG.error("the hole cannot be served any more", e);
      Runtime.getRuntime().halt(1);
    }
  }

  private static SignInProvider provider(
      SignInConfig config, ProgramRunner runner, LiveDefinitions definitions, SecureRandom random)
      throws StartRefusedException {
    List<String> problems = Providers.problems(config, definitions.programs());
    if (!problems.isEmpty()) {
      throw new StartRefusedException(problems);
    }
    try {
      return Providers.open(config, runner, definitions::programs, random);
    } catch (SignInException e) {
      throw new StartRefusedException(e.problems());
    }
  }

  private static Sessions sessions(
      ListenerConfig config,
      LiveKeys keys,
      Store store,
      SignInProvider users,
      InstantSource clock,
      SecureRandom random) {
    TokenVerifier verifier = new TokenVerifier(config.instance(), keys, clock);
    return new Sessions(
        store,
        users,
        new TokenSigner(config.instance(), keys::signing),
        new CachedVerifier(verifier, VERIFIED_TOKENS),
        limits(config.sessions()),
        clock,
        random);
  }

  private static SessionLimits limits(ListenerConfig.SessionLimits told) {
    SessionLimits standard = SessionLimits.DEFAULT;
    return new SessionLimits(
        standard.renewAfter(),
        standard.grace(),
        told.idle(),
        standard.longestIdle(),
        told.absolute(),
        standard.activityStep(),
        standard.perUser());
  }

  /** The words of the product, and of this site where it words something differently. */
  static SiteFolder site(Path root, ZoneId zone) {
    return new SiteFolder(
        new Layout(root).messages(),
        List.of(Listener.class, Refusal.class),
        ProgramMessage::isKey,
        zone);
  }
}
