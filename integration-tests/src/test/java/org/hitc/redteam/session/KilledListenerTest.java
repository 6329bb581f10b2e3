package org.hitc.redteam.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.hitc.redteam.Siege;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The listener is killed again and again while people sign in, work and sign out: {@code
 * -Dhitc.kills=N} times, by default 25.
 */
@DisplayName("A listener that is killed at random points")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledListenerTest {
  private static final int KILLS = Integer.getInteger("hitc.kills", 25);
  private static final long SEED = 20_261_128L;
  private static final Duration LONGEST_LIFE = Duration.ofMillis(300);

  private Product product;
  private Restarted listener;

  @BeforeAll
  void start() throws IOException {
    Siege.requireReal();
    product = Product.start();
    listener = Restarted.takeOver(product);
  }

  @AfterAll
  void stop() throws InterruptedException {
    if (product != null) {
      listener.handBack();
      product.close();
    }
  }

  /** The listener as this test starts it: at once, where the starter of the demo waits a second. */
  private static final class Restarted {
    private final Product product;
    private final List<String> command;
    private final Product.NobodyRevives nobodyElse;
    private Process process;

    private Restarted(Product product, List<String> command, Product.NobodyRevives nobodyElse) {
      this.product = product;
      this.command = command;
      this.nobodyElse = nobodyElse;
      this.process = begin();
    }

    static Restarted takeOver(Product product) throws IOException {
      String line =
          Files.readString(
              Path.of("/proc/" + product.pid("listener") + "/cmdline"), StandardCharsets.UTF_8);
      List<String> command =
          new ArrayList<>(
              List.of(
                  "/usr/bin/setpriv",
                  "--no-new-privs",
                  "--inh-caps=-all",
                  "--bounding-set=-all",
                  "--reuid=" + product.sysSide(),
                  "--regid=" + product.sysSide(),
                  "--groups=" + product.group(),
                  "--"));
      command.addAll(List.of(line.split("\0")));
      return new Restarted(product, command, product.killForNow("listener"));
    }

    private Process begin() {
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                    ProcessBuilder.Redirect.appendTo(
                        product.folder().resolve("log/listener.log").toFile()));
        builder.environment().keySet().retainAll(List.of());
        builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8", "PATH", "/usr/bin:/bin"));
        return builder.start();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    void killAndRestart() throws InterruptedException {
      long starts = product.starts("listener");
      process.destroyForcibly().waitFor();
      process = begin();
      product.awaitStarts("listener", starts + 1);
    }

    void handBack() throws InterruptedException {
      process.destroyForcibly().waitFor();
      nobodyElse.close();
    }
  }

  /** What one user was told, and by a page: that is what must be true afterwards. */
  private final class Person extends Thread {
    private static final int AT_A_TIME = 3;

    private final String user;
    private final Random random;
    private final Deque<Browser> signedIn = new ArrayDeque<>();
    private final List<Browser> signedOut = new ArrayList<>();
    private volatile boolean resting = true;
    private volatile boolean done;

    Person(String user, long seed) {
      super("person " + user);
      this.user = user;
      this.random = new Random(seed);
      setDaemon(true);
    }

    @Override
    public void run() {
      while (!done) {
        if (resting) {
          pause(1);
          continue;
        }
        synchronized (this) {
          act();
        }
      }
    }

    private void act() {
      if (signedIn.size() < AT_A_TIME || random.nextBoolean()) {
        Browser browser = new Browser(product.site());
        Browser.Page page =
            browser.post(
                "/login", Map.of("user", user, "password", "demo", "idle", "30", "next", "/help"));
        if (page.status() == 200 && !browser.token().isEmpty()) {
          signedIn.addLast(browser);
        }
      }
      if (signedIn.size() > AT_A_TIME) {
        Browser browser = signedIn.removeFirst();
        Browser copy = browser.copy();
        if (browser.post("/logout", Map.of()).words().contains("You have signed out")) {
          signedOut.add(copy);
        }
      }
    }

    /** Everything said is true, of the newest or of all. */
    synchronized void check(boolean all) {
      for (Browser browser : signedIn) {
        Browser.Page home = browser.getOnly("/jobs");
        assertThat(home.status()).as("%s is signed in", user).isEqualTo(200);
      }
      int from = all ? 0 : Math.max(0, signedOut.size() - AT_A_TIME);
      for (Browser browser : signedOut.subList(from, signedOut.size())) {
        Browser.Page refused = browser.copy().getOnly("/jobs");
        assertThat(refused.status()).as("%s has signed out", user).isEqualTo(303);
        assertThat(refused.headers().firstValue("location").orElse("")).startsWith("/login");
      }
    }
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @DisplayName("163, 171: loses no session and no sign-out that was acknowledged, and starts again")
  void manyTimes() throws InterruptedException {
    Random random = new Random(SEED);
    List<Person> people = List.of(new Person("anna", 1), new Person("bert", 2));
    people.forEach(Thread::start);
    for (int kill = 0; kill < KILLS; kill++) {
      people.forEach(person -> person.resting = false);
      TimeUnit.MILLISECONDS.sleep(random.nextLong(LONGEST_LIFE.toMillis()));
      listener.killAndRestart();
      people.forEach(person -> person.resting = true);
      for (Person person : people) {
        person.check(false);
      }
    }
    int signedIn = 0;
    int signedOut = 0;
    for (Person person : people) {
      person.done = true;
      person.check(true);
      signedIn += person.signedIn.size();
      signedOut += person.signedOut.size();
    }
    System.out.printf(
        "killed %d times: %d sessions live, %d stay ended%n", KILLS, signedIn, signedOut);
    assertThat(signedOut).as("people have worked meanwhile").isGreaterThan(KILLS / 4);
    assertThat(
            Product.run(
                Product.command(
                    List.of(
                        "audit",
                        "verify",
                        product.folder().resolve("state/audit.log").toString()))))
        .startsWith("whole: ");
  }
}
