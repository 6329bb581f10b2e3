package org.hitc.listener.authenticator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hitc.channel.os.PosixFiles;
import org.hitc.listener.grant.FakeLauncher;
import org.hitc.session.store.testing.FreshStore;

/**
 * An authenticator as a process: for root with users of its own, who need not exist; for others in
 * the try-out form. Beside it a launcher that starts nothing.
 */
final class RunningAuthenticator implements AutoCloseable {
  static final boolean ROOT = PosixFiles.geteuid() == 0;
  static final int AUTH_SIDE = ROOT ? 61_021 : PosixFiles.getuid();
  static final int SYS_SIDE = ROOT ? 61_022 : PosixFiles.getuid();
  private static final int STRANGER = 61_023;

  private final Path folder;
  private final String classPath;
  private final FakeLauncher launcher;
  private final Process process;

  /**
   * @param folder one that everybody may enter
   * @param users text of its password file
   */
  RunningAuthenticator(Path folder, String users) throws IOException {
    this.folder = folder;
    this.classPath = copyOfClassPath(folder.resolve("lib"));
    Files.createDirectory(launcherFolder());
    this.launcher = new FakeLauncher(launcherFolder(), SYS_SIDE, AUTH_SIDE);
    Files.createDirectory(authFolder());
    writeUsers(users);
    Files.createDirectory(folder.resolve("run"));
    Files.writeString(
        config(),
        """
        folder: %s
        auth_side: %d
        sys_side: %d
        users: %s
        launcher: %s
        try_out: %b
        """
            .formatted(sockets(), AUTH_SIDE, SYS_SIDE, users(), launcherFolder(), !ROOT));
    this.process = start();
  }

  /** Jars and classes where any user may read them. */
  private static String copyOfClassPath(Path to) throws IOException {
    List<String> copies = new ArrayList<>();
    for (String element : System.getProperty("java.class.path").split(":", -1)) {
      Path from = Path.of(element);
      Path copy = to.resolve(copies.size() + "-" + from.getFileName());
      if (Files.exists(from)) {
        copy(from, copy);
        copies.add(copy.toString());
      }
    }
    return String.join(":", copies);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Path copy = to.resolve(from.relativize(each).toString());
        Files.createDirectories(each.equals(from) ? to.getParent() : copy.getParent());
        if (!Files.isDirectory(each)) {
          Files.copy(each, each.equals(from) ? to : copy);
        }
      }
    }
  }

  /** Its password file has this text. */
  private void writeUsers(String text) throws IOException {
    Files.writeString(users(), text);
    Files.setPosixFilePermissions(users(), PosixFilePermissions.fromString("rw-------"));
    give(users());
    give(authFolder());
  }

  private static void give(Path path) throws IOException {
    Files.setAttribute(path, "unix:uid", AUTH_SIDE, LinkOption.NOFOLLOW_LINKS);
    if (ROOT) {
      Files.setAttribute(path, "unix:gid", AUTH_SIDE, LinkOption.NOFOLLOW_LINKS);
    }
  }

  Path users() {
    return authFolder().resolve("users");
  }

  private Path authFolder() {
    return folder.resolve("auth");
  }

  Path sockets() {
    return folder.resolve("run").resolve("auth");
  }

  Path launcherFolder() {
    return folder.resolve("launcher");
  }

  Path config() {
    return folder.resolve("authenticator.yaml");
  }

  FakeLauncher launcher() {
    return launcher;
  }

  private Process start() throws IOException {
    List<String> command = new ArrayList<>(java("org.hitc.listener.authenticator.Main"));
    command.addAll(List.of("--config", config().toString()));
    if (!ROOT) {
      command.add("--try-out");
    }
    return new ProcessBuilder(command)
        .redirectError(folder.resolve("authenticator.log").toFile())
        .start();
  }

  /** Waits until it answers, or has said why it does not. */
  boolean awaitReady() throws IOException {
    BufferedReader said = process.inputReader(UTF_8);
    String line = said.readLine();
    return "ready".equals(line);
  }

  String log() throws IOException {
    return Files.readString(folder.resolve("authenticator.log"));
  }

  /** What a listener in wrong hands gets from a try, see {@link WrongHands}. */
  String inWrongHands(String... what) throws IOException {
    return as(SYS_SIDE, what);
  }

  /** The same by somebody else of this machine. */
  String byStranger(String... what) throws IOException {
    return as(STRANGER, what);
  }

  private String as(int user, String... what) throws IOException {
    List<String> command = new ArrayList<>();
    if (ROOT) {
      command.addAll(
          List.of(
              "/usr/bin/setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "--"));
    }
    command.addAll(java("org.hitc.listener.authenticator.WrongHands"));
    command.addAll(List.of(sockets().toString(), launcherFolder().toString()));
    command.addAll(List.of(what));
    Process attacker = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(attacker.getInputStream().readAllBytes(), UTF_8).strip();
  }

  private List<String> java(String main) {
    return List.of(
        System.getProperty("java.home") + "/bin/java",
        "-XX:TieredStopAtLevel=1",
        "-Dsun.jnu.encoding=UTF-8",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        classPath,
        main);
  }

  /** Beside it, an installation with an empty store, of the listener's user. */
  void install() throws IOException {
    Path state = Files.createDirectory(folder.resolve("state"));
    FreshStore.open(state.resolve("store.db")).close();
    try (Stream<Path> all = Files.walk(state)) {
      for (Path each : all.toList()) {
        Files.setAttribute(each, "unix:uid", SYS_SIDE, LinkOption.NOFOLLOW_LINKS);
      }
    }
    Files.writeString(
        folder.resolve("listener.yaml"),
        """
        instance: test
        root: /srv/nowhere
        web_side: %d
        sys_side: %d
        group: %d
        state: %s
        programs: /etc/nowhere
        workflows: /etc/nowhere
        authenticator: %s
        launcher: %s
        try_out: %b
        """
            .formatted(STRANGER, SYS_SIDE, STRANGER, state, sockets(), launcherFolder(), !ROOT));
  }

  /** What an operator's command says. */
  String hitc(String input, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(java("org.hitc.listener.command.Main"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--config", folder.resolve("listener.yaml").toString()));
    if (!ROOT) {
      command.add("--try-out");
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var out = process.getOutputStream()) {
      out.write(input.getBytes(UTF_8));
    }
    return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
  }

  private void stop() {
    process.destroy();
    process.onExit().join();
  }

  @Override
  public void close() throws IOException {
    try (var _ = launcher) {
      stop();
    }
  }
}
