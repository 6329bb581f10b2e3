package org.hitc.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The product as {@code ./hitc demo} starts it: the assembled runtimes, real processes; as root two
 * users and a chroot. Closing it stops it and waits until nothing of it is left.
 */
public final class Product implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String READY = "Ready: ";

  private final Process starter;
  private final Path folder;
  private final URI site;
  private final List<String> said;

  private Product(Process starter, Path folder, URI site, List<String> said) {
    this.starter = starter;
    this.folder = folder;
    this.site = site;
    this.said = List.copyOf(said);
  }

  /** True when the tests run as root, so that users and a chroot are real. */
  public static boolean isReal() {
    return System.getProperty("user.name").equals("root");
  }

  /** Root of the checkout. */
  public static Path checkout() {
    Path here = Path.of("").toAbsolutePath();
    return here.endsWith("integration-tests") ? here.resolveSibling("") : here;
  }

  /** What {@code ./hitc build} assembled. */
  public static Path distribution() {
    return checkout().resolve("target/hitc");
  }

  /**
   * Starts the demo on a free port, in a fresh folder, and waits until it says that it is ready.
   */
  public static Product start() {
    return start(List.of("demo", "--port", "0"));
  }

  /** Starts {@code hitc} with these words, which must be those of a demo. */
  public static Product start(List<String> words) {
    return startThrough(List.of(), words);
  }

  /**
   * Starts a demo through another command, such as a shell or {@code setpriv}; {@link #starter} is
   * that command.
   */
  public static Product startThrough(List<String> wrapper, List<String> words) {
    try {
      List<String> whole = new ArrayList<>(wrapper);
      whole.addAll(command(words));
      Process starter = new ProcessBuilder(whole).redirectErrorStream(true).start();
      List<String> said = new ArrayList<>();
      BufferedReader out =
          new BufferedReader(
              new java.io.InputStreamReader(starter.getInputStream(), StandardCharsets.UTF_8));
      String site = "";
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        said.add(line);
        if (line.startsWith(READY)) {
          site = line.substring(READY.length());
        }
        if (line.startsWith("Everything lies in ")) {
          String folder = line.replaceFirst("Everything lies in ([^;]*);.*", "$1");
          Thread.ofVirtual().start(() -> out.lines().forEach(System.err::println));
          return new Product(starter, Path.of(folder), URI.create(site), said);
        }
      }
      throw new IllegalStateException("the demo did not start: " + String.join("\n", said));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command line of the hitc command without its build. */
  public static List<String> command(List<String> words) {
    Path listener = distribution().resolve("listener");
    List<String> line =
        new ArrayList<>(
            List.of(
                listener.resolve("jre/bin/java").toString(),
                "-XX:-UsePerfData",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Djffi.boot.library.path=" + listener.resolve("native"),
                "-Dorg.sqlite.lib.path=" + listener.resolve("native"),
                "-cp",
                listener.resolve("lib") + "/*:" + listener.resolve("tool") + "/*",
                "org.hitc.listener.command.Main"));
    line.addAll(words);
    return line;
  }

  /** Where it answers: {@code http://localhost:N/}. */
  public URI site() {
    return site;
  }

  /** What the starter printed until it was ready. */
  public List<String> said() {
    return said;
  }

  /** The folder it lies in: {@code chroot}, {@code etc}, {@code state}, {@code log}. */
  public Path folder() {
    return folder;
  }

  /** The chroot. */
  public Path chroot() {
    return folder.resolve("chroot");
  }

  /** Requests and results pipes. */
  public Path jobs() {
    return chroot().resolve("hole/spool/jobs");
  }

  /** The audit log as text. */
  public String audit() {
    return read(folder.resolve("state/audit.log"));
  }

  /** Lines of the audit log in which all of this stands. */
  public List<String> audit(String... parts) {
    return audit().lines().filter(line -> Stream.of(parts).allMatch(line::contains)).toList();
  }

  /** The home of somebody whose steps run as that user. */
  public Path home(String user) {
    return folder.resolve("accounts/home").resolve(user);
  }

  /** What mail forwarding did for somebody, as it wrote it down in that user's home. */
  public List<String> forwardings(String user) {
    Path changes = home(user).resolve(".forward.changes");
    return Files.exists(changes) ? read(changes).lines().toList() : List.of();
  }

  /** A folder in which programs of the listener can make files. */
  public Path scratch() {
    Path scratch = folder.resolve("scratch");
    if (!Files.exists(scratch)) {
      run(List.of("install", "-d", "-m", "0700", "-o", "" + sysSide(), scratch.toString()));
    }
    return scratch;
  }

  /** How often a registered program was started. */
  public int runs(String program) {
    return audit("\"event\":\"program-started\"", "\"program\":\"" + program + "\"").size();
  }

  /** What a process printed: {@code gateway} or {@code listener}. */
  public String log(String side) {
    return read(folder.resolve("log").resolve(side + ".log"));
  }

  /** A value of {@code listener.yaml}, such as {@code web_side}. */
  public String configured(String key) {
    return configured("listener.yaml", key);
  }

  private String configured(String file, String key) {
    return read(folder.resolve("etc").resolve(file))
        .lines()
        .filter(line -> line.startsWith(key + ": "))
        .map(line -> line.substring(key.length() + 2))
        .findFirst()
        .orElseThrow();
  }

  /** Numeric user of the gateway. */
  public int webSide() {
    return Integer.parseInt(configured("web_side"));
  }

  /** Numeric user of the listener. */
  public int sysSide() {
    return Integer.parseInt(configured("sys_side"));
  }

  /** Numeric group of the two. */
  public int group() {
    return Integer.parseInt(configured("group"));
  }

  /** Numeric user that somebody's own steps run as. */
  public int uid(String user) {
    try {
      return (int) Files.getAttribute(home(user), "unix:uid");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Command lines of all processes of a user, zombies left out. */
  public static List<String> processesOf(int uid) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      for (Path one : all.filter(p -> p.getFileName().toString().matches("[0-9]+")).toList()) {
        try {
          String line = Files.readString(one.resolve("cmdline")).replace('\0', ' ');
          if (!line.isEmpty() && (int) Files.getAttribute(one, "unix:uid") == uid) {
            found.add(line);
          }
        } catch (IOException _) {
          // It has ended.
        }
      }
    }
    return found;
  }

  /** Numeric user of the authenticator. */
  public int authSide() {
    return Integer.parseInt(configured("authenticator.yaml", "auth_side"));
  }

  /** The password file. */
  public Path users() {
    return folder.resolve("auth/users");
  }

  /** The process that started everything. */
  public ProcessHandle starter() {
    return starter.toHandle();
  }

  /** The process of a side as it is now: {@code gateway} or {@code listener}. */
  public long pid(String side) {
    return Long.parseLong(read(pidFile(side)).strip());
  }

  private Path pidFile(String side) {
    return folder.resolve("log").resolve(side + ".pid");
  }

  /** Sends a signal, such as {@code KILL} or {@code STOP}. */
  public void signal(String signal, String side) {
    run(List.of("kill", "-" + signal, Long.toString(pid(side))));
  }

  /** False as soon as it has ended, even if nobody has read yet that it has. */
  public boolean isAlive(String side) {
    return Files.exists(Path.of("/proc", Long.toString(pid(side)), "exe"));
  }

  /** Adds or replaces a workflow; the listener finds it within two seconds. */
  public void addWorkflow(String name, String definition) throws IOException {
    replace(workflow(name), definition);
  }

  /** The same, and waits until the listener uses it. */
  public void define(String name, String definition) throws IOException, InterruptedException {
    define(Map.of(name, definition));
  }

  /** The same for several, by name, at one go. */
  public void define(Map<String, String> definitions) throws IOException, InterruptedException {
    Map<String, Long> before = new HashMap<>();
    definitions.keySet().forEach(name -> before.put(name, readings(name)));
    for (Map.Entry<String, String> definition : definitions.entrySet()) {
      addWorkflow(definition.getKey(), definition.getValue());
    }
    Instant deadline = Instant.now().plus(PATIENCE);
    while (before.entrySet().stream().anyMatch(b -> readings(b.getKey()) == b.getValue())) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException(
            "not all were read: " + definitions.keySet() + "\n" + log("listener"));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** The file of a workflow. */
  public Path workflow(String name) {
    return folder.resolve("etc/workflows").resolve(name + ".yaml");
  }

  /** How often the listener has said that it uses another version of a workflow. */
  private long readings(String workflow) {
    Pattern changed = Pattern.compile("; changed: \\[(.*, )?" + workflow + "(, .*)?]");
    return log("listener").lines().filter(line -> changed.matcher(line).find()).count();
  }

  /** Adds a shell script as a program without options; a workflow that is added after it has it. */
  public void addProgram(String name, String script) throws IOException {
    addProgram(name, script, "timeout: 2m");
  }

  /**
   * The same with options.
   *
   * @param options of its registration, such as {@code concurrent: 1}
   */
  public void addProgram(String name, String script, String options) throws IOException {
    addProgram(name, script.getBytes(StandardCharsets.UTF_8), options);
  }

  /**
   * Adds a shell script that runs as the signed-in user: registered, and in the launcher's policy.
   *
   * @param policy more keys of its entry there, such as {@code concurrent: 1}; may be empty
   */
  public void addLaunched(String name, String script, String policy) throws IOException {
    addProgram(name, script, "timeout: 2m, as: user");
    Path file = folder.resolve("etc/launcher.yaml");
    String entry =
        """
          %s:
            program: %s
            as: [user]
            users: { all: true }
        """
            .formatted(name, folder.resolve("etc/programs").resolve(name));
    replace(
        file, Files.readString(file) + entry + (policy.isEmpty() ? "" : "    " + policy + "\n"));
  }

  /** The launcher's own log. */
  public String launches() {
    return read(folder.resolve("log/launches.log"));
  }

  /** The same for a compiled program. */
  public void addProgram(String name, byte[] file) throws IOException {
    addProgram(name, file, "timeout: 2m");
  }

  private void addProgram(String name, byte[] file, String options) throws IOException {
    Path program = folder.resolve("etc/programs").resolve(name);
    Files.write(program, file);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path register = folder.resolve("etc/programs.yaml");
    String registered = "programs:\n  %s: { path: \"%s\", %s }\n".formatted(name, program, options);
    replace(register, Files.readString(register).replace("programs:\n", registered));
  }

  /** As an editor saves: nobody reads half of it. */
  private static void replace(Path file, String content) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.writeString(next, content);
    Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Waits until a side runs as another process than this. */
  public void awaitRestart(String side, long oldPid) throws InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    // Empty while the starter writes it.
    Set<String> notYet = Set.of("", Long.toString(oldPid));
    while (notYet.contains(read(pidFile(side)).strip())
        || !log(side).contains("listener".equals(side) ? "ready" : "listening")) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("the " + side + " was not started again");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Waits until a side has printed this. */
  public void awaitLog(String side, String words) throws InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!log(side).contains(words)) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException(
            "the " + side + " did not say " + words + ":\n" + log(side));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Ends a side; nobody starts it again while what is returned is open. */
  public NobodyRevives killForNow(String side) {
    NobodyRevives held = new NobodyRevives(starter.pid());
    signal("KILL", side);
    return held;
  }

  /** Keeps the starter from starting anything again, as long as this is open. */
  public static final class NobodyRevives implements AutoCloseable {
    private final String starter;

    private NobodyRevives(long starter) {
      this.starter = Long.toString(starter);
      run(List.of("kill", "-STOP", this.starter));
    }

    @Override
    public void close() {
      run(List.of("kill", "-CONT", starter));
    }
  }

  /** Kills a side as it stands and waits until it runs again. */
  public void killAndAwaitRestart(String side) throws InterruptedException {
    long starts = starts(side);
    signal("KILL", side);
    awaitStarts(side, starts + 1);
  }

  /** How often a side has said that it is ready, since the product was started. */
  public long starts(String side) {
    String ready = "gateway".equals(side) ? "listening " : "ready";
    return log(side).lines().filter(line -> line.startsWith(ready)).count();
  }

  /** Waits until {@link #starts} is this. */
  public void awaitStarts(String side, long wanted) throws InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (starts(side) < wanted) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("the " + side + " was not started again:\n" + log(side));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Stops it as Ctrl-C does. */
  @Override
  public void close() {
    starter.destroy();
    try {
      if (!starter.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("the demo does not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Runs a tool to its end; its output, when it says yes. */
  public static String run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int exit = process.waitFor();
      if (exit != 0) {
        throw new IllegalStateException(command + ": exit " + exit + "\n" + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String read(Path file) {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return String.join("\n", lines.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every file of the product in which this stands: logs, audit, store, spool, printouts. */
  public List<Path> filesWith(String words) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path file : files()) {
      try {
        if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(words)) {
          found.add(file);
        }
      } catch (NoSuchFileException _) {
        // A request that has been taken.
      }
    }
    return found;
  }

  /** Every regular file of the product, but for the programs of the gateway. */
  public List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
          .filter(f -> !f.startsWith(chroot().resolve("app")))
          .filter(f -> !f.startsWith(chroot().resolve("proc")))
          .toList();
    }
  }
}
