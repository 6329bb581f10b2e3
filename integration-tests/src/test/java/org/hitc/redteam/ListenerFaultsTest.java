package org.hitc.redteam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hitc.channel.os.PosixFiles.O_NONBLOCK;
import static org.hitc.channel.os.PosixFiles.O_RDONLY;
import static org.hitc.channel.os.PosixFiles.O_RDWR;
import static org.hitc.channel.os.PosixFiles.O_WRONLY;
import static org.hitc.redteam.Jail.DAEMON;
import static org.hitc.redteam.Jail.IN_MODE;
import static org.hitc.redteam.Jail.out;
import static org.hitc.redteam.Siege.ascii;
import static org.hitc.redteam.Siege.words;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hitc.channel.Refusal;
import org.hitc.channel.RequestId;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A listener that is stopped, killed, or kept waiting: on a product of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListenerFaultsTest {
  private static final int PIPE = 65_536;
  private static final int F_SETPIPE_SZ = 1031;

  private Siege siege;
  private Product product;
  private Jail jail;

  @BeforeAll
  void layTheSiege() throws Exception {
    siege = Siege.lay();
    product = siege.product();
    jail = siege.jail();
    Files.writeString(
        product.folder().resolve("etc/listener.yaml"),
        "limits: { requests: 8, stall: 1s }\n",
        StandardOpenOption.APPEND);
    restartListener();
  }

  @AfterAll
  void liftTheSiege() {
    if (siege != null) {
      siege.close();
    }
  }

  @BeforeEach
  @AfterEach
  void allIsWell() {
    siege.awaitThat("the service answers", () -> siege.victim().get("/").status() == 200);
  }

  private void restartListener() throws InterruptedException {
    long old = product.pid("listener");
    product.signal("KILL", "listener");
    product.awaitRestart("listener", old);
    allIsWell();
  }

  private record Timed(Browser.Page page, Duration took) {}

  private Timed timed() {
    long before = System.nanoTime();
    Browser.Page page = siege.victim().getOnly("/");
    return new Timed(page, Duration.ofNanos(System.nanoTime() - before));
  }

  @Test
  void attack_9_a_full_daemon_pipe_gives_busy_soon_and_all_is_well_afterwards() {
    product.signal("STOP", "listener");
    try {
      int pipe = jail.must("open", DAEMON, O_WRONLY | O_NONBLOCK);
      byte[] page = ascii("x".repeat(4096));
      int written = 0;
      Jail.Result last = jail.call("write", pipe, page, page.length);
      while (last.number() > 0) {
        assertThat(last.number()).as("nothing partial").isEqualTo(page.length);
        written += last.number();
        last = jail.call("write", pipe, page, page.length);
      }
      assertThat(last.name()).isEqualTo("EAGAIN");
      assertThat(written).isEqualTo(PIPE);
      jail.must("close", pipe);
      Timed busy = timed();
      assertThat(busy.page().status()).isEqualTo(503);
      assertThat(busy.page().words()).contains(words(Refusal.BUSY));
      assertThat(busy.took()).isLessThan(Duration.ofMillis(2500));
    } finally {
      product.signal("CONT", "listener");
    }
    allIsWell();
    siege.answersHonestly();
  }

  @Test
  void attack_9_a_listener_that_does_not_answer_is_named_so() {
    product.signal("STOP", "listener");
    try {
      Timed silent = timed();
      assertThat(silent.page().status()).isEqualTo(503);
      assertThat(silent.page().words()).contains(words(Refusal.NOT_ANSWERING));
      assertThat(silent.took()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(7));
    } finally {
      product.signal("CONT", "listener");
    }
    allIsWell();
  }

  @Test
  void attack_10_without_a_listener_every_answer_is_an_immediate_no() throws Exception {
    long old = product.pid("listener");
    try (Product.NobodyRevives _ = product.killForNow("listener")) {
      siege.awaitThat(
          "the pipe has no reader",
          () -> jail.call("open", DAEMON, O_WRONLY | O_NONBLOCK).name().equals("ENXIO"));
      // More than the gateway asks at once: a thread or permit that stuck would be missed.
      for (int i = 0; i < 40; i++) {
        Timed down = timed();
        assertThat(down.page().status()).isEqualTo(503);
        assertThat(down.page().words()).contains(words(Refusal.DAEMON_DOWN));
        assertThat(down.took()).isLessThan(Duration.ofSeconds(1));
      }
    }
    product.awaitRestart("listener", old);
    allIsWell();
  }

  @Test
  void attack_11_requests_that_stood_when_the_listener_died_run_once_or_are_refused_by_name()
      throws Exception {
    long old = product.pid("listener");
    long before = siege.programs();
    List<RequestId> ids = new ArrayList<>();
    List<Integer> outs = new ArrayList<>();
    product.signal("STOP", "listener");
    for (int i = 0; i < 6; i++) {
      RequestId id = Jail.anyId();
      ids.add(id);
      outs.add(jail.makeOut(id));
      jail.must("close", jail.leave(id, siege.start(), IN_MODE));
      jail.hint(id);
    }
    product.signal("KILL", "listener");
    product.awaitRestart("listener", old);
    for (int i = 0; i < ids.size(); i++) {
      Jail.Answer answer = jail.receive(outs.get(i));
      assertThat(answer.outcome()).as("request %d", i).isPresent();
      assertThat(answer.outcome().get()).isIn("OK", Refusal.JOB_EXPIRED.code());
    }
    assertThat(siege.programs() - before).isLessThanOrEqualTo(ids.size());
  }

  @Test
  void attack_42_a_replay_after_a_restart_of_the_listener_is_refused_too() throws Exception {
    RequestId id = Jail.anyId();
    int out = jail.makeOut(id);
    jail.must("close", jail.leave(id, siege.start(), IN_MODE));
    jail.hint(id);
    assertThat(jail.receive(out).outcome()).contains("OK");
    restartListener();
    long before = siege.programs();
    int again = jail.must("open", out(id), O_RDONLY | O_NONBLOCK);
    jail.must("close", jail.leave(id, siege.start(), IN_MODE));
    jail.hint(id);
    assertThat(jail.receive(again).outcome()).contains(Refusal.REQ_REPLAY.code());
    siege.awaitAudit(id, Refusal.REQ_REPLAY);
    assertThat(siege.programs()).isEqualTo(before);
  }

  @Test
  void attack_36_readers_that_never_read_are_cut_off_and_leave_nothing_behind() throws Exception {
    siege.answersHonestly();
    long descriptors = descriptors();
    long threads = threads();
    List<RequestId> ids = new ArrayList<>();
    List<Integer> outs = new ArrayList<>();
    // Fewer than are served at once, so that somebody else can be served in the meantime.
    for (int i = 0; i < 6; i++) {
      RequestId id = Jail.anyId();
      jail.makeOutWithoutReader(id);
      int out = jail.must("open", out(id), O_RDWR | O_NONBLOCK);
      jail.must("fcntl", out, F_SETPIPE_SZ, 4096);
      jail.must("write", out, new byte[4096], 4096);
      ids.add(id);
      outs.add(out);
    }
    try (Probe _ = Probe.start(product)) {
      for (RequestId id : ids) {
        jail.must("close", jail.leave(id, siege.start(), IN_MODE));
        jail.hint(id);
      }
      for (RequestId id : ids) {
        siege.awaitAudit(id, Refusal.OUT_STALLED);
      }
    }
    siege.awaitThat("descriptors are back", () -> descriptors() <= descriptors);
    assertThat(threads()).isLessThanOrEqualTo(threads + 4);
    for (int out : outs) {
      jail.must("close", out);
    }
    siege.answersHonestly();
  }

  private long descriptors() throws IOException {
    return entries("fd");
  }

  private long threads() throws IOException {
    return entries("task");
  }

  private long entries(String of) throws IOException {
    try (var all = Files.list(Path.of("/proc", Long.toString(product.pid("listener")), of))) {
      return all.count();
    }
  }

  /** Runs budget12 as something else for as long as this is open. */
  private final class Impostor implements AutoCloseable {
    private final Path program = product.folder().resolve("etc/programs/budget12");
    private final String right;

    Impostor(String script) throws IOException {
      right = Files.readString(program, StandardCharsets.UTF_8);
      Files.writeString(program, script, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
      Files.writeString(program, right, StandardCharsets.UTF_8);
    }
  }

  private static final String AMOUNTS = "          0.00           0.00           0.00";
  private static final String TOTAL = "       %-25s%s".formatted("** TOTAL", AMOUNTS);

  @SuppressWarnings("OrphanedFormatString") // the formats are for the shell
  private static String printing(String... descriptions) {
    StringBuilder script =
        new StringBuilder("#!/bin/sh\nprintf '\\r'\nprintf '%s\\n' H1 H2 H3 H4\n");
    for (String description : descriptions) {
      script.append("printf '%s\\n' '061100 ").append("%-25s".formatted(description));
      script.append(AMOUNTS).append("'\n");
    }
    return script + "printf '%s\\n' '" + TOTAL + "'\n";
  }

  @Test
  void attack_51_output_that_looks_like_our_own_frames_is_text() throws Exception {
    String[] framing = {
      "E",
      "END",
      "HITC2 home",
      "H2 0011223344556677",
      "p....Moved",
      "E OK 0 0",
      "5:token,",
      "t    v4.public.x"
    };
    try (Impostor _ = new Impostor(printing(framing))) {
      Browser.Page page = siege.victim().budget("204110", "2026-06");
      assertThat(page.status()).isEqualTo(200);
      for (String line : framing) {
        assertThat(page.words()).contains(line.replaceAll(" +", " "));
      }
    }
  }

  @Test
  void attack_51_real_frames_in_the_output_end_nothing() throws Exception {
    byte[] end = new org.hitc.channel.codec.FrameWriter().end("OK");
    StringBuilder octal = new StringBuilder();
    for (byte b : end) {
      octal.append("\\%03o".formatted(Byte.toUnsignedInt(b)));
    }
    String script = printing("before") + "printf '" + octal + "\\n'\n";
    try (Impostor _ = new Impostor(script)) {
      Browser.Page page = siege.victim().budget("204110", "2026-06");
      assertThat(page.words()).doesNotContain(words(Refusal.RESULT_TRUNCATED));
      assertThat(page.status()).isIn(200, 500);
      assertThat(page.words()).doesNotContain(words(Refusal.NOT_ANSWERING));
    }
    assertThat(siege.victim().budget("204110", "2026-06").status()).isEqualTo(200);
  }

  @Test
  void attack_52_a_reply_whose_end_never_came_is_never_half_a_page() throws Exception {
    long old = product.pid("listener");
    long before = budgets();
    String slow = "#!/bin/sh\nprintf '061100 half of it'\nexec sleep 30\n";
    try (Impostor _ = new Impostor(slow)) {
      Browser browser = new Browser(product.site()).signIn("anna");
      CompletableFuture<Browser.Page> coming =
          CompletableFuture.supplyAsync(() -> browser.budget("204110", "2026-06"));
      siege.awaitThat("budget12 runs", () -> budgets() > before);
      product.signal("KILL", "listener");
      Browser.Page page = coming.get(6, TimeUnit.SECONDS);
      assertThat(page.status()).isEqualTo(503);
      assertThat(page.words())
          .containsAnyOf(words(Refusal.RESULT_TRUNCATED), words(Refusal.NOT_ANSWERING))
          .doesNotContain("half of it");
    }
    product.awaitRestart("listener", old);
    allIsWell();
    assertThat(siege.victim().budget("204110", "2026-06").status()).isEqualTo(200);
  }

  /** How often budget12 was started. */
  private long budgets() {
    return product
        .audit()
        .lines()
        .filter(l -> l.contains("\"program-started\"") && l.contains("\"budget12\""))
        .count();
  }
}
