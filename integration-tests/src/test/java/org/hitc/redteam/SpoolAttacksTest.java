package org.hitc.redteam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hitc.channel.os.PosixFiles.AT_FDCWD;
import static org.hitc.channel.os.PosixFiles.O_CREAT;
import static org.hitc.channel.os.PosixFiles.O_DIRECTORY;
import static org.hitc.channel.os.PosixFiles.O_EXCL;
import static org.hitc.channel.os.PosixFiles.O_NONBLOCK;
import static org.hitc.channel.os.PosixFiles.O_RDONLY;
import static org.hitc.channel.os.PosixFiles.O_RDWR;
import static org.hitc.channel.os.PosixFiles.O_WRONLY;
import static org.hitc.redteam.Jail.CTL;
import static org.hitc.redteam.Jail.DAEMON;
import static org.hitc.redteam.Jail.IN_MODE;
import static org.hitc.redteam.Jail.JOBS;
import static org.hitc.redteam.Jail.in;
import static org.hitc.redteam.Jail.out;
import static org.hitc.redteam.Siege.ascii;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hitc.channel.Refusal;
import org.hitc.channel.Request;
import org.hitc.channel.RequestId;
import org.hitc.channel.codec.RequestCodec;
import org.hitc.channel.os.PosixFiles;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A gateway that was taken over, against a listener that lives on: what it puts into the spool and
 * the pipes. During each attack somebody else goes on working.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpoolAttacksTest {
  private static final int S_IFCHR = 0x2000;
  private static final int S_IFSOCK = 0xc000;
  private static final int SIGTERM = 15;
  private static final int SIGKILL = 9;
  private static final int SIGSTOP = 19;

  private Siege siege;
  private Jail jail;
  private Probe probe;

  @BeforeAll
  void layTheSiege() {
    siege = Siege.lay();
    jail = siege.jail();
  }

  @AfterAll
  void liftTheSiege() {
    if (siege != null) {
      siege.close();
    }
  }

  @BeforeEach
  void somebodyWorks() {
    probe = Probe.start(siege.product());
  }

  @AfterEach
  void nobodyElseNoticed() {
    probe.close();
    siege.answersHonestly();
  }

  @Test
  void attack_13_the_daemon_pipe_cannot_be_read() {
    assertThat(jail.call("open", DAEMON, O_RDONLY | O_NONBLOCK).name()).isEqualTo("EACCES");
    assertThat(jail.call("open", DAEMON, O_RDWR | O_NONBLOCK).name()).isEqualTo("EACCES");
    int writing = jail.must("open", DAEMON, O_WRONLY | O_NONBLOCK);
    assertThat(jail.call("read", writing, new Jail.Room(64), 64).name()).isEqualTo("EBADF");
    // The way around, over the descriptor that it may have, is not there without /proc.
    assertThat(jail.call("open", "/proc/self/fd/" + writing, O_RDONLY | O_NONBLOCK).name())
        .isEqualTo("ENOENT");
    jail.must("close", writing);
  }

  @Test
  void attack_16_nothing_in_the_folder_of_the_daemon_pipe_can_be_changed() {
    assertThat(jail.call("unlink", DAEMON).name()).isEqualTo("EACCES");
    assertThat(jail.call("rename", DAEMON, CTL + "/other").name()).isEqualTo("EACCES");
    assertThat(jail.call("rename", DAEMON, JOBS + "/other").name()).isIn("EACCES", "EXDEV");
    assertThat(jail.call("chmod", DAEMON, 0666).name()).isEqualTo("EPERM");
    assertThat(jail.call("chmod", CTL, 0777).name()).isEqualTo("EPERM");
    assertThat(jail.call("mkfifo", CTL + "/mine", 0666).name()).isEqualTo("EACCES");
    assertThat(jail.call("open", CTL + "/mine", O_WRONLY | O_CREAT, 0666).name())
        .isEqualTo("EACCES");
    assertThat(jail.call("rename", CTL, "/hole/gone").name()).isEqualTo("EACCES");
  }

  @Test
  void attack_16_neither_can_the_spool_be_listed_nor_another_s_request_be_touched()
      throws IOException {
    assertThat(jail.call("open", JOBS, O_RDONLY | O_DIRECTORY).name()).isEqualTo("EACCES");
    assertThat(jail.call("open", "/hole/spool/work", O_RDONLY | O_DIRECTORY).name())
        .isEqualTo("EACCES");
    Path foreign = siege.product().jobs().resolve("foreign");
    Files.writeString(foreign, "of root");
    try {
      assertThat(jail.call("unlink", JOBS + "/foreign").name()).isEqualTo("EPERM");
      assertThat(jail.call("rename", JOBS + "/foreign", JOBS + "/mine").name()).isEqualTo("EPERM");
      assertThat(foreign).hasContent("of root");
    } finally {
      Files.delete(foreign);
    }
  }

  @Test
  void attack_20_a_file_of_the_other_side_cannot_become_a_request() throws IOException {
    RequestId id = Jail.anyId();
    // A neighbour that needs no protected_hardlinks: root leaves the file there itself.
    Path in = siege.product().jobs().resolve(id + ".in");
    Files.write(in, siege.start());
    Files.setPosixFilePermissions(in, PosixFilePermissions.fromString("rw-r-----"));
    int out = jail.makeOut(id);
    jail.hint(id);
    siege.awaitAudit(id, Refusal.IN_OWNER);
    assertThat(jail.receive(out).outcome()).contains(Refusal.IN_OWNER.code());
    assertThat(jail.call("link", DAEMON, JOBS + "/" + Jail.anyId() + ".in").name())
        .isIn("EPERM", "EXDEV");
  }

  @Test
  void attack_21_a_name_that_is_no_id_is_dropped_before_any_system_call() throws Exception {
    List<String> names =
        List.of(
            "../x",
            "/etc/passwd",
            ".",
            "",
            "a".repeat(300),
            "0123456789abcdef0123456789abcde\0",
            "0123456789abcdef\n0123456789abcde",
            "%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%",
            "0123456789ABCDEF0123456789ABCDEF",
            "0123456789abcdef0123456789abcde",
            "0123456789abcdef0123456789abcdef0",
            "0123456789abcdef0123456789abcdeg",
            "../../../../../../../etc/passwd/",
            "0123456789abcdef0123456789abcd\u00e9");
    String upper = Jail.anyId().hex().toUpperCase(Locale.ROOT);
    int kept = jail.leaveAs(JOBS + "/" + upper + ".in", siege.start(), IN_MODE);
    long garbage = garbage();
    Path trace = Files.createTempFile("hitc-trace", "");
    try {
      Process strace = strace(trace);
      RequestId canary = Jail.anyId();
      for (String name : names) {
        jail.shout(("\nH2 " + name + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
      jail.shout(ascii("\nH2 " + upper + "\n"));
      jail.hint(canary);
      siege.awaitThat(
          "the trace shows the hint after them",
          () -> Files.readString(trace).contains(canary.hex()));
      siege.awaitThat("garbage is counted in the audit", () -> garbage() > garbage);
      strace.destroy();
      strace.waitFor();
      assertThat(Files.readString(trace))
          .doesNotContain("\"../", "passwd", "%2e", "aaaaaaaa", upper, "0123456789abcde");
      assertThat(siege.product().jobs().resolve(upper + ".in")).exists();
    } finally {
      Files.delete(trace);
      jail.must("close", kept);
      jail.must("unlink", JOBS + "/" + upper + ".in");
    }
  }

  private long garbage() {
    return siege.product().audit().lines().filter(l -> l.contains("\"garbage-counted\"")).count();
  }

  /** All calls of the listener that take a file name, in this file. */
  private Process strace(Path trace) throws Exception {
    Path tool = Path.of("/usr/bin/strace");
    Assumptions.assumeTrue(Files.isExecutable(tool), "strace is not installed");
    Process strace =
        new ProcessBuilder(
                tool.toString(),
                "-f",
                "-e",
                "trace=%file",
                "-o",
                trace.toString(),
                "-p",
                Long.toString(siege.product().pid("listener")))
            .redirectErrorStream(true)
            .start();
    // "strace: Process N attached": from here on it sees everything.
    assertThat(strace.inputReader().readLine()).contains("attached");
    return strace;
  }

  @Test
  void attack_22_a_symbolic_link_is_not_followed() throws IOException {
    String secret = siege.product().folder().resolve("state/keys/signing.key").toString();
    byte[] before = Files.readAllBytes(Path.of(secret));
    for (String target : List.of("/etc/shadow", secret, "/hole/ctl/daemon", "nowhere")) {
      siege.refused(Refusal.IN_TYPE, id -> jail.must("symlink", target, in(id)));
    }
    siege.refused(Refusal.IN_TYPE, id -> jail.must("symlink", id + ".in", in(id)));
    siege.refused(
        Refusal.IN_TYPE,
        id -> {
          // A link to a request that would be good.
          RequestId good = Jail.anyId();
          int kept = jail.leaveAs(JOBS + "/" + good + ".tmp", siege.start(), IN_MODE);
          jail.must("close", kept);
          jail.must("symlink", good + ".tmp", in(id));
        });
    assertThat(Files.readAllBytes(Path.of(secret))).isEqualTo(before);
    assertThat(siege.product().log("listener")).doesNotContain("shadow", "root:");
    assertThat(siege.product().audit()).doesNotContain("root:");
  }

  @Test
  void attack_25_a_pipe_in_the_place_of_a_request_stops_nobody() {
    siege.refused(Refusal.IN_TYPE, id -> jail.must("mkfifo", in(id), IN_MODE));
  }

  @Test
  void attack_26_nor_does_a_folder_a_socket_or_a_device() {
    siege.refused(Refusal.IN_TYPE, id -> jail.must("mkdir", in(id), IN_MODE));
    siege.refused(Refusal.IN_TYPE, id -> jail.must("mknod", in(id), S_IFSOCK | IN_MODE, 0));
    RequestId id = Jail.anyId();
    assertThat(jail.call("mknod", in(id), S_IFCHR | IN_MODE, 0x103).name()).isEqualTo("EPERM");
  }

  @Test
  void attack_26_a_folder_that_is_not_empty_is_reported_once_and_left() {
    RequestId id = Jail.anyId();
    jail.must("mkdir", in(id), 0777);
    jail.must("mkdir", in(id) + "/inner", 0777);
    for (int i = 0; i < 20; i++) {
      jail.hint(id);
    }
    siege.awaitAudit(id, Refusal.IN_TYPE);
    RequestId next = Jail.anyId();
    jail.hint(next);
    siege.answersHonestly();
    assertThat(siege.auditOf(id)).hasSize(1);
    jail.must("rmdir", in(id) + "/inner");
    jail.call("rmdir", in(id));
  }

  @Test
  void attack_27_a_request_with_a_second_name_is_refused() {
    siege.refused(
        Refusal.IN_LINKS,
        id -> {
          String other = JOBS + "/" + Jail.anyId() + ".tmp";
          int fd = jail.must("open", other, O_RDWR | O_CREAT | O_EXCL, 0600);
          jail.write(fd, siege.start());
          jail.must("fchmod", fd, IN_MODE);
          jail.must("close", fd);
          jail.must("link", other, in(id));
        });
  }

  @Test
  void attack_28_every_mode_but_0640_is_refused() {
    // Nine, because the audit log takes ten refusals of a kind in a second and counts the others.
    for (int mode : new int[] {0666, 0000, 04640, 02640, 01640, 0600, 0644, 0660, 0740}) {
      siege.refused(Refusal.IN_MODE, id -> jail.must("close", jail.leave(id, siege.start(), mode)));
    }
  }

  @Test
  void attack_29_a_file_beyond_the_limit_is_refused_by_its_size() {
    long tebi = 1L << 40;
    siege.refused(
        Refusal.IN_SIZE,
        id -> {
          int fd = jail.leaveAs(JOBS + "/" + id + ".tmp", ascii("HITC2 home\n"), IN_MODE);
          jail.must("ftruncate", fd, tebi);
          jail.must("close", fd);
          jail.must("rename", JOBS + "/" + id + ".tmp", in(id));
        });
    siege.refused(
        Refusal.IN_SIZE,
        id ->
            jail.must(
                "close",
                jail.leave(id, filled(siege.start(), RequestCodec.MAX_BYTES + 1), IN_MODE)));
  }

  @Test
  void attack_29_a_file_of_just_the_limit_is_read_and_refused_for_what_it_holds() {
    siege.refused(
        Refusal.REQ_SYNTAX,
        id ->
            jail.must(
                "close", jail.leave(id, filled(siege.start(), RequestCodec.MAX_BYTES), IN_MODE)));
    siege.refused(
        Refusal.REQ_SYNTAX, id -> jail.must("close", jail.leave(id, new byte[0], IN_MODE)));
  }

  private static byte[] filled(byte[] beginning, int length) {
    byte[] all = Arrays.copyOf(beginning, length);
    Arrays.fill(all, beginning.length, length, (byte) 'x');
    return all;
  }

  @Test
  void attack_30_a_file_that_changes_while_it_is_read_harms_only_its_own_request() {
    byte[] good = siege.home();
    for (int i = 0; i < 40; i++) {
      RequestId id = Jail.anyId();
      int out = jail.makeOut(id);
      int kept = jail.leave(id, good, IN_MODE);
      jail.hint(id);
      jail.must("ftruncate", kept, i % 2 == 0 ? i : good.length + 4096L * i);
      jail.must("close", kept);
      assertThat(jail.receive(out).outcome())
          .as("whole, or refused by name; never half a request")
          .isPresent()
          .get()
          .isIn(
              "OK", Refusal.REQ_SYNTAX.code(), Refusal.IN_TRUNCATED.code(), Refusal.IN_SIZE.code());
    }
  }

  @Test
  void attack_31_what_is_written_after_the_claim_reaches_nobody() {
    byte[] good = siege.home();
    byte[] evil = siege.start();
    long before = siege.programs();
    RequestId id = Jail.anyId();
    int out = jail.makeOut(id);
    int kept = jail.leave(id, good, IN_MODE);
    jail.hint(id);
    Jail.Answer answer = jail.receive(out);
    jail.must("lseek", kept, 0, 0);
    jail.write(kept, evil);
    jail.must("ftruncate", kept, evil.length);
    jail.must("close", kept);
    assertThat(answer.outcome()).contains("OK");
    siege.answersHonestly();
    assertThat(siege.programs()).isEqualTo(before);
  }

  @Test
  void attack_34_without_a_results_pipe_nothing_runs() {
    long before = siege.programs();
    RequestId id = Jail.anyId();
    jail.must("close", jail.leave(id, siege.start(), IN_MODE));
    jail.hint(id);
    siege.awaitAudit(id, Refusal.OUT_MISSING);
    assertThat(siege.programs()).isEqualTo(before);
    assertThat(siege.product().jobs().resolve(id + ".in")).doesNotExist();
  }

  @Test
  void attack_35_without_a_reader_nothing_runs() {
    long before = siege.programs();
    RequestId id = Jail.anyId();
    jail.makeOutWithoutReader(id);
    jail.must("close", jail.leave(id, siege.start(), IN_MODE));
    long sent = System.nanoTime();
    jail.hint(id);
    siege.awaitAudit(id, Refusal.OUT_NOREADER);
    assertThat(Duration.ofNanos(System.nanoTime() - sent)).isLessThan(Duration.ofSeconds(4));
    assertThat(siege.programs()).isEqualTo(before);
    jail.must("unlink", out(id));
  }

  @Test
  void attack_35_a_pipe_that_is_taken_away_while_a_reader_is_awaited_is_missing() {
    RequestId id = Jail.anyId();
    jail.makeOutWithoutReader(id);
    jail.must("close", jail.leave(id, siege.start(), IN_MODE));
    jail.hint(id);
    siege.awaitThat("claimed", () -> !Files.exists(siege.product().jobs().resolve(id + ".in")));
    jail.must("unlink", out(id));
    siege.awaitAudit(id, Refusal.OUT_MISSING);
  }

  @Test
  void attack_40_the_results_pipe_is_a_pipe_of_web_side_or_nothing_runs() throws IOException {
    Path target = siege.product().folder().resolve("state/audit.log");
    outRefused(Refusal.OUT_TYPE, out -> jail.must("symlink", target.toString(), out));
    outRefused(Refusal.OUT_TYPE, out -> jail.must("mkdir", out, 0777));
    outRefused(Refusal.OUT_TYPE, out -> jail.must("mknod", out, S_IFSOCK | 0666, 0));
    outRefused(
        Refusal.OUT_TYPE,
        out -> {
          int fd = jail.must("open", out, O_RDWR | O_CREAT | O_EXCL, 0600);
          jail.write(fd, ascii("precious"));
          jail.must("fchmod", fd, 0666);
          jail.must("close", fd);
        });
    RequestId id = Jail.anyId();
    String own = siege.product().jobs().resolve(id + ".out").toString();
    PosixFiles.mkfifo(AT_FDCWD, own, 0666);
    PosixFiles.chmodAt(AT_FDCWD, own, 0666);
    int reader = jail.must("open", out(id), O_RDONLY | O_NONBLOCK);
    jail.must("close", jail.leave(id, siege.start(), IN_MODE));
    jail.hint(id);
    siege.awaitAudit(id, Refusal.OUT_OWNER);
    jail.must("close", reader);
    Files.delete(Path.of(own));
  }

  private void outRefused(Refusal why, java.util.function.Consumer<String> make) {
    long before = siege.programs();
    RequestId id = Jail.anyId();
    make.accept(out(id));
    jail.must("close", jail.leave(id, siege.start(), IN_MODE));
    jail.hint(id);
    siege.awaitAudit(id, why);
    assertThat(siege.programs()).isEqualTo(before);
    Path out = siege.product().jobs().resolve(id + ".out");
    if (Files.isRegularFile(out, LinkOption.NOFOLLOW_LINKS)) {
      assertThat(out).hasContent("precious");
    }
  }

  @Test
  void attack_42_a_request_that_comes_a_hundred_times_runs_once() {
    byte[] request = siege.start();
    long before = siege.programs();
    RequestId id = Jail.anyId();
    int out = jail.makeOut(id);
    jail.must("close", jail.leave(id, request, IN_MODE));
    jail.hint(id);
    assertThat(jail.receive(out).outcome()).contains("OK");
    long once = siege.programs();
    assertThat(once).isGreaterThan(before);
    for (int i = 0; i < 100; i++) {
      jail.must("close", jail.leave(id, request, IN_MODE));
      jail.hint(id);
      jail.hint(id);
      siege.awaitThat(
          "taken away", () -> !Files.exists(siege.product().jobs().resolve(id + ".in")));
    }
    siege.awaitAudit(id, Refusal.REQ_REPLAY);
    siege.answersHonestly();
    assertThat(siege.programs()).isEqualTo(once);
  }

  @Test
  void attack_42_a_replay_is_told_so_on_its_own_pipe() {
    RequestId id = Jail.anyId();
    int first = jail.makeOut(id);
    jail.must("close", jail.leave(id, siege.home(), IN_MODE));
    jail.hint(id);
    assertThat(jail.receive(first).outcome()).contains("OK");
    int second = jail.must("open", out(id), O_RDONLY | O_NONBLOCK);
    jail.must("close", jail.leave(id, siege.home(), IN_MODE));
    jail.hint(id);
    assertThat(jail.receive(second).outcome()).contains(Refusal.REQ_REPLAY.code());
  }

  @Test
  void attack_58_no_signal_reaches_the_other_side() {
    long listener = siege.product().pid("listener");
    for (int signal : new int[] {0, SIGTERM, SIGKILL, SIGSTOP}) {
      assertThat(jail.call("kill", listener, signal).name()).isEqualTo("EPERM");
      assertThat(jail.call("kill", siege.product().starter().pid(), signal).name())
          .isEqualTo("EPERM");
    }
    assertThat(siege.product().pid("listener")).isEqualTo(listener);
  }

  @Test
  void attack_97_a_token_with_another_name_in_it_is_refused_on_the_other_side() {
    String token = siege.victim().token();
    // In the midst of what is signed; the end of a token names its key.
    int at = token.length() / 2;
    char other = token.charAt(at) == 'A' ? 'B' : 'A';
    String forged = token.substring(0, at) + other + token.substring(at + 1);
    assertThat(jail.ask(RequestCodec.encode(new Request.Home(forged, "en"))).outcome())
        .isPresent()
        .get()
        .isIn(Refusal.SESS_SIG.code(), Refusal.SESS_FORMAT.code());
    assertThat(
            jail.ask(RequestCodec.encode(new Request.Start("", "budget_12", Map.of(), "en")))
                .outcome())
        .isPresent()
        .get()
        .isNotEqualTo("OK");
  }
}
