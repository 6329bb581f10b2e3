package org.hitc.redteam.runas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hitc.channel.Refusal;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.hitc.redteam.Siege;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A program that runs as the signed-in user: what it is, and that it ends with what it belongs to.
 */
@DisplayName("A step that runs as its user")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunAsUserTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Product product;

  @BeforeAll
  void start() throws Exception {
    Siege.requireReal();
    product = Product.start();
    product.addLaunched(
        "who",
        """
        #!/bin/sh
        echo "UIDS $(grep ^Uid: /proc/self/status | cut -f2-5 | tr '\\t' ' ')"
        echo "GIDS $(grep ^Gid: /proc/self/status | cut -f2-5 | tr '\\t' ' ')"
        echo "GROUPS $(id -G)"
        echo "CAPS $(grep -E '^Cap(Inh|Prm|Eff|Bnd|Amb):' /proc/self/status | cut -f2 | tr '\\n' ' ')"
        echo "NNP $(grep ^NoNewPrivs: /proc/self/status | cut -f2)"
        echo "FDS $(ls /proc/$$/fd | tr '\\n' ' ')"
        echo "TTY $(ps -o tty= -p $$ 2>/dev/null || cut -d' ' -f7 /proc/$$/stat)"
        echo "PWD $(pwd)"
        echo "UMASK $(umask)"
        echo "CORE $(ulimit -c)"
        echo "ENV $(env | cut -d= -f1 | grep -v -E '^(_|PWD|OLDPWD|SHLVL)$' | sort | tr '\\n' ' ')"
        echo "SEES $(ls -d /proc/[0-9]* | wc -l)"
        (exec 3<>/dev/tty) 2>/dev/null && echo "HAS A TERMINAL"
        echo written > /dev/stderr && echo "STDERR CAN BE OPENED"
        setpriv --reuid 0 true 2>/dev/null && echo "IS ROOT AGAIN"
        unshare -r true 2>/dev/null && echo "IS ROOT OF ITS OWN"
        su -c true 2>/dev/null </dev/null && echo "SU HELPS"
        [ -r /etc/shadow ] && echo "READS SHADOW"
        echo END
        """,
        "");
    // One stays in the group, one leaves the session, one has lost its parents.
    product.addLaunched(
        "flee",
        """
        #!/bin/sh
        sleep 7101 & setsid sleep 7102 & (setsid sh -c 'sleep 7103 & sleep 7104 &' &)
        sleep 0.3
        echo LEFT
        """,
        "");
    product.addLaunched("stay", "#!/bin/sh\n(setsid sleep 7201 &)\nsleep 7202\n", "");
    product.define(
        Map.of("who", workflow("who"), "flee", workflow("flee"), "stay", workflow("stay")));
  }

  @AfterAll
  void stop() {
    if (product != null) {
      product.close();
    }
  }

  private static String workflow(String program) {
    return """
    workflow: %1$s
    title: %1$s
    roles: [everyone]
    run_as: user
    steps:
      - form: ask
        title: Now?
        fields:
          word: { label: Word, required: false }
      - run: %1$s
        output: text
    """
        .formatted(program);
  }

  private Browser signedIn(String user) {
    return new Browser(product.site()).signIn(user);
  }

  private Browser.Page begin(Browser browser, String workflow) {
    return browser.submit(browser.get("/w/" + workflow), Map.of("word", "x"));
  }

  /** The address of a job that goes on. */
  private String beginLong(Browser browser, String workflow) {
    Browser.Page begun = browser.submitOnly(browser.get("/w/" + workflow), Map.of("word", "x"));
    assertThat(begun.status()).isEqualTo(303);
    return begun.headers().firstValue("Location").orElseThrow();
  }

  private String shown(Browser browser, Browser.Page job, String words) {
    await().atMost(PATIENCE).until(() -> browser.get(job.at()).words().contains(words));
    return browser.get(job.at()).words();
  }

  private List<String> processes(String user) throws IOException {
    return Product.processesOf(product.uid(user));
  }

  private void awaitNone(String user) {
    await("nothing of " + user + " is left")
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(processes(user)).isEmpty());
  }

  @Test
  @DisplayName("128, 132-135, 141, 143, 144: is that user and nothing more, and cannot become more")
  void evidence() {
    Browser anna = signedIn("anna");
    int uid = product.uid("anna");

    String words = shown(anna, begin(anna, "who"), "END");

    assertThat(words)
        .contains("UIDS %1$d %1$d %1$d %1$d".formatted(uid))
        .contains("GIDS %1$d %1$d %1$d %1$d".formatted(uid))
        .contains("GROUPS %d CAPS".formatted(uid))
        .contains("CAPS " + "0000000000000000 ".repeat(5))
        .contains("NNP 1", "PWD / ", "UMASK 0077", "CORE 0")
        .contains("TTY ? PWD")
        .contains("STDERR CAN BE OPENED")
        .doesNotContain(
            "IS ROOT", "SU HELPS", "READS SHADOW", "HAS A TERMINAL", "permission denied");
    assertThat(after(words, "FDS ", " TTY").split(" ", -1))
        .as("descriptors; the shell has its script and its substitution open as well")
        .containsOnly("0", "1", "2", "3", "10");
    assertThat(after(words, "ENV ", " SEES").split(" ", -1))
        .as("variables")
        .containsOnly(
            "HITC_JOB",
            "HITC_LANGUAGE",
            "HITC_RUN",
            "HITC_USER",
            "HOME",
            "LANG",
            "LOGNAME",
            "PATH",
            "TZ",
            "USER");
    assertThat(Integer.parseInt(after(words, "SEES ", " STDERR")))
        .as("processes that it sees")
        .isLessThan(12);
  }

  private static String after(String words, String from, String to) {
    int begin = words.indexOf(from) + from.length();
    return words.substring(begin, words.indexOf(to, begin));
  }

  @Test
  @DisplayName("138: ends with all that it started, also what left its session")
  void flee() throws IOException {
    Browser anna = signedIn("anna");

    shown(anna, begin(anna, "flee"), "LEFT");

    awaitNone("anna");
  }

  @Test
  @DisplayName("is ended by who began it, and everything with it")
  void cancelled() throws IOException {
    Browser anna = signedIn("anna");
    String job = beginLong(anna, "stay");
    await().atMost(PATIENCE).until(() -> processes("anna").size() >= 2);

    anna.post(job + "/cancel", Map.of());

    awaitNone("anna");
    assertThat(product.launches()).contains("\"how\":\"cancelled\"");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(anna.get(job).words())
                .contains(Siege.words(Refusal.JOB_CANCELLED))
                .doesNotContain(Siege.words(Refusal.RUN_DOWN)));
  }

  @Test
  @DisplayName("is ended without touching those of somebody else")
  void others() throws IOException, InterruptedException {
    Browser anna = signedIn("anna");
    Browser bert = signedIn("bert");
    String job = beginLong(anna, "stay");
    beginLong(bert, "stay");
    await()
        .atMost(PATIENCE)
        .until(() -> processes("anna").size() >= 2 && processes("bert").size() >= 2);

    anna.post(job + "/cancel", Map.of());

    awaitNone("anna");
    assertThat(processes("bert")).hasSizeGreaterThanOrEqualTo(2);
    product.killAndAwaitRestart("listener");
    awaitNone("bert");
  }

  @Test
  @DisplayName("150: dies with the listener, in whose name it runs")
  void listenerKilled() throws Exception {
    Browser anna = signedIn("anna");
    beginLong(anna, "stay");
    await().atMost(PATIENCE).until(() -> processes("anna").size() >= 2);

    product.killAndAwaitRestart("listener");

    awaitNone("anna");
    await()
        .atMost(PATIENCE)
        .until(() -> anna.get("/w/mail_forward").words().contains("Where should your mail go?"));
  }

  @Test
  @DisplayName("151: dies with the launcher; grants of before are good no longer")
  void launcherKilled() throws Exception {
    Browser anna = signedIn("anna");
    beginLong(anna, "stay");
    await().atMost(PATIENCE).until(() -> processes("anna").size() >= 2);
    long starts = product.starts("launcher");

    try (Product.NobodyRevives _ = product.killForNow("launcher")) {
      awaitNone("anna");
      Browser.Page down = anna.get("/w/mail_forward");
      assertThat(settled(anna, down)).contains(Siege.words(Refusal.RUN_DOWN));
      assertThat(anna.budget("204110", "2026-06").body())
          .as("everything else")
          .contains("169,613.25");
    }
    product.awaitStarts("launcher", starts + 1);

    assertThat(settled(anna, anna.get("/w/mail_forward"))).contains(Siege.words(Refusal.RUN_GRANT));
    assertThat(signedIn("anna").get("/w/mail_forward").words())
        .contains("Where should your mail go?");
  }

  @Test
  @DisplayName("does not begin while the launcher hangs, and nobody else waits for that")
  void launcherHangs() throws IOException {
    Browser anna = signedIn("anna");
    Browser bert = signedIn("bert");
    String java =
        ProcessHandle.of(product.pid("launcher"))
            .flatMap(unshare -> unshare.children().findFirst())
            .map(process -> Long.toString(process.pid()))
            .orElseThrow();
    Product.run(List.of("kill", "-STOP", java));
    try {
      List<Browser> people = List.of(anna, bert, anna, bert);
      List<String> jobs = new ArrayList<>();
      for (Browser one : people) {
        jobs.add(beginLong(one, "stay"));
      }
      long before = System.nanoTime();
      assertThat(bert.get("/").status()).isEqualTo(200);
      assertThat(anna.budget("204110", "2026-06").body()).contains("169,613.25");
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
      for (int i = 0; i < jobs.size(); i++) {
        Browser one = people.get(i);
        String job = jobs.get(i);
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> assertThat(one.get(job).words()).contains(Siege.words(Refusal.RUN_DOWN)));
      }
    } finally {
      Product.run(List.of("kill", "-CONT", java));
    }
    assertThat(settled(anna, anna.get("/w/mail_forward"))).contains("Where should your mail go?");
    awaitNone("anna");
    awaitNone("bert");
  }

  /** The page as it is when its job has ended. */
  private static String settled(Browser browser, Browser.Page page) {
    await()
        .atMost(PATIENCE)
        .until(() -> !browser.get(page.at()).words().contains("This page shows what comes"));
    return browser.get(page.at()).words();
  }

  @Test
  @DisplayName(
      "130, 149: is refused when the policy does not know it; a broken policy changes nothing")
  void policy() throws Exception {
    product.addProgram("unlisted", "#!/bin/sh\necho LISTED\n", "as: user");
    product.define("unlisted", workflow("unlisted"));
    Browser anna = signedIn("anna");
    assertThat(settled(anna, begin(anna, "unlisted")))
        .contains(Siege.words(Refusal.RUN_POLICY))
        .doesNotContain("LISTED");

    Path file = product.folder().resolve("etc/launcher.yaml");
    String good = Files.readString(file);
    Files.writeString(file, good + "nonsense: yes\n");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          shown(anna, begin(anna, "who"), "END");
          assertThat(product.launches()).contains("nonsense");
        });
    Files.writeString(file, good);
    assertThat(shown(anna, begin(anna, "who"), "END")).contains("NNP 1");
  }
}
