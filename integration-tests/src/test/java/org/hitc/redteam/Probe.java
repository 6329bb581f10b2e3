package org.hitc.redteam;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hitc.it.Browser;
import org.hitc.it.Product;

/** Somebody who goes on working during an attack, and must not notice it. */
public final class Probe implements AutoCloseable {
  /** On a busy machine of two processors; alone it is some ten milliseconds. */
  private static final Duration NORMAL = Duration.ofSeconds(3);

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Browser browser;
  private final List<String> troubles = new ArrayList<>();
  private final Thread thread;
  private volatile boolean over;
  private int rounds;

  private Probe(Browser browser) {
    this.browser = browser;
    this.thread = Thread.ofPlatform().name("probe").start(this::work);
  }

  /** Signs in and begins to work. */
  public static Probe start(Product product) {
    return new Probe(new Browser(product.site()).signIn("bert"));
  }

  private void work() {
    do {
      long before = System.nanoTime();
      Browser.Page page = browser.get("/");
      Duration took = Duration.ofNanos(System.nanoTime() - before);
      if (page.status() != 200 || took.compareTo(NORMAL) > 0) {
        troubles.add(page.status() + " after " + took.toMillis() + " ms");
      }
      rounds++;
    } while (!over && pause());
  }

  private static boolean pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Fails if anything was noticed. */
  @Override
  public void close() {
    over = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    assertThat(troubles).as("what the probe noticed in %d rounds", rounds).isEmpty();
    assertThat(rounds).isPositive();
  }
}
