package org.hitc.listener.launcher;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.hitc.channel.os.PosixFiles;
import org.hitc.listener.launcher.os.Connection;
import org.hitc.listener.launcher.protocol.Answer;
import org.hitc.listener.launcher.protocol.Ask;
import org.hitc.listener.launcher.protocol.Wire;

/**
 * A real launcher with a policy of its own and accounts that only it sees: copies of the account
 * files are mounted over them in its mount namespace, which ends with it.
 */
public final class LauncherProcess implements AutoCloseable {
  static final int SYS = 3_991;
  static final int AUTH = 3_992;
  static final int ANNA = 4_001;
  static final int BERT = 4_002;
  static final int PAYROLL = 4_005;
  private static final Linker.Option VARIADIC = Linker.Option.firstVariadicArg(1);
  private static final MethodHandle SYSCALL =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("syscall"),
              FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
              VARIADIC);
  private static final boolean AMD64 = System.getProperty("os.arch").equals("amd64");
  private static final long SETRESUID = AMD64 ? 117 : 147;
  private static final long SETRESGID = AMD64 ? 119 : 149;

  private final Path folder;
  private Optional<Process> process = Optional.empty();

  public LauncherProcess(Path folder) throws IOException {
    this.folder = folder;
    List<Path> folders = new ArrayList<>(List.of(folder.resolve("..").normalize(), folder));
    for (String name : List.of("etc", "log", "programs")) {
      folders.add(Files.createDirectory(folder.resolve(name)));
    }
    // Whatever this process's umask is: accounts of no rights come through here.
    for (Path open : folders) {
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    account(
        "passwd",
        "anna:x:4001:4001::/tmp:/bin/sh",
        "bert:x:4002:4002::/tmp:/bin/sh",
        "locked:x:4003:4003::/tmp:/bin/sh",
        "powerful:x:4004:4004::/tmp:/bin/sh",
        "payroll:x:4005:4005::%s:/usr/sbin/nologin".formatted(folder.resolve("home")),
        "toor:x:0:0::/root:/bin/sh");
    account(
        "group",
        "anna:x:4001:",
        "bert:x:4002:",
        "locked:x:4003:",
        "powerful:x:4004:",
        "payroll:x:4005:",
        "lists:x:4100:anna",
        "docker:x:4200:powerful");
    account(
        "shadow",
        "anna:*:19000:0:99999:7:::",
        "bert:*:19000:0:99999:7:::",
        "locked:!:19000:0:99999:7:::",
        "powerful:*:19000:0:99999:7:::",
        "payroll:!:19000:0:99999:7:::",
        "toor:*:1:0:9:7:::");
  }

  private void account(String file, String... lines) throws IOException {
    List<String> all = new ArrayList<>(Files.readAllLines(Path.of("/etc", file)));
    all.removeIf(line -> line.startsWith("docker:"));
    all.addAll(List.of(lines));
    Path copy = Files.write(folder.resolve("etc").resolve(file), all);
    String mode = file.equals("shadow") ? "rw-------" : "rw-r--r--";
    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString(mode));
  }

  Path folder() {
    return folder;
  }

  public Path program(String name, String script) throws IOException {
    Path file = folder.resolve("programs").resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  public void policy(String entries) throws IOException {
    Path next = folder.resolve("next");
    Files.writeString(
        next,
        "folder: %1$s/run\nsys_side: %2$d\nauth_side: %3$d\nweb_side: 3993\nlog: %1$s/log/own\n%4$s"
            .formatted(folder, SYS, AUTH, entries));
    Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(next, policy(), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  Path policy() {
    return folder.resolve("policy.yaml");
  }

  /** Starts it and waits until it says Ready. */
  public void start() throws Exception {
    Process started = run();
    process = Optional.of(started);
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!output().contains("ready")) {
      if (!started.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException("no launcher: " + output());
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Starts it as {@link Main} says. */
  Process run() throws IOException {
    String mounts =
        List.of("passwd", "group", "shadow").stream()
            .map(f -> "mount --bind " + folder + "/etc/" + f + " /etc/" + f + "; ")
            .collect(Collectors.joining());
    String jars =
        Arrays.stream(System.getProperty("java.class.path").split(":", -1))
            .filter(p ->
                p.matches(".*/listener-sys/target/classes|.*/listener-sys-[^/]*\\.jar")
                    || p.matches(".*/(jnr-|jffi|asm|snakeyaml-engine)[^/]*\\.jar"))
            .collect(Collectors.joining(":"));
    List<String> line = new ArrayList<>(Alone.command(mounts));
    line.addAll(
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-Xmx32m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            jars,
            Main.class.getName(),
            "--policy",
            policy().toString()));
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start();
  }

  String output() throws IOException {
    Path output = folder.resolve("output");
    return Files.exists(output) ? Files.readString(output) : "";
  }

  String log() throws IOException {
    return Files.readString(folder.resolve("log/own"));
  }

  /** The launcher itself, seen from outside its namespace. */
  ProcessHandle java() {
    return process.orElseThrow().children().findFirst().orElseThrow();
  }

  Connection connect(String socket, int uid) throws Exception {
    // The raw calls change one thread only; the C library would change all (nptl(7)).
    var made = new java.util.concurrent.CompletableFuture<Connection>();
    Thread thread =
        Thread.ofPlatform()
            .start(() -> {
              try {
                call(SETRESGID, uid);
                call(SETRESUID, uid);
                try {
                  made.complete(Connection.connect(folder.resolve("run").resolve(socket)));
                } finally {
                  call(SETRESUID, 0);
                  call(SETRESGID, 0);
                }
              } catch (Throwable e) {
                made.completeExceptionally(e);
              }
            });
    thread.join();
    return made.get();
  }

  private static void call(long number, int effective) throws Throwable {
    long result = (long) SYSCALL.invokeExact(number, -1L, (long) effective, -1L);
    if (result != 0) {
      throw new IllegalStateException("syscall " + number);
    }
  }

  static Answer read(Connection connection) throws Exception {
    return maybe(connection).orElseThrow(() -> new IllegalStateException("no answer"));
  }

  static Optional<Answer> maybe(Connection connection) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    Optional<byte[]> header = connection.receive(Wire.HEADER, 0, deadline);
    if (header.isEmpty()) {
      return Optional.empty();
    }
    byte[] message = connection.receive(Wire.length(header.get()), 0, deadline).orElseThrow();
    return Optional.of(Wire.answer(message));
  }

  Answer ask(String socket, int uid, Ask ask) throws Exception {
    try (Connection connection = connect(socket, uid)) {
      connection.send(Wire.encode(ask));
      return read(connection);
    }
  }

  public String grant(String user) throws Exception {
    return ((Answer.Granted) ask("grant.sock", AUTH, new Ask.Grant(user))).grant();
  }

  /** A run whose first answer is waited for. */
  public Started start(String grant, String account, String entry, String... args) throws Exception {
    Connection connection = connect("run.sock", SYS);
    PosixFiles.Pipe in = PosixFiles.pipe(PosixFiles.O_CLOEXEC);
    PosixFiles.Pipe out = PosixFiles.pipe(PosixFiles.O_CLOEXEC);
    Ask ask = new Ask.Run(grant, account, entry, List.of(args), "job-1", "de", "Europe/Berlin");
    connection.send(Wire.encode(ask), in.readEnd(), out.writeEnd(), out.writeEnd());
    PosixFiles.close(in.readEnd());
    PosixFiles.close(in.writeEnd());
    PosixFiles.close(out.writeEnd());
    return new Started(connection, read(connection), out.readEnd());
  }

  public record Started(Connection connection, Answer answer, int out) implements AutoCloseable {
    /** All it printed, to the end. */
    public String output() throws IOException {
      return readAll(out);
    }

    public Answer end() throws Exception {
      return read(connection);
    }

    @Override
    public void close() {
      connection.close();
      try {
        PosixFiles.close(out);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  /** Reads a descriptor to its end. */
  public static String readAll(int fd) throws IOException {
    StringBuilder all = new StringBuilder();
    byte[] piece = new byte[4_096];
    for (int n = PosixFiles.read(fd, piece, 0, piece.length);
        n > 0;
        n = PosixFiles.read(fd, piece, 0, piece.length)) {
      all.append(new String(piece, 0, n, UTF_8));
    }
    return all.toString();
  }

  /** Processes of a user anywhere on this machine that have not ended. */
  static List<Integer> processes(int uid) throws IOException {
    List<Integer> found = new ArrayList<>();
    for (int pid : ProcStatus.processes()) {
      if (ProcStatus.of(pid).filter(s -> !s.ended() && s.uids().contains(uid)).isPresent()) {
        found.add(pid);
      }
    }
    return found;
  }

  static Map<String, String> lines(String text, String separator) {
    return text.lines()
        .filter(line -> line.contains(separator))
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.indexOf(separator)),
                line -> line.substring(line.indexOf(separator) + 1).strip(),
                (first, _) -> first));
  }

  @Override
  public void close() {
    process.ifPresent(running -> running.destroyForcibly().onExit().join());
  }
}
