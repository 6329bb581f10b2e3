package org.hitc.redteam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.Request;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.hitc.it.SmallDisk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The audit log of a running product, on a small file system of its own. */
@DisplayName("The audit log")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTest {
  private static final long FLOOD = 300;

  private Siege siege;
  private Product product;
  private SmallDisk small;

  @BeforeAll
  void layTheSiege() throws Exception {
    siege = Siege.lay();
    product = siege.product();
    Path own = Files.createDirectory(product.folder().resolve("small"));
    Product.run(List.of("chown", Integer.toString(product.sysSide()), own.toString()));
    Product.run(List.of("chmod", "0700", own.toString()));
    small = SmallDisk.over(own, 512);
    Path config = product.folder().resolve("etc/listener.yaml");
    Files.writeString(
        config,
        "audit: { log: %s, checkpoints: %s }\n"
            .formatted(log(), product.folder().resolve("state/elsewhere")),
        StandardOpenOption.APPEND);
    product.killAndAwaitRestart("listener");
  }

  @AfterEach
  void makeRoom() throws IOException {
    small.makeRoom();
  }

  @AfterAll
  void liftTheSiege() {
    if (small != null) {
      // Before the demo removes its folder; the listener still has the log open.
      small.close();
    }
    if (siege != null) {
      siege.close();
    }
  }

  private Path log() {
    return small.folder().resolve("audit.log");
  }

  @Test
  @DisplayName(
      "168: full, lets nothing start, and people read on, download and sign out; then goes on")
  void attack_168_full() throws Exception {
    Browser anna = new Browser(product.site()).signIn("anna");
    Browser.Page report = anna.budget("204110", "2026-06");
    StolenGateway gateway = new StolenGateway(siege.jail(), anna.token());
    Browser leaving = new Browser(product.site()).signIn("bert");
    small.fill();
    // The last page of the file has room for a few records more.
    siege.awaitThat(
        "the refusal",
        () ->
            gateway.ask(new Request.Start(gateway.token(), "budget_12", Map.of(), "en"))
                    instanceof Reply.Refused(Refusal why, var _, var _)
                && why == Refusal.AUDIT_FULL);
    long programs = started();
    Browser.Page refused = anna.get("/w/budget_12");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.words()).contains(Siege.words(Refusal.AUDIT_FULL));
    assertThat(gateway.ask(new Request.Login("bert", "demo", "", "192.0.2.1", "en")))
        .as("nobody is signed in without a record")
        .isInstanceOfSatisfying(
            Reply.Refused.class, no -> assertThat(no.why()).isEqualTo(Refusal.AUDIT_FULL));
    assertThat(anna.get("/").status()).isEqualTo(200);
    assertThat(anna.get(report.at()).body()).contains("169,613.25");
    leaving.post("/logout", Map.of());
    assertThat(leaving.get("/").at()).contains("login");
    assertThat(started()).as("programs").isEqualTo(programs);

    small.makeRoom();
    assertThat(anna.budget("204110", "2026-06").body()).contains("169,613.25");
    siege.awaitThat("what ended meanwhile", () -> audit().contains("\"reason\":\"signed out\""));
    siege.awaitThat("the refusals", () -> audit().contains("E-AUDIT-FULL"));
    long starts = product.starts("listener");
    product.signal("TERM", "listener");
    product.awaitStarts("listener", starts + 1);
    assertThat(audit("verify"))
        .contains("whole: ", ", 1 torn by a crash and marked")
        .containsPattern("[1-9][0-9]* checkpoints are right");
    assertThat(product.log("listener")).contains("{\"checkpoint\":");
  }

  @Test
  @DisplayName("170: read-only at once, lets nothing start; whole again after a repair")
  void attack_170_readOnly() throws Exception {
    Browser anna = new Browser(product.site()).signIn("anna");
    anna.budget("204110", "2026-06");
    siege.awaitThat("the end", () -> audit().lines().toList().getLast().contains("job-ended"));
    long programs = started();

    small.fail();

    Browser.Page refused = anna.get("/w/budget_12");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.words()).contains(Siege.words(Refusal.AUDIT_FULL));
    assertThat(anna.get("/").status()).isEqualTo(200);
    assertThat(started()).as("programs").isEqualTo(programs);

    long starts = product.starts("listener");
    try (Product.NobodyRevives _ = product.killForNow("listener")) {
      siege.awaitThat("the listener is dead", () -> !product.isAlive("listener"));
      small.repair();
    }
    product.awaitStarts("listener", starts + 1);
    assertThat(anna.budget("204110", "2026-06").body()).contains("169,613.25");
    assertThat(audit("verify")).contains("whole: ");
  }

  @Test
  @DisplayName("200: flooded with refusals, counts them, and keeps the whole story of each job")
  void attack_200() throws Exception {
    Browser anna = new Browser(product.site()).signIn("anna");
    List<String> before = audit().lines().toList();
    StolenGateway gateway = new StolenGateway(siege.jail(), anna.token());
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Long> flood =
        CompletableFuture.supplyAsync(() -> {
          long sent = 0;
          while (!over.get() || sent < FLOOD) {
            assertThat(gateway.refusal(new Request.Start(gateway.token(), "none", Map.of(), "en")))
                .isEqualTo(Refusal.WF_UNKNOWN);
            sent++;
          }
          return sent;
        });
    for (int i = 0; i < 5; i++) {
      assertThat(anna.budget("204110", "2026-06").body()).contains("169,613.25");
    }
    over.set(true);
    long sent = flood.get(60, TimeUnit.SECONDS);

    siege.awaitThat(
        "each is a record or counted", () -> told(audit().lines().skip(before.size())) == sent);
    List<String> since = audit().lines().skip(before.size()).toList();
    assertThat(sent).as("a flood").isGreaterThanOrEqualTo(FLOOD);
    assertThat(since.stream().filter(l -> l.contains("\"refused\"")).count())
        .as("records of refusals")
        .isLessThan(sent / 2);
    for (String event : List.of("job-accepted", "program-started", "job-ended")) {
      assertThat(since.stream().filter(l -> l.contains("\"" + event + "\"")))
          .as(event)
          .hasSizeGreaterThanOrEqualTo(5);
    }
  }

  /** Of how many refusals these lines tell. */
  private static long told(Stream<String> lines) {
    return lines
        .mapToLong(line -> {
          if (line.contains("\"event\":\"refused\"")) {
            return 1;
          }
          return line.contains("refusals-counted")
              ? Long.parseLong(line.replaceAll(".*\"count\":([0-9]+),.*", "$1"))
              : 0;
        })
        .sum();
  }

  @Test
  @DisplayName("195, 196: tells what a job did, and shows a change and a cut tail")
  void attack_195_196() throws Exception {
    Browser anna = new Browser(product.site()).signIn("anna");
    anna.budget("204110", "2026-06");
    siege.awaitThat("the end", () -> audit().lines().toList().getLast().contains("job-ended"));
    String job = audit().lines().toList().getLast().replaceAll(".*\"job\":\"([^\"]+)\".*", "$1");

    assertThat(audit("show", job))
        .contains("job " + job + ": anna (session ")
        .contains("to run: check_open (arguments ")
        .contains(" ended: exit 0");
    assertThat(audit("show", "--user", "anna")).contains("anna signed in from 127.0.0.1");
    assertThat(audit("tail").lines()).hasSize(10);
    assertThatThrownBy(() -> audit("show", "0000-00")).hasMessageContaining("nothing of this");

    long starts = product.starts("listener");
    product.signal("TERM", "listener");
    product.awaitStarts("listener", starts + 1);
    Path copy = product.folder().resolve("copy.log");
    List<String> lines = Files.readAllLines(log());
    long sealed =
        Files.readAllLines(product.folder().resolve("state/elsewhere")).stream()
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D*(\\d+).*", "$1")))
            .max()
            .orElseThrow();
    Files.write(copy, lines.subList(0, (int) sealed - 1));
    assertThatThrownBy(() -> audit("verify", copy.toString())).hasMessageContaining("tail was cut");
    lines.set(3, lines.get(3).replace("demo", "dema"));
    lines.set(4, lines.get(4).replace("\"at\":\"2", "\"at\":\"3"));
    Files.write(copy, lines);
    assertThatThrownBy(() -> audit("verify", copy.toString())).hasMessageContaining("copy.log:");
  }

  private String audit(String... words) {
    List<String> all = new ArrayList<>(List.of("audit"));
    all.addAll(List.of(words));
    all.addAll(List.of("--config", product.folder().resolve("etc/listener.yaml").toString()));
    return Product.run(Product.command(all));
  }

  private long started() throws IOException {
    return audit().lines().filter(line -> line.contains("\"program-started\"")).count();
  }

  private String audit() throws IOException {
    return Files.readString(log());
  }
}
