package org.hitc.journeys;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hitc.channel.Reply;
import org.hitc.channel.Request;
import org.hitc.channel.codec.RecordCodec;
import org.hitc.channel.codec.RequestCodec;
import org.hitc.it.Axe;
import org.hitc.it.Browser;
import org.hitc.it.Chromium;
import org.hitc.it.Product;
import org.hitc.it.SharedChromium;
import org.hitc.redteam.Jail;
import org.hitc.redteam.Siege;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** How long a session lasts, who is told, and who ends it; on a product of its own. */
@DisplayName("The life of a session")
@DisplayNameGeneration(ReplaceUnderscores.class)
@ExtendWith(SharedChromium.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionLifeTest {
  private static final Pattern END = Pattern.compile("name=\"end\" value=\"([0-9a-f]+)\"");
  private static final Pattern OWN = Pattern.compile("name=\"but\" value=\"([0-9a-f]+)\"");

  private final Chromium chromium;
  private Product product;

  SessionLifeTest(Chromium chromium) {
    this.chromium = chromium;
  }

  @BeforeAll
  void start() {
    Siege.requireReal();
    product = Product.start();
  }

  @AfterAll
  void stop() {
    if (product != null) {
      product.close();
    }
  }

  private Browser signedIn(String user) {
    return new Browser(product.site()).signIn(user);
  }

  @Nested
  class Its_user {

    @Test
    void sees_where_else_she_is_signed_in_and_ends_it() {
      Browser anna = signedIn("anna");
      Browser lost = signedIn("anna");
      anna.post("/sessions", Map.of("but", anna.get("/sessions").found(OWN)));
      Browser other = signedIn("anna");

      Browser.Page list = anna.get("/sessions");
      assertThat(list.words()).contains("This browser", "127.0.0.1", "Password");
      assertThat(list.all(END)).hasSize(1);
      assertThat(anna.post("/sessions", Map.of("end", list.found(END))).words())
          .contains("These sessions are left");

      for (Browser ended : List.of(lost, other)) {
        Browser.Page out = ended.get("/");
        assertThat(out.at()).isEqualTo("/login");
        assertThat(out.words()).contains("from another of your sessions", "Not Anna");
      }
      assertThat(anna.get("/").at()).isEqualTo("/");
      assertThat(product.audit("session-ended", "ended from another session"))
          .hasSizeGreaterThan(1);
    }

    @Test
    @DisplayName("99: cannot end somebody else's, whatever handle is sent")
    void ends_nobody_elses() {
      Browser anna = signedIn("anna");
      signedIn("anna");
      Browser.Page list = anna.get("/sessions");
      Browser bert = signedIn("bert");

      for (String handle : List.of(list.found(END), list.found(OWN), "0".repeat(32), "0")) {
        assertThat(bert.post("/sessions", Map.of("end", handle)).status()).isEqualTo(404);
        assertThat(bert.post("/sessions", Map.of("but", handle)).status()).isEqualTo(404);
      }
      assertThat(anna.get("/sessions").all(END)).hasSameSizeAs(list.all(END));
      assertThat(product.audit("E-SESS-UNKNOWN", "\"user\":\"bert\"")).isNotEmpty();
    }

    @Test
    void stays_signed_in_without_script_and_comes_back_to_where_she_was() {
      Browser anna = signedIn("anna");
      Browser.Page session = anna.get("/session?next=/w/budget_12");
      assertThat(session.words()).contains("You will be signed out in", "In any case");

      assertThat(
              anna.postOnly("/session", Map.of("next", "/w/budget_12"))
                  .headers()
                  .firstValue("Location"))
          .contains("/w/budget_12");
    }
  }

  @Nested
  class The_operator {
    private List<String> hitc(String... words) {
      List<String> all = new ArrayList<>(List.of("sessions", words[0]));
      all.addAll(List.of("--config", product.folder().resolve("etc/listener.yaml").toString()));
      all.addAll(List.of(words).subList(1, words.length));
      return Product.command(all);
    }

    private String id(String user) {
      return Product.run(hitc("list", "--user", user))
          .lines()
          .skip(1)
          .findFirst()
          .orElseThrow()
          .replaceFirst(" .*", "");
    }

    private void awaitAudit(String... parts) throws InterruptedException {
      for (int i = 0; i < 100 && product.audit(parts).isEmpty(); i++) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      assertThat(product.audit(parts)).isNotEmpty();
    }

    @Test
    void lists_sessions_without_any_token_and_leaves_no_file_of_root() throws IOException {
      Browser anna = signedIn("anna");

      String list = Product.run(hitc("list"));

      assertThat(list).contains("SESSION", "anna", "127.0.0.1").doesNotContain(anna.token());
      try (Stream<Path> files = Files.walk(product.folder().resolve("state"))) {
        for (Path file : (Iterable<Path>) files::iterator) {
          assertThat(Files.readAttributes(file, PosixFileAttributes.class).owner().getName())
              .as(file.toString())
              .isEqualTo(Files.getOwner(product.folder().resolve("state")).getName());
        }
      }
    }

    @Test
    @DisplayName("95: ends one, all of a user, everybody's: at once, and it is audited")
    void ends_sessions() throws Exception {
      Product.run(hitc("end", "--everybody", "--yes"));
      Browser anna = signedIn("anna");
      Browser bert = signedIn("bert");
      String id = id("anna");
      Product.run(hitc("end", "--session", id));
      assertThat(anna.get("/").words()).contains("by an administrator");
      assertThat(bert.get("/").at()).isEqualTo("/");
      awaitAudit("administered", "sessions-end", "session " + id, "of anna", "root (0)");

      Browser again = signedIn("anna");
      Product.run(hitc("end", "--user", "anna"));
      long ended = System.nanoTime();
      assertThat(again.get("/").words()).contains("by an administrator");
      assertThat(Duration.ofNanos(System.nanoTime() - ended)).isLessThan(Duration.ofSeconds(1));
      assertThat(bert.get("/").at()).isEqualTo("/");
      awaitAudit("administered", "\"subject\":\"user anna\"");

      Product.run(hitc("end", "--everybody", "--yes"));
      assertThat(bert.get("/").at()).isEqualTo("/login");
      awaitAudit("administered", "\"subject\":\"everybody\"");
      assertThat(signedIn("bert").get("/").at()).isEqualTo("/");
    }

    @Test
    void is_told_what_does_not_work() throws Exception {
      for (List<String> wrong :
          List.of(
              hitc("end"),
              hitc("end", "--everybody"),
              hitc("end", "--session", "0"),
              hitc("end", "--session", "0".repeat(12)),
              hitc("end", "--user", "no name"),
              hitc("list", "--limit", "0"))) {
        Process process = new ProcessBuilder(wrong).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isNotZero();
      }
    }
  }

  @Nested
  class A_page_in_a_real_browser {

    @Test
    void keeps_what_was_typed_on_the_screen_when_somebody_signed_out_elsewhere() {
      try (Chromium.Window window = chromium.open(product.site(), Chromium.Script.ON, "en")) {
        Page page = window.page();
        page.clock().install();
        signIn(page);
        page.navigate("/w/mail_forward");
        page.locator("#field-forward_to").fill("typed@example.org");
        endElsewhere(page);

        page.clock().fastForward("28:30");

        assertThat(page.locator("#session-out")).isVisible();
        assertThat(page.locator("#field-forward_to")).hasValue("typed@example.org");
        assertThat(window.complaints()).isEmpty();
      }
    }

    @Test
    void without_anything_typed_goes_to_the_sign_in_and_shows_no_report_any_longer() {
      try (Chromium.Window window = chromium.open(product.site(), Chromium.Script.ON, "en")) {
        Page page = window.page();
        page.clock().install();
        signIn(page);
        page.navigate("/jobs");
        endElsewhere(page);

        page.clock().fastForward("29:00");

        page.waitForURL("**/login?next=%2Fjobs");
      }
    }

    @Test
    void does_not_warn_while_the_session_is_used_elsewhere() {
      try (Chromium.Window window = chromium.open(product.site(), Chromium.Script.ON, "en")) {
        Page page = window.page();
        page.clock().install();
        signIn(page);

        page.waitForResponse(
            "**/session",
            () -> {
              page.clock().fastForward("29:00");
              page.clock().runFor(1000);
            });

        assertThat(page.locator("#session")).isHidden();
      }
    }

    @Test
    void sends_the_other_windows_away_when_somebody_signs_out() {
      try (Chromium.Window window = chromium.open(product.site(), Chromium.Script.ON, "en")) {
        Page page = window.page();
        signIn(page);
        Page other = page.context().newPage();
        other.navigate("/jobs");

        page.locator("header form button").click();

        other.waitForURL("**/login?out=1");
      }
    }

    @Test
    @DisplayName(
        "91: warns before the end, all windows alike; polling is no sign of life, staying is")
    void warns() {
      try (Chromium.Window window = chromium.open(product.site(), Chromium.Script.ON, "en")) {
        Page page = window.page();
        shortSession(page.context());
        page.navigate("/w/mail_forward");
        Page jobs = page.context().newPage();
        jobs.navigate("/jobs");
        Page job = page.context().newPage();
        job.navigate("/w/closing");
        job.locator("#field-ledgers").fill("99");
        job.locator("main button").click();
        job.locator("#log").waitFor();

        opens(page);
        assertThat(page.locator("#session-words")).isFocused();
        assertThat(page.locator("#session-words")).containsText("We will sign you out in");
        assertThat(page.locator("#session")).containsText("what you typed is kept");
        assertThat(Axe.violations(page)).isEmpty();
        opens(job);
        page.keyboard().press("Escape");
        assertThat(page.locator("#session")).isHidden();
        assertThat(job.locator("#session")).isHidden();

        // When the job has ended, its page would go to the result: that is not what is waited for.
        job.close();

        page.locator("#field-forward_to").fill("late@example.org");
        int programs = product.audit("program-started").size();
        opens(page);
        assertThat(page.locator("h1"))
            .containsText(
                "because you did nothing for 1 minute",
                new LocatorAssertions.ContainsTextOptions().setTimeout(90_000));
        assertThat(page.locator(".notice")).containsText("Nothing was sent.");
        assertThat(page.locator(".notice")).containsText("What you typed in “Mail forwarding”");
        assertThat(page.locator("#user")).hasValue("anna");
        assertThat(Axe.violations(page)).as("the sign-in, with entries kept").isEmpty();
        jobs.waitForURL("**/login?next=%2Fjobs");
        page.locator("#password").fill("demo");
        page.locator("main form").first().locator("button").click();
        assertThat(page.locator("#field-forward_to")).hasValue("late@example.org");
        assertThat(product.audit("program-started")).hasSize(programs);
        assertThat(window.complaints()).isEmpty();
      }
    }

    private void opens(Page page) {
      assertThat(page.locator("#session"))
          .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(70_000));
    }

    /** What the protocol allows and the sign-in page does not offer: one minute. */
    private void shortSession(BrowserContext context) {
      try (Jail jail = Jail.breakInto(product)) {
        Jail.Answer answer =
            jail.ask(
                RequestCodec.encode(new Request.Login("anna", "demo", "1", "127.0.0.1", "en")));
        assertThat(RecordCodec.decode(Reply.class, answer.page()))
            .isInstanceOf(Reply.SignedIn.class);
        context.addCookies(
            List.of(
                new Cookie("__Host-hitc", answer.token().orElseThrow())
                    .setUrl(product.site().toString().replace("http:", "https:"))
                    .setHttpOnly(true)
                    .setSecure(true)));
      }
    }

    private void signIn(Page page) {
      page.navigate("/login");
      page.locator("#user").fill("anna");
      page.locator("#password").fill("demo");
      page.locator("main button").click();
      page.waitForURL("/");
    }

    private void endElsewhere(Page page) {
      Browser copy = new Browser(product.site());
      copy.useToken(page.context().cookies().getFirst().value);
      copy.post("/logout", Map.of());
    }
  }
}
