package org.hitc.redteam.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.hitc.redteam.Probe;
import org.hitc.redteam.Siege;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** 118: somebody begins visits, and begins visits, and begins visits. */
@DisplayName("Abandoned visits")
class AbandonedVisitsTest {
  private static final int HANDS = 8;
  private static final int MOST = 100_000;
  private static final long MOST_BYTES = 160L << 20;

  @Test
  @DisplayName("118: fill the store up to a bound, for nobody but who begins them")
  void bounded() throws Exception {
    Siege.requireReal();
    try (Product product = Product.start()) {
      Browser anna = new Browser(product.site()).signIn("anna");
      Browser.Page kept = anna.get("/w/closing");
      AtomicInteger begun = new AtomicInteger();
      long before = System.nanoTime();
      try (Probe _ = Probe.start(product);
          ExecutorService hands = Executors.newFixedThreadPool(HANDS)) {
        List<Future<Integer>> ends = new ArrayList<>();
        for (int i = 0; i < HANDS; i++) {
          Browser hand = anna.copy();
          ends.add(
              hands.submit(() -> {
                int status = 303;
                while (status == 303 && begun.incrementAndGet() < MOST) {
                  status = hand.getOnly("/w/closing").status();
                }
                return status;
              }));
        }
        for (Future<Integer> end : ends) {
          assertThat(end.get()).isEqualTo(503);
        }
      }
      System.out.printf(
          "refused after %d visits and %d s, store of %d KiB%n",
          begun.get(),
          Duration.ofNanos(System.nanoTime() - before).toSeconds(),
          store(product) >> 10);

      assertThat(begun.get()).isLessThan(MOST);
      assertThat(store(product)).isLessThan(MOST_BYTES);
      assertThat(product.audit("too many pages are kept for this user")).isNotEmpty();
      assertThat(anna.get(kept.at()).status()).as("what was kept is still there").isEqualTo(200);
      Browser bert = new Browser(product.site()).signIn("bert");
      assertThat(bert.budget("204120", "2026-06").words()).contains("Budget of account 204120");
    }
  }

  private static long store(Product product) throws IOException {
    try (Stream<Path> files = Files.list(product.folder().resolve("state"))) {
      return files
          .filter(f -> f.getFileName().toString().startsWith("store.db"))
          .mapToLong(f -> f.toFile().length())
          .sum();
    }
  }
}
