package org.hitc.listener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hitc.i18n.Messages;
import org.hitc.i18n.site.FileState;
import org.hitc.i18n.site.SiteFolder;
import org.hitc.listener.audit.AuditEvent;
import org.hitc.listener.audit.AuditLog;
import org.hitc.listener.config.ConfigException;
import org.hitc.listener.config.Program;
import org.hitc.listener.config.Programs;
import org.hitc.listener.desk.Definition;
import org.hitc.listener.desk.Workflows;
import org.hitc.listener.launcher.SafePath;
import org.hitc.workflow.model.Workflow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workflows, the programs and the words as they are now: read again when a file of theirs has
 * changed, or when told to. What is wrong never takes the place of what was right, and says so
 * loudly. Visits that have begun go on with the definition that they began with, as long as this
 * listener runs.
 */
final class LiveDefinitions implements Supplier<Workflows>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveDefinitions.class);

  /** How often the files are looked at. */
  private static final long LOOK_MILLIS = 1_000;

  /** Older versions of definitions that are kept for visits which have begun. */
  private static final int PINNED = 200;

  private final Source source;
  private final AuditLog audit;
  private final Semaphore asked = new Semaphore(0);
  private volatile Now now;
  private volatile boolean closed;

  /**
   * Where it is read from.
   *
   * @param programs {@code programs.yaml}
   * @param workflows folder of the definition files
   * @param sysSide numeric id of the user who reads secrets
   * @param site the words of the product and of this site
   */
  record Source(Path programs, Path workflows, SafePath trust, int sysSide, SiteFolder site) {}

  /**
   * What holds now; replaced as a whole.
   *
   * @param byName definitions by name of the workflow
   * @param byHash definitions by hash, the current ones among them, the oldest first
   */
  private record Now(
      Map<String, Program> programs,
      Messages words,
      Map<String, Definition> byName,
      SequencedMap<String, Definition> byHash)
      implements Workflows {

    @Override
    public Optional<Definition> current(String name) {
      return Optional.ofNullable(byName.get(name));
    }

    @Override
    public Optional<Definition> pinned(String hash) {
      return Optional.ofNullable(byHash.get(hash));
    }

    @Override
    public Collection<Definition> all() {
      return byName.values();
    }
  }

  private LiveDefinitions(Source source, AuditLog audit, Now now) {
    this.source = source;
    this.audit = audit;
    this.now = now;
  }

  /**
   * Reads everything for the first time. A workflow with an error is not offered; the others are.
   *
   * @param programs as they were read for the start
   */
  static LiveDefinitions start(Source source, Programs programs, AuditLog audit)
      throws IOException {
    // Taken first: what changes while it is read is read once more.
    String seen = fingerprint(source);
    Messages words = words(source, audit).orElseGet(source.site()::shipped);
    Definitions read = read(source, programs, words);
    report(read.problems());
    LiveDefinitions live =
        new LiveDefinitions(
            source,
            audit,
            new Now(
                programs.byName(),
                words,
                read.byName(),
                pinned(new LinkedHashMap<>(), read.byName())));
    read.byName().values().forEach(live::audited);
    Thread.ofPlatform().daemon().name("definitions").start(() -> live.watch(seen));
    return live;
  }

  /** What is offered at this moment. */
  @Override
  public Workflows get() {
    return now;
  }

  /** The registered programs, by name. */
  Map<String, Program> programs() {
    return now.programs();
  }

  /** Reads everything again soon, whether a file has changed or not. */
  void reload() {
    asked.release();
  }

  @Override
  public void close() {
    closed = true;
    asked.release();
  }

  private void watch(String read) {
    String seen = read;
    while (!closed) {
      try {
        boolean told = asked.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        asked.drainPermits();
        String found = fingerprint(source);
        if (!closed && (told || !found.equals(seen))) {
          seen = found;
          readAgain();
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      } catch (IOException | RuntimeException e) {
        LOG.error("definitions cannot be read; those from before are still in use", e);
      }
    }
  }

  private void readAgain() throws IOException {
    Programs programs;
    try {
      programs = Programs.load(source.programs(), source.trust(), source.sysSide());
    } catch (ConfigException e) {
      report(List.of(String.valueOf(e.getMessage())));
      audit.record(new AuditEvent.ConfigLoaded(source.programs().toString(), "", false));
      System.err.println("hitc: nothing was reloaded; what ran before is still in use");
      return;
    }
    Messages words = words(source, audit).orElse(now.words());
    Definitions read = read(source, programs, words);
    report(read.problems());
    Map<String, Definition> before = now.byName();
    Map<String, Definition> current = new TreeMap<>(read.byName());
    for (String name : read.broken()) {
      Optional<Definition> good = Optional.ofNullable(before.get(name));
      good.ifPresent(definition -> current.put(name, definition));
      audit.record(new AuditEvent.ConfigLoaded(name + ".yaml", "", false));
      System.err.println(
          "hitc: "
              + name
              + ".yaml was not loaded; "
              + (good.isPresent()
                  ? "the version from before is still in use"
                  : "the workflow is not offered"));
    }
    now = new Now(programs.byName(), words, Map.copyOf(current), pinned(now.byHash(), current));
    List<Definition> changed =
        current.values().stream()
            .filter(d ->
                !Optional.ofNullable(before.get(d.workflow().name()))
                    .map(b -> b.workflow().hash())
                    .equals(Optional.of(d.workflow().hash())))
            .toList();
    changed.forEach(this::audited);
    LOG.info("definitions were read again; changed: {}", names(changed));
  }

  private static List<String> names(List<Definition> definitions) {
    return definitions.stream().map(d -> d.workflow().name()).toList();
  }

  private void audited(Definition definition) {
    Workflow workflow = definition.workflow();
    audit.record(new AuditEvent.ConfigLoaded(workflow.name() + ".yaml", workflow.hash(), true));
  }

  private static void report(List<String> problems) {
    problems.forEach(problem -> System.err.println(problem));
  }

  /** The words of the site, if nothing is wrong with them; else it says so loudly. */
  private static Optional<Messages> words(Source source, AuditLog audit) throws IOException {
    SiteWords read = SiteWords.load(source.site(), source.trust());
    report(read.problems());
    if (read.messages().isEmpty()) {
      audit.record(new AuditEvent.ConfigLoaded(source.site().folder().toString(), "", false));
      System.err.println(
          "hitc: the words of this site were not loaded; those from before, or the product's own,"
              + " are in use");
    }
    return read.messages();
  }

  private static Definitions read(Source source, Programs programs, Messages words)
      throws IOException {
    return Definitions.load(source.workflows(), source.trust(), programs.known(), words);
  }

  private static SequencedMap<String, Definition> pinned(
      Map<String, Definition> older, Map<String, Definition> current) {
    SequencedMap<String, Definition> pinned = new LinkedHashMap<>(older);
    for (Definition definition : current.values()) {
      pinned.remove(definition.workflow().hash());
      pinned.put(definition.workflow().hash(), definition);
    }
    while (pinned.size() > Math.max(PINNED, current.size())) {
      pinned.pollFirstEntry();
    }
    return pinned;
  }

  /** Names, times and sizes of all files that are read: another text means that one has changed. */
  private static String fingerprint(Source source) {
    List<String> files = new ArrayList<>();
    files.add(FileState.of(source.programs()));
    files.add(source.site().fingerprint());
    try (Stream<Path> all = Files.walk(source.workflows(), 3)) {
      all.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .forEach(f -> files.add(FileState.of(f)));
    } catch (IOException | java.io.UncheckedIOException e) {
      files.add("unreadable: " + e.getMessage());
    }
    return String.join("\n", files);
  }
}
