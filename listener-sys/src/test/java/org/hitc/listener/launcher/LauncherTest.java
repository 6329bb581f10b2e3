package org.hitc.listener.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.hitc.channel.os.PosixFiles;
import org.hitc.listener.launcher.LauncherProcess.Started;
import org.hitc.listener.launcher.os.Connection;
import org.hitc.listener.launcher.protocol.Answer;
import org.hitc.listener.launcher.protocol.Ask;
import org.hitc.listener.launcher.protocol.RunRefusal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Against a real launcher, so only as root. */
@DisplayName("The launcher")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LauncherTest {
  private LauncherProcess launcher;
  private String entries;

  @BeforeAll
  void start(@TempDir Path temp) throws Exception {
    Assumptions.assumeTrue(PosixFiles.getuid() == 0, "only root can be a launcher");
    launcher = new LauncherProcess(Files.createDirectory(temp.resolve("launcher")));
    entries = "entries:\n";
    entry(
        "probe",
        "cat /proc/self/status; echo groups=$(id -G); env; pwd; umask; ls /proc/self/fd | tr '\\n' ' '\n"
            + "tty; echo via > /dev/stdout; (: < /dev/tty) 2>&1; exit 7",
        "");
    entry(
        "args",
        "for a in \"$@\"; do echo \"<$a>\"; done",
        "    args: [ { literal: --set }, { text: 9 } ]\n");
    entry("sleeper", "sleep 600", "");
    entry(
        "escaper",
        "setsid sh -c 'setsid sleep 601 & setsid sleep 602 & sleep 603' & sleep 604",
        "");
    // It is another process each time one looks, and in between there is none.
    entry("hopper", "setsid perl -e 'while (1) { exit if fork }' & sleep 0.2", "");
    // The same, which kills all that it may: what started it, and what is to kill it.
    entry("fighter", "setsid perl -e 'while (1) { exit if fork; kill 9, -1 }' & sleep 60", "");
    entry(
        "hoarder",
        "setsid env -i A=\"$(head -c 100000 /dev/zero | tr '\\0' x)\" sleep 607 & sleep 0.2",
        "");
    entry("litter", "setsid sleep 605 > /dev/null 2>&1 & exit 0", "");
    entry("deaf", "trap '' TERM HUP INT; sleep 606", "    limits: { time: 500ms }\n");
    entry("crash", "kill -SEGV $$", "");
    entry("bomb", "b() { b | b & }; b; sleep 20", "    limits: { processes: 24, time: 2s }\n");
    entry(
        "hungry",
        "tail /dev/zero; echo tail=$?; ulimit -n; (head -c 9000000 /dev/zero > /tmp/hitc-big-$$); echo head=$?;"
            + " rm -f /tmp/hitc-big-$$",
        "    limits: { memory: 64MiB, files: 32, file_size: 1MiB }\n");
    entry(
        "root",
        "setpriv --reuid=0 true; echo setuid=$?; su -c true < /dev/null; echo su=$?;"
            + " cat /etc/shadow; echo shadow=$?; unshare -r true; echo unshare=$?",
        "");
    launcher.policy(entries);
    launcher.start();
  }

  private void entry(String name, String script, String more) throws Exception {
    entries +=
        "  %s:\n    program: %s\n    as: [user]\n    users: { all: true }\n%s"
            .formatted(name, launcher.program(name, script), more);
  }

  @AfterAll
  void stop() throws Exception {
    if (launcher != null) {
      launcher.close();
    }
  }

  @Test
  @DisplayName("128, 132 to 136: gives a program what it should have, and nothing else")
  void probe() throws Exception {
    try (Started run = launcher.start(launcher.grant("anna"), "", "probe")) {
      String output = run.output();
      assertThat(run.end()).isEqualTo(new Answer.Exited(7));
      var status = LauncherProcess.lines(output, ":");
      var values = LauncherProcess.lines(output, "=");
      assertThat(status.get("Uid")).isEqualTo("4001\t4001\t4001\t4001");
      assertThat(status.get("Gid")).isEqualTo("4001\t4001\t4001\t4001");
      assertThat(values.getOrDefault("groups", "").split(" "))
          .containsExactlyInAnyOrder("4001", "4100");
      assertThat(status)
          .containsEntry("NoNewPrivs", "1")
          .containsEntry("CapBnd", "0000000000000000")
          .containsEntry("SigBlk", "0000000000000000")
          // Signals 32 and 33 are the C library's own, and posix_spawn leaves them ignored.
          .containsEntry("SigIgn", "0000000180000000");
      values.remove("groups");
      assertThat(values.keySet())
          .containsExactlyInAnyOrder(
              "PATH",
              "LANG",
              "TZ",
              "HOME",
              "USER",
              "LOGNAME",
              "PWD",
              "HITC_USER",
              "HITC_LANGUAGE",
              "HITC_JOB",
              "HITC_RUN");
      // ls itself has 3 open, the folder that it reads.
      assertThat(output).contains("\n/\n0077\n0 1 2 3 ").contains("not a tty").contains("via");
      assertThat(output).containsPattern("/dev/tty: No such device or address");
    }
  }

  @Test
  @DisplayName("130, 131, 148: runs what the policy has with its arguments, and writes it down")
  void arguments() throws Exception {
    String grant = launcher.grant("anna");
    try (Started run = launcher.start(grant, "", "args", "--set", "a b")) {
      assertThat(run.output()).isEqualTo("<--set>\n<a b>\n");
    }
    assertThat(refusal(grant, "", "args", "--set")).isEqualTo(RunRefusal.ARGS);
    assertThat(refusal(grant, "", "args", "--set", "-x")).isEqualTo(RunRefusal.ARGS);
    assertThat(refusal(grant, "", "nothing")).isEqualTo(RunRefusal.POLICY);
    assertThat(refusal(grant, "bert", "probe")).isEqualTo(RunRefusal.POLICY);
    assertThat(launcher.log()).contains("\"arguments\":\"[--set, a b]\"").contains("E-RUN-ARGS");
    assertThat(Files.getPosixFilePermissions(launcher.folder().resolve("log/own")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  @DisplayName("122, 125, 127: runs as no account that it should not")
  void accounts() throws Exception {
    for (String name :
        List.of("0", "00", "+0", " 0", "-1", "4294967295", "65534", "-2", "root", "toor")) {
      assertThat(launcher.ask("grant.sock", LauncherProcess.AUTH, new Ask.Grant(name)))
          .matches(a -> a instanceof Answer.Refused refused && refused.why() == RunRefusal.USER);
    }
    assertThat(refusal(launcher.grant("daemon"), "", "probe")).isEqualTo(RunRefusal.USER);
    assertThat(refusal(launcher.grant("nobody_here"), "", "probe")).isEqualTo(RunRefusal.USER);
    assertThat(refusal(launcher.grant("locked"), "", "probe")).isEqualTo(RunRefusal.USER);
    assertThat(refusal(launcher.grant("powerful"), "", "probe")).isEqualTo(RunRefusal.GROUP);
    assertThat(refusal(launcher.grant("anna"), "0", "probe")).isEqualTo(RunRefusal.USER);
    assertThat(refusal("anna.1.2.3.x", "", "probe")).isEqualTo(RunRefusal.GRANT);
  }

  @Test
  @DisplayName("takes a grant back")
  void revoke() throws Exception {
    String grant = launcher.grant("bert");
    assertThat(launcher.ask("run.sock", LauncherProcess.SYS, new Ask.Revoke(grant)))
        .isEqualTo(new Answer.Done());
    assertThat(refusal(grant, "", "probe")).isEqualTo(RunRefusal.GRANT);
  }

  @Test
  @DisplayName("129: runs no program that was changed by others meanwhile")
  void program() throws Exception {
    Path program = launcher.folder().resolve("programs/args");
    String grant = launcher.grant("anna");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxrwxrwx"));
    try {
      assertThat(refusal(grant, "", "args", "--set", "a")).isEqualTo(RunRefusal.PROGRAM);
    } finally {
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  @DisplayName("138, 150: kills everything, however it escaped, when its caller goes")
  void escape() throws Exception {
    try (Started run = launcher.start(launcher.grant("bert"), "", "escaper")) {
      assertThat(run.answer()).isInstanceOf(Answer.Started.class);
      eventually(() -> LauncherProcess.processes(LauncherProcess.BERT).size() >= 5);
    }
    eventually(() -> LauncherProcess.processes(LauncherProcess.BERT).isEmpty());
    eventually(() -> launcher.log().contains("\"how\":\"cancelled\""));
  }

  @Test
  @DisplayName(
      "138: kills what a program left behind, and not what another run of the account does")
  void leftovers() throws Exception {
    String grant = launcher.grant("bert");
    try (Started other = launcher.start(grant, "", "sleeper")) {
      try (Started run = launcher.start(grant, "", "litter")) {
        assertThat(run.end()).isEqualTo(new Answer.Exited(0));
      }
      eventually(() -> commands(LauncherProcess.BERT).stream().noneMatch(c -> c.contains("605")));
      assertThat(commands(LauncherProcess.BERT)).anyMatch(c -> c.contains("600"));
      assertThat(other.answer()).isInstanceOf(Answer.Started.class);
    }
    eventually(() -> LauncherProcess.processes(LauncherProcess.BERT).isEmpty());
  }

  @Test
  @DisplayName("138: kills what is never there when it is looked for")
  void hopper() throws Exception {
    fugitive("hopper", new Answer.Exited(0));
  }

  @Test
  @DisplayName("138: kills what kills the one that is to kill it")
  void fighter() throws Exception {
    fugitive("fighter", new Answer.Signalled(9));
  }

  private void fugitive(String entry, Answer end) throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/perl")), "needs perl, to fork often enough");
    try (Started run = launcher.start(launcher.grant("bert"), "", entry)) {
      assertThat(run.end()).isEqualTo(end);
    }
    // The answer comes before the kill; a look at /proc may miss such a program while it lives.
    eventually(() -> times("\"event\":\"end\"") == times("\"event\":\"start\""));
    for (int i = 0; i < 100; i++) {
      assertThat(LauncherProcess.processes(LauncherProcess.BERT)).isEmpty();
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertThat(launcher.log()).doesNotContain("\"event\":\"killer\"", "\"event\":\"left\"");
  }

  @Test
  @DisplayName("138: is not impressed by a large environment of what it looks at")
  void hoarder() throws Exception {
    String grant = launcher.grant("bert");
    try (Started other = launcher.start(grant, "", "sleeper")) {
      try (Started run = launcher.start(grant, "", "hoarder")) {
        assertThat(run.end()).isEqualTo(new Answer.Exited(0));
      }
      assertThat(other.answer()).isInstanceOf(Answer.Started.class);
    }
    eventually(() -> LauncherProcess.processes(LauncherProcess.BERT).isEmpty());
    assertThat(refusal(grant, "", "nothing")).as("it lives").isEqualTo(RunRefusal.POLICY);
  }

  @Test
  @DisplayName("136: kills at the end of its time what ignores other signals")
  void time() throws Exception {
    try (Started run = launcher.start(launcher.grant("anna"), "", "deaf")) {
      assertThat(run.end()).isEqualTo(new Answer.Signalled(9));
    }
    assertThat(launcher.log()).contains("\"how\":\"time\"");
  }

  @Test
  @DisplayName("141: tells a signal from an exit, and lets no core be written")
  void crash() throws Exception {
    try (Started run = launcher.start(launcher.grant("anna"), "", "crash")) {
      assertThat(run.end()).isEqualTo(new Answer.Signalled(11));
    }
  }

  @Test
  @DisplayName("140: holds a fork bomb in its limits, and another user's run is as fast as ever")
  void bomb() throws Exception {
    String anna = launcher.grant("anna");
    try (Started bomb = launcher.start(launcher.grant("bert"), "", "bomb")) {
      assertThat(bomb.answer()).isInstanceOf(Answer.Started.class);
      long before = System.nanoTime();
      try (Started run = launcher.start(anna, "", "args", "--set", "x")) {
        assertThat(run.end()).isEqualTo(new Answer.Exited(0));
      }
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
      assertThat(bomb.end()).isIn(new Answer.Signalled(9), new Answer.Exited(0));
    }
    eventually(() -> LauncherProcess.processes(LauncherProcess.BERT).isEmpty());
  }

  @Test
  @DisplayName("140: limits memory, files and their size")
  void limits() throws Exception {
    try (Started run = launcher.start(launcher.grant("anna"), "", "hungry")) {
      var values = LauncherProcess.lines(run.output(), "=");
      assertThat(values.get("tail")).isNotEqualTo("0");
      assertThat(values.get("head")).isNotEqualTo("0");
    }
  }

  @Test
  @DisplayName("143, 144: leaves no way back to root")
  void root() throws Exception {
    try (Started run = launcher.start(launcher.grant("anna"), "", "root")) {
      var values = LauncherProcess.lines(run.output(), "=");
      assertThat(values.get("setuid")).isNotEqualTo("0");
      assertThat(values.get("su")).isNotEqualTo("0");
      assertThat(values.get("shadow")).isNotEqualTo("0");
      // In a user namespace it would be root of that.
      assertThat(values.get("unshare")).isNotEqualTo("0");
    }
  }

  @Test
  @DisplayName("146: answers only the user that each socket is for")
  void strangers() throws Exception {
    for (String socket : List.of("run.sock", "grant.sock")) {
      try (Connection root = launcher.connect(socket, 0)) {
        assertThat(LauncherProcess.maybe(root)).isEmpty();
      }
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> launcher.connect(socket, 3_993))
          .hasMessageContaining("errno 13");
    }
    assertThat(launcher.log()).contains("\"event\":\"stranger\"");
    assertThat(launcher.ask("run.sock", LauncherProcess.SYS, new Ask.Grant("anna")))
        .matches(a -> a instanceof Answer.Refused refused && refused.why() == RunRefusal.SYNTAX);
  }

  @Test
  @DisplayName("147: does not wait for half a question, nor read a huge one, nor take another kind")
  void junk() throws Exception {
    try (Connection slow = launcher.connect("run.sock", LauncherProcess.SYS);
        Connection huge = launcher.connect("run.sock", LauncherProcess.SYS)) {
      slow.send(new byte[] {0, 0});
      huge.send(new byte[] {0x7f, 0, 0, 0});
      assertThat(LauncherProcess.maybe(huge))
          .hasValueSatisfying(answer ->
              assertThat(answer)
                  .isInstanceOfSatisfying(
                      Answer.Refused.class,
                      refused -> assertThat(refused.why()).isEqualTo(RunRefusal.SYNTAX)));
      long before = System.nanoTime();
      assertThat(LauncherProcess.maybe(slow)).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
    }
    Ask run = new Ask.Run(launcher.grant("anna"), "", "probe", List.of(), "j", "de", "UTC");
    assertThat(launcher.ask("run.sock", LauncherProcess.SYS, run))
        .matches(a -> a instanceof Answer.Refused refused && refused.why() == RunRefusal.SYNTAX);
  }

  @Test
  @DisplayName("149: keeps the old policy when the new one is wrong, and takes the next right one")
  void reload() throws Exception {
    String grant = launcher.grant("anna");
    launcher.policy(entries + "unknown: 1\n");
    assertThat(refusal(grant, "", "args")).isEqualTo(RunRefusal.ARGS);
    assertThat(launcher.log()).contains("\"event\":\"policy-kept\"");
    launcher.policy(entries.replace("  args:\n", "  renamed:\n"));
    assertThat(refusal(grant, "", "args")).isEqualTo(RunRefusal.POLICY);
    launcher.policy(entries);
    assertThat(refusal(grant, "", "args")).isEqualTo(RunRefusal.ARGS);
  }

  private RunRefusal refusal(String grant, String account, String entry, String... args)
      throws Exception {
    try (Started run = launcher.start(grant, account, entry, args)) {
      return ((Answer.Refused) run.answer()).why();
    }
  }

  private static List<String> commands(int uid) throws Exception {
    return LauncherProcess.processes(uid).stream()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .map(p -> p.info().commandLine().orElse(""))
        .toList();
  }

  private int times(String event) throws Exception {
    return launcher.log().split(event, -1).length - 1;
  }

  static void eventually(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
