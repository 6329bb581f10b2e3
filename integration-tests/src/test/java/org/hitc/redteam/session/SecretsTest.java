package org.hitc.redteam.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.hitc.redteam.Siege;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is typed into a password field goes to a program's input and nowhere else. */
@DisplayName("A secret")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String SECRET = "S3cretOfAnna";

  private Product product;
  private Path got;

  @BeforeAll
  void start() throws Exception {
    Siege.requireReal();
    product = Product.start();
    got = product.scratch().resolve("got");
    // It shows its length only, and stays for a while, so that one can look at it.
    Unlock.addTo(
        product,
        """
        #!/bin/sh
        IFS= read -r word
        IFS= read -r secret
        echo "$word ${#secret}" > 'GOT'
        sleep 2
        echo "LENGTH ${#secret}"
        """
            .replace("GOT", got.toString()));
  }

  @AfterAll
  void stop() {
    if (product != null) {
      product.close();
    }
  }

  @Test
  @DisplayName("101, 145: stands in no log, audit, store, file, command line, environment or page")
  void nowhere() throws IOException {
    Browser anna = new Browser(product.site()).signIn("anna");
    Browser.Page form = anna.get("/w/unlock");
    Browser.Page wrong = anna.submit(form, Map.of("word", "too long a word", "secret", SECRET));
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.body()).contains("too long a word").doesNotContain(SECRET);

    CompletableFuture<Browser.Page> asked =
        CompletableFuture.supplyAsync(
            () -> anna.copy().submit(form, Map.of("word", "open", "secret", SECRET)));
    await().atMost(PATIENCE).until(() -> Files.exists(got) && Files.size(got) > 0);
    assertThat(Files.readString(got)).isEqualTo("open " + SECRET.length() + "\n");
    assertThat(commandLines()).noneMatch(line -> line.contains(SECRET));
    Browser.Page job = asked.join();
    await()
        .atMost(PATIENCE)
        .until(() -> anna.get(job.at()).words().contains("LENGTH " + SECRET.length()));
    Browser.Page shown = anna.get(job.at());

    assertThat(shown.body()).doesNotContain(SECRET);
    assertThat(anna.get("/jobs").body()).contains("open").doesNotContain(SECRET);
    assertThat(anna.get("/").body()).doesNotContain(SECRET);
    String way = shown.found(Pattern.compile("<li><a href=\"(/w/[^\"]+)\"><bdi>"));
    assertThat(anna.get(way).body()).contains("value=\"open\"").doesNotContain(SECRET);
    assertThat(product.filesWith(SECRET)).isEmpty();
  }

  @Test
  @DisplayName("101: of a session, or a password, stands in no file either")
  void tokens() throws Exception {
    Browser anna = new Browser(product.site()).signIn("anna");
    anna.budget("204110", "2026-06");
    anna.post("/login", Map.of("user", "anna", "password", SECRET, "idle", "30", "next", "/"));
    anna.post("/login", Map.of("user", SECRET + " ", "password", "x", "idle", "30", "next", "/"));
    String token = anna.token();

    assertThat(token).hasSizeGreaterThan(60);
    Browser bert = new Browser(product.site()).signIn("bert");
    String other = bert.token();
    bert.useToken(token.substring(0, token.length() - 60) + "A".repeat(60));
    bert.get("/");
    // The checkpoints, too, which a stop writes.
    long starts = product.starts("listener");
    product.signal("TERM", "listener");
    product.awaitStarts("listener", starts + 1);
    List<String> searched = product.files().stream().map(f -> f.getFileName().toString()).toList();
    assertThat(searched)
        .contains("gateway.log", "listener.log", "audit.log", "audit.checkpoints")
        .contains("store.db", "store.db-wal", "users");
    for (String secret :
        List.of(
            token.substring(token.length() - 64, token.length() - 24),
            token.substring(20, 60),
            other.substring(other.length() - 64, other.length() - 24),
            SECRET)) {
      assertThat(product.filesWith(secret)).as("%s...", secret.substring(0, 6)).isEmpty();
      assertThat(commandLines()).noneMatch(line -> line.contains(secret));
    }
  }

  /** Command lines and environments of everything that runs here. */
  private static List<String> commandLines() throws IOException {
    List<String> all = new ArrayList<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process :
          processes.filter(p -> p.getFileName().toString().matches("[0-9]+")).toList()) {
        for (String of : List.of("cmdline", "environ")) {
          try {
            all.add(
                new String(Files.readAllBytes(process.resolve(of)), StandardCharsets.ISO_8859_1));
          } catch (IOException _) {
            // It has ended.
          }
        }
      }
    }
    return all;
  }
}
