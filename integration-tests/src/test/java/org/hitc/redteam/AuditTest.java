package org.hitc.redteam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.Request;
import org.hitc.it.Browser;
import org.hitc.it.Product;
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
  private Siege siege;
  private Product product;
  private Path small;

  @BeforeAll
  void layTheSiege() throws Exception {
    siege = Siege.lay();
    product = siege.product();
    small = Files.createDirectory(product.folder().resolve("small"));
    Product.run(
        List.of(
            "mount",
            "-t",
            "tmpfs",
            "-o",
            "size=256k,mode=0700,uid=" + product.sysSide(),
            "hitc-test",
            small.toString()));
    Path config = product.folder().resolve("etc/listener.yaml");
    Files.writeString(
        config,
        "audit: { log: %s, checkpoints: %s }\n"
            .formatted(small.resolve("audit.log"), product.folder().resolve("state/elsewhere")),
        StandardOpenOption.APPEND);
    product.killAndAwaitRestart("listener");
  }

  @AfterEach
  void makeRoom() throws IOException {
    Files.deleteIfExists(small.resolve("filler"));
  }

  @AfterAll
  void liftTheSiege() {
    if (small != null) {
      // Before the demo removes its folder; the listener still has the log open.
      Product.run(List.of("umount", "-l", small.toString()));
    }
    if (siege != null) {
      siege.close();
    }
  }

  @Test
  @DisplayName(
      "168: full, lets nothing start, and people read on, download and sign out; then goes on")
  void attack_168_full() throws Exception {
    Browser anna = new Browser(product.site()).signIn("anna");
    Browser.Page report = anna.budget("204110", "2026-06");
    StolenGateway gateway = new StolenGateway(siege.jail(), anna.token());
    Browser leaving = new Browser(product.site()).signIn("bert");
    fill();
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

    makeRoom();
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
    Path log = small.resolve("audit.log");
    Path copy = product.folder().resolve("copy.log");
    List<String> lines = Files.readAllLines(log);
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
    return Files.readString(small.resolve("audit.log"));
  }

  /** Up to the last byte, so that not even one record has room. */
  private void fill() throws IOException {
    try (OutputStream out =
        Files.newOutputStream(
            small.resolve("filler"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      byte[] page = new byte[4096];
      for (int i = 0; i < 1000; i++) {
        out.write(page);
      }
      throw new IllegalStateException("the small file system does not get full");
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }
}
