package org.hitc.listener.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hitc.listener.launcher.Entry.Allowance;
import org.hitc.listener.launcher.Entry.Audience;
import org.hitc.listener.launcher.Entry.Folder;

/**
 * Reads the launcher's policy. It is believed because only root can have written it; everything in
 * it is checked, and all that is wrong is said at once.
 */
public final class Policies {
  private static final Pattern ABSOLUTE = Pattern.compile("/[^\\p{Cntrl}=]{0,4000}");
  private static final Pattern ENTRY = Pattern.compile("[a-z][a-z0-9_]{0,63}");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Z_][A-Z0-9_]{0,63}");

  /** A start begins with tools that are still root, and they get the same environment. */
  private static final Pattern TOOLS_OBEY =
      Pattern.compile("(HITC|LD|GLIBC|MALLOC)_.*|GCONV_PATH|LOCPATH|NLSPATH|TZDIR|HOSTALIASES");

  private static final Pattern VALUE = Pattern.compile("[^\\p{Cntrl}]{0,4000}");
  private static final Pattern TRUE = Pattern.compile("true");
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);
  private static final Map<String, Long> BYTES =
      Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

  private static final Duration GRANTS = Duration.ofHours(10);
  private static final Duration LONGEST_GRANT = Duration.ofDays(7);
  private static final Duration LONGEST_RUN = Duration.ofDays(1);
  private static final int MAX_TEXT = 32_768;
  private static final int CONCURRENT = 8;
  private static final long MIN_MEMORY = 16L << 20;
  private static final long MIN_FILES = 8;

  private final Path file;
  private final Accounts accounts = new Accounts(InstantSource.system());
  private final List<String> problems = new ArrayList<>();

  private Policies(Path file) {
    this.file = file;
  }

  /** What reading gave. */
  public sealed interface Result {
    /** All is well. */
    record Good(Policy policy) implements Result {}

    /**
     * It is refused.
     *
     * @param problems each with file, line and column where there is one
     */
    record Bad(List<String> problems) implements Result {}
  }

  /** Reads a policy. */
  public static Result read(Path file) {
    Policies policies = new Policies(file);
    try {
      Optional<Policy> policy = policies.policy();
      return policy.isPresent() && policies.problems.isEmpty()
          ? new Result.Good(policy.get())
          : new Result.Bad(List.copyOf(policies.problems));
    } catch (IOException e) {
      return new Result.Bad(List.of(file + ": cannot be read: " + e.getMessage()));
    }
  }

  private Optional<Policy> policy() throws IOException {
    problems.addAll(SafePath.ownedByRoot().configuration(file));
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    Optional<Yaml> yaml = Yaml.read(file.toString(), Files.readAllBytes(file), problems);
    return yaml.isEmpty() ? Optional.empty() : policy(yaml.get());
  }

  private Optional<Policy> policy(Yaml root) throws IOException {
    root.only(
        "folder",
        "sys_side",
        "auth_side",
        "web_side",
        "log",
        "grants",
        "uids",
        "gid_min",
        "deny_groups",
        "entries");
    root.require("folder", "sys_side", "auth_side", "web_side", "log", "entries");
    Optional<Path> folder = path(root, "folder");
    Optional<Path> log = path(root, "log");
    Optional<Policy.Side> sys = side(root, "sys_side");
    Optional<Policy.Side> auth = side(root, "auth_side");
    Optional<Policy.Side> web = side(root, "web_side");
    Set<Integer> services =
        Stream.of(sys, auth, web)
            .flatMap(Optional::stream)
            .map(Policy.Side::uid)
            .collect(Collectors.toSet());
    if (services.size() < 3 && sys.isPresent() && auth.isPresent() && web.isPresent()) {
      problems.add(file + ": sys_side, auth_side and web_side must be three users");
    }
    Duration grants = duration(root, "grants", LONGEST_GRANT).orElse(GRANTS);
    LoginDefs defaults = LoginDefs.read();
    Yaml.Range uids = root.range("uids").orElse(defaults.uids());
    if (uids.from() < 1 || uids.to() > Integer.MAX_VALUE) {
      root.wrong("uids", "must be above 0, and " + Integer.MAX_VALUE + " at most");
    }
    int gidMin = root.integer("gid_min", 1, Integer.MAX_VALUE).orElse(defaults.gidMin());
    Set<String> denied = new HashSet<>(Policy.DENIED);
    for (String group : root.texts("deny_groups")) {
      denied.add(group);
      if (accounts.group(group).isEmpty()) {
        root.wrong("deny_groups", "names a group that does not exist: '" + group + "'");
      }
    }
    Set<Integer> deniedGids = new HashSet<>();
    denied.forEach(group -> accounts.group(group).ifPresent(deniedGids::add));
    Stream.of(sys, auth, web)
        .flatMap(Optional::stream)
        .map(Policy.Side::gid)
        .forEach(deniedGids::add);
    Map<String, Entry> entries = new LinkedHashMap<>();
    Optional<Yaml> all = root.map("entries");
    for (String name : all.map(Yaml::keys).orElse(Set.of())) {
      if (!ENTRY.matcher(name).matches()) {
        all.orElseThrow().wrong(name, "is no name of an entry");
      }
      entry(name, all.orElseThrow().map(name).orElseThrow()).ifPresent(e -> entries.put(name, e));
    }
    if (folder.isEmpty() || log.isEmpty() || sys.isEmpty() || auth.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Policy(
            folder.get(),
            sys.get(),
            auth.get(),
            log.get(),
            grants,
            uids,
            gidMin,
            services,
            denied,
            deniedGids,
            entries));
  }

  private Optional<Entry> entry(String name, Yaml entry) throws IOException {
    entry.only(
        "program",
        "sha256",
        "as",
        "users",
        "args",
        "encoding",
        "environment",
        "folder",
        "allow",
        "limits",
        "concurrent");
    entry.require("program", "as", "users");
    Optional<Path> program = path(entry, "program");
    if (program.isPresent()) {
      SafePath.ownedByRoot().program(program.get()).forEach(wrong -> entry.wrong("program", wrong));
    }
    Optional<String> sha256 = entry.text("sha256", SHA_256, "64 small hexadecimal digits");
    Set<String> as = new HashSet<>(entry.texts("as"));
    for (String account : as) {
      if (!Accounts.isName(account)) {
        entry.wrong("as", "has '" + account + "', which is no name of an account");
      }
    }
    if (as.isEmpty() && entry.has("as")) {
      entry.wrong("as", "names nobody");
    }
    boolean asUser = as.remove("user");
    Optional<Audience> users = entry.map("users").flatMap(this::audience);
    List<Argument> args = new ArrayList<>();
    for (Yaml arg : entry.maps("args")) {
      argument(arg).ifPresent(args::add);
    }
    Charset encoding = encoding(entry);
    Map<String, String> environment = environment(entry);
    Folder folder = folder(entry);
    Set<Allowance> allow = allow(entry);
    Limits limits = entry.map("limits").map(this::limits).orElse(Limits.DEFAULT);
    int concurrent = entry.integer("concurrent", 1, Slots.ALL).orElse(CONCURRENT);
    return program.isEmpty() || users.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Entry(
                name,
                program.get(),
                sha256,
                asUser,
                as,
                users.get(),
                args,
                encoding,
                environment,
                folder,
                allow,
                limits,
                concurrent));
  }

  private Optional<Audience> audience(Yaml users) {
    users.only("all", "groups", "names", "uids");
    if (users.keys().size() != 1) {
      users.wrong("users", "must be one of all, groups, names, uids");
      return Optional.empty();
    }
    return switch (users.keys().iterator().next()) {
      case "all" -> users.text("all", TRUE, "true").map(_ -> new Audience.All());
      case "names" -> Optional.of(new Audience.Names(Set.copyOf(users.texts("names"))));
      case "uids" -> users.range("uids").map(Audience.Uids::new);
      case "groups" -> {
        Set<String> groups = Set.copyOf(users.texts("groups"));
        groups.stream()
            .filter(group -> accounts.group(group).isEmpty())
            .forEach(group -> users.wrong("groups", "has '" + group + "', which does not exist"));
        yield Optional.of(new Audience.Groups(groups));
      }
      default -> Optional.empty();
    };
  }

  private Optional<Argument> argument(Yaml arg) {
    List<String> kinds = Stream.of("literal", "text", "number", "choice").filter(arg::has).toList();
    if (kinds.size() != 1) {
      arg.wrong("args", "must each have one of literal, text, number, choice");
      return Optional.empty();
    }
    String kind = kinds.getFirst();
    if (kind.equals("text")) {
      arg.only("text", "min", "of", "dash");
      Optional<Characters> of = arg.text("of").flatMap(Characters::of);
      if (arg.has("of") && of.isEmpty()) {
        arg.wrong("of", "is no set of characters such as a-zA-Z0-9._-");
      }
      int max = arg.integer("text", 1, MAX_TEXT).orElse(1);
      int min = arg.integer("min", 0, max).orElse(0);
      boolean dash = arg.text("dash", TRUE, "true, or not be there").isPresent();
      return Optional.of(new Argument.Text(min, max, of, dash));
    }
    arg.only(kind);
    return switch (kind) {
      case "literal" -> arg.text(kind, VALUE, "printable").map(Argument.Literal::new);
      case "number" -> arg.range(kind).map(Argument.Whole::new);
      default -> Optional.of(new Argument.Choice(arg.texts(kind)));
    };
  }

  private static Charset encoding(Yaml entry) {
    try {
      return entry.text("encoding").map(Charset::forName).orElse(UTF_8);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
      entry.wrong("encoding", "is no character set that is known here");
      return UTF_8;
    }
  }

  private static Map<String, String> environment(Yaml entry) {
    Map<String, String> variables = new LinkedHashMap<>();
    Optional<Yaml> all = entry.map("environment");
    for (String name : all.map(Yaml::keys).orElse(Set.of())) {
      if (!VARIABLE.matcher(name).matches() || TOOLS_OBEY.matcher(name).matches()) {
        all.orElseThrow()
            .wrong(
                name,
                "is no name of a variable, one of the product's own, or one that tools of root"
                    + " would obey; set it in a script of yours");
      }
      all.orElseThrow()
          .text(name, VALUE, "printable")
          .ifPresent(value -> variables.put(name, value));
    }
    return variables;
  }

  private static Folder folder(Yaml entry) throws IOException {
    Optional<String> folder = entry.text("folder");
    if (folder.isEmpty() || folder.get().equals("/")) {
      return new Folder.Root();
    }
    if (folder.get().equals("home")) {
      return new Folder.Home();
    }
    Optional<Path> path = path(entry, "folder");
    if (path.isPresent()) {
      SafePath.ownedByRoot().folder(path.get()).forEach(wrong -> entry.wrong("folder", wrong));
    }
    return path.<Folder>map(Folder.Fixed::new).orElseGet(Folder.Root::new);
  }

  private static Set<Allowance> allow(Yaml entry) {
    Set<Allowance> allow = new HashSet<>();
    for (String name : entry.texts("allow")) {
      Optional<Allowance> known =
          Stream.of(Allowance.values())
              .filter(a -> a.name().toLowerCase(Locale.ROOT).equals(name))
              .findFirst();
      known.ifPresentOrElse(
          allow::add, () -> entry.wrong("allow", "has '" + name + "', which is none"));
    }
    return allow;
  }

  private Limits limits(Yaml limits) {
    limits.only("time", "cpu", "memory", "processes", "files", "file_size");
    Limits normal = Limits.DEFAULT;
    long memory = limits.amount("memory", BYTES, Long.MAX_VALUE).orElse(normal.memory());
    if (memory < MIN_MEMORY) {
      limits.wrong("memory", "must be 16MiB at least");
    }
    return new Limits(
        duration(limits, "time", LONGEST_RUN).orElse(normal.time()),
        duration(limits, "cpu", LONGEST_RUN)
            .map(cpu -> Math.max(1, cpu.toSeconds()))
            .orElse(normal.cpuSeconds()),
        memory,
        limits.integer("processes", 1, 100_000).orElse((int) normal.processes()),
        limits.integer("files", (int) MIN_FILES, 100_000).orElse((int) normal.files()),
        limits.amount("file_size", BYTES, Long.MAX_VALUE).orElse(normal.fileSize()));
  }

  private static Optional<Duration> duration(Yaml yaml, String key, Duration max) {
    return yaml.amount(key, MILLIS, max.toMillis()).map(Duration::ofMillis);
  }

  private static Optional<Path> path(Yaml yaml, String key) {
    return yaml.text(key, ABSOLUTE, "an absolute path without =").map(Path::of);
  }

  private Optional<Policy.Side> side(Yaml root, String key) {
    Optional<String> name = root.text(key);
    Optional<Policy.Side> side = name.flatMap(accounts::side);
    if (name.isPresent() && side.isEmpty()) {
      root.wrong(key, "is no user, or root: '" + name.get() + "'");
    }
    return side;
  }

  /** What the system calls an ordinary user (login.defs(5)). */
  private record LoginDefs(Yaml.Range uids, int gidMin) {
    private static final Path FILE = Path.of("/etc/login.defs");
    private static final Pattern LINE =
        Pattern.compile("(UID_MIN|UID_MAX|GID_MIN)\\s+([0-9]{1,9})\\s*");

    static LoginDefs read() throws IOException {
      Map<String, Integer> found = new LinkedHashMap<>();
      if (Files.exists(FILE)) {
        for (String line : Files.readAllLines(FILE)) {
          var match = LINE.matcher(line);
          if (match.matches()) {
            found.put(match.group(1), Integer.valueOf(match.group(2)));
          }
        }
      }
      return new LoginDefs(
          new Yaml.Range(
              found.getOrDefault("UID_MIN", 1_000), found.getOrDefault("UID_MAX", 60_000)),
          found.getOrDefault("GID_MIN", 1_000));
    }
  }
}
