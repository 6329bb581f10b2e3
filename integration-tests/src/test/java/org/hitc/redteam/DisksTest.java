package org.hitc.redteam;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.Request;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.hitc.it.SmallDisk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A product whose spool and state lie on disks of their own, and whose /tmp is full all the time.
 */
@DisplayName("168, 170: A disk that is full, or fails,")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DisksTest {
  private static final String FULL_TMP =
      """
      mount -t tmpfs -o size=4k hitc-test /tmp
      head -c 4096 /dev/zero > /tmp/filler
      exec "$@"
      """;

  private Product product;
  private Siege siege;
  private SmallDisk spool;
  private SmallDisk state;
  private Path kept;

  @BeforeAll
  void layTheSiege() throws Exception {
    Siege.requireReal();
    product = Product.start();
    Path own = Files.createDirectory(product.folder().resolve("own"));
    Product.run(List.of("chown", Integer.toString(product.sysSide()), own.toString()));
    Product.run(List.of("chmod", "0700", own.toString()));
    try (Product.NobodyRevives _ = product.killForNow("listener")) {
      state = SmallDisk.over(own, 4096);
      kept = product.folder().resolve("kept");
      Product.run(List.of("cp", "-a", hole().toString(), kept.toString()));
      spool = freshSpool();
      Path before = product.folder().resolve("state");
      Product.run(List.of("cp", "-a", before + "/.", own.toString()));
      // From here on only what the listener itself has written down for good outlives a failure.
      Product.run(List.of("sync", "-f", own.toString()));
      Path config = product.folder().resolve("etc/listener.yaml");
      Files.writeString(
          config,
          Files.readString(config).replace("state: " + before + "\n", "state: " + own + "\n")
              + "audit: { log: %1$s/audit.log, checkpoints: %1$s/audit.checkpoints }\n"
                  .formatted(before));
    }
    product.awaitStarts("listener", 2);
    product.killAndAwaitRestart("gateway");
    siege = Siege.around(product);
  }

  @AfterAll
  void liftTheSiege() {
    if (siege != null) {
      siege.close();
    }
    for (SmallDisk disk : new SmallDisk[] {spool, state}) {
      if (disk != null) {
        disk.close();
      }
    }
    if (product != null) {
      product.close();
    }
  }

  private Path hole() {
    return product.chroot().resolve("hole/spool");
  }

  /** Its folders are of one file system, so that a request can be moved between them. */
  private SmallDisk freshSpool() throws IOException {
    SmallDisk disk = SmallDisk.over(hole(), 512);
    Product.run(List.of("cp", "-a", kept + "/.", hole().toString()));
    return disk;
  }

  private void works() {
    assertThat(siege.victim().budget("204110", "2026-06").body()).contains("169,613.25");
  }

  @Test
  @DisplayName("under /tmp: nobody minds")
  void tmp() throws IOException {
    Assumptions.assumeFalse(
        Product.checkout().startsWith("/tmp"), "needs a checkout outside /tmp, which it hides");
    // Not in /tmp, of which this product sees another.
    Path folder = Path.of("/var/tmp/hitc-disks-" + ProcessHandle.current().pid());
    try (Product other =
        Product.startThrough(
            List.of("unshare", "-m", "--propagation", "slave", "sh", "-ec", FULL_TMP, "sh"),
            List.of("demo", "--port", "0", "--dir", folder.toString()))) {
      Path seen = Path.of("/proc", Long.toString(other.pid("listener")), "root/tmp/filler");
      assertThat(Files.size(seen)).as("the /tmp of the listener is full").isEqualTo(4096);
      Browser anna = new Browser(other.site()).signIn("anna");
      String report = anna.budget("204110", "2026-06").at();
      for (String format : List.of("csv", "xlsx", "original")) {
        assertThat(anna.download(report + "/download/" + format).statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  @DisplayName("under the spool: is told by name, touches nobody's disk, and mends itself")
  void spoolFull() throws IOException {
    works();
    spool.fill();
    long programs = siege.programs();

    Browser.Page refused = siege.victim().getOnly("/");

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.words()).contains(Siege.words(Refusal.SPOOL_FULL));
    spool.makeRoom();
    works();
    assertThat(siege.programs()).isGreaterThan(programs);
  }

  @Test
  @DisplayName("under the spool, read-only: is told by name; goes on with another disk")
  void spoolFails() throws Exception {
    works();
    spool.fail();
    Browser.Page refused = siege.victim().getOnly("/");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.words()).contains(Siege.words(Refusal.SPOOL_FULL));
    exchange(() -> {
      spool.close();
      spool = freshSpool();
    });
    works();
  }

  @Test
  @DisplayName("under the store: nothing starts, nobody is signed in, who reads goes on reading")
  void storeFull() throws IOException {
    Browser anna = new Browser(product.site()).signIn("anna");
    Browser.Page report = anna.budget("204110", "2026-06");
    state.fill();
    refusesToChange(anna);
    assertThat(anna.get(report.at()).body()).contains("169,613.25");
    state.makeRoom();
    works();
    assertThat(anna.budget("204110", "2026-06").body()).contains("169,613.25");
  }

  @Test
  @DisplayName("under the store, read-only: as when it is full; what was acknowledged is there")
  void storeFails() throws Exception {
    Browser anna = new Browser(product.site()).signIn("anna");
    Browser.Page report = anna.budget("204110", "2026-06");
    state.fail();
    refusesToChange(anna);
    exchange(state::repair);
    assertThat(anna.get(report.at()).body()).contains("169,613.25");
    works();
  }

  private void refusesToChange(Browser anna) {
    StolenGateway gateway = new StolenGateway(siege.jail(), anna.token());
    // SQLite has room in its log for a few changes more.
    siege.awaitThat(
        "the refusal",
        () ->
            gateway.ask(new Request.Start(gateway.token(), "budget_12", Map.of(), "en"))
                    instanceof Reply.Refused(Refusal why, var _, var _)
                && why == Refusal.STORE);
    long programs = siege.programs();
    Browser.Page refused = anna.get("/w/budget_12");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.words()).contains(Siege.words(Refusal.STORE));
    assertThat(gateway.refusal(new Request.Login("bert", "demo", "", "192.0.2.1", "en")))
        .isEqualTo(Refusal.STORE);
    assertThat(siege.programs()).isEqualTo(programs);
  }

  private interface Work {
    void run() throws IOException;
  }

  /** Does something to a disk while nobody uses it. */
  private void exchange(Work work) throws Exception {
    long listeners = product.starts("listener");
    long gateways = product.starts("gateway");
    try (Product.NobodyRevives _ = product.killForNow("listener")) {
      product.signal("KILL", "gateway");
      siege.awaitThat(
          "both are dead", () -> !product.isAlive("listener") && !product.isAlive("gateway"));
      work.run();
    }
    product.awaitStarts("listener", listeners + 1);
    product.awaitStarts("gateway", gateways + 1);
  }
}
