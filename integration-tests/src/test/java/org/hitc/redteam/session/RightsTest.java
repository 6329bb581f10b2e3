package org.hitc.redteam.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.hitc.redteam.Probe;
import org.hitc.redteam.Siege;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Rights that end in the middle of a visit. */
@DisplayName("A right")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RightsTest {
  private static final Pattern ROW = Pattern.compile("href=\"(/w/[^\"]+/row/[^\"]+)\"");

  private Product product;
  private Path access;
  private Path users;
  private String allowed;
  private String known;

  @BeforeAll
  void start() throws IOException {
    Siege.requireReal();
    product = Product.start();
    access = product.folder().resolve("etc/programs/data/access");
    users = product.users();
    allowed = Files.readString(access);
    known = Files.readString(users);
  }

  @AfterEach
  void give_back() throws IOException {
    rewrite(access, allowed);
    rewrite(users, known);
  }

  @AfterAll
  void stop() {
    if (product != null) {
      product.close();
    }
  }

  /** In place, so that the file keeps its owner. */
  private static void rewrite(Path file, String content) throws IOException {
    Files.writeString(file, content, StandardOpenOption.TRUNCATE_EXISTING);
  }

  @Test
  @DisplayName("94, 110: that a guard has taken away between report and row opens no row any more")
  void guardSaysNoTheSecondTime() throws IOException {
    Browser anna = new Browser(product.site()).signIn("anna");
    Browser.Page report = anna.budget("204110", "2026-06");
    String row = report.found(ROW);
    int runs = product.runs("trans12");
    assertThat(anna.get(row).words()).contains("Transactions of object");

    rewrite(access, allowed.replace("anna 204110\n", ""));

    try (Probe _ = Probe.start(product)) {
      for (String path : new String[] {row, report.at() + "/again"}) {
        Browser.Page refused = anna.get(path);
        assertThat(refused.status()).as(path).isEqualTo(403);
        assertThat(refused.words())
            .contains("no access to account 204110")
            .doesNotContain("118,752.50", "Transactions of object");
      }
    }
    assertThat(product.runs("trans12")).isEqualTo(runs + 1);
    assertThat(anna.budget("204120", "2026-06").words()).contains("Budget of account 204120");
  }

  @Test
  @DisplayName("94: that a role gave is gone for every page of a visit that has begun")
  void roleTakenAway() throws IOException {
    Browser anna = new Browser(product.site()).signIn("anna");
    Browser.Page form = anna.get("/w/budget_12");
    Browser.Page report = anna.budget("204110", "2026-06");
    int runs = product.runs("budget12");

    rewrite(users, known.replaceFirst("(?m)^(anna:.*):fis_user:", "$1:guest:"));

    await().atMost(Duration.ofSeconds(10)).until(() -> anna.get("/w/budget_12").status() == 403);
    Map<String, String> values =
        Map.of("account", "204110", "period", form.option("period", "2026-06"));
    assertThat(anna.submit(form, values).status()).isEqualTo(403);
    for (String path :
        new String[] {
          report.at(), report.at() + "/again", report.found(ROW), report.at() + "/download/csv"
        }) {
      Browser.Page refused = anna.get(path);
      assertThat(refused.status()).as(path).isEqualTo(403);
      assertThat(refused.body()).doesNotContain("118,752.50", "118752.50");
    }
    assertThat(anna.get("/").words()).doesNotContain("Budget by object code");
    assertThat(anna.get("/w/mail_forward").status()).isEqualTo(200);
    assertThat(product.runs("budget12")).isEqualTo(runs);
  }

  @Test
  @DisplayName("94: to sign in that is taken away ends the session")
  void disabled() throws IOException {
    Browser anna = new Browser(product.site()).signIn("anna");
    Browser bert = new Browser(product.site()).signIn("bert");

    rewrite(users, known.replaceFirst("(?m)^anna:", "anna:!"));

    await().atMost(Duration.ofSeconds(10)).until(() -> anna.get("/").at().startsWith("/login"));
    assertThat(
            anna.post(
                    "/login", Map.of("user", "anna", "password", "demo", "idle", "30", "next", "/"))
                .status())
        .isEqualTo(422);
    assertThat(bert.get("/").words()).contains("Budget by object code");
  }
}
