package org.hitc.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.core.ThrowingRunnable;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.Request;
import org.hitc.channel.codec.RecordCodec;
import org.hitc.channel.codec.RequestCodec;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.hitc.redteam.Jail;
import org.hitc.redteam.Siege;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Pages in the reader's language, and the words of a site, which change while it runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LanguagesJourneyTest {
  /** 2 s are promised on a machine that does nothing else. */
  private static final Duration SOON = Duration.ofSeconds(4);

  private static final Pattern GENERATION = Pattern.compile("GENERATION-([0-9]+)");
  private static final int GENERATIONS = 4;

  private static final String TYPED =
      """
      workflow: typed
      title: Typed
      roles: [everyone]
      steps:
        - form: ask
          title: How much?
          fields:
            amount: { label: Amount, type: amount, decimals: 2 }
            day:    { label: Day, type: date }
        - run: list_periods
          output: text
      """;

  private final Product product = Product.start();
  private final Path words = product.chroot().resolve("messages");

  @AfterEach
  void sayNothingSpecial() throws IOException {
    try (var files = Files.list(words)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  @AfterAll
  void stop() {
    product.close();
  }

  private static void soon(ThrowingRunnable happens) {
    await().atMost(SOON).pollInterval(Duration.ofMillis(50)).untilAsserted(happens);
  }

  private Browser browser(String languages) {
    return new Browser(product.site(), languages);
  }

  /** As an editor saves: nobody reads half of it. */
  private void say(String file, String text) throws IOException {
    Path next = Files.writeString(product.folder().resolve("next"), text, StandardCharsets.UTF_8);
    Files.move(next, words.resolve(file), StandardCopyOption.ATOMIC_MOVE);
  }

  private static String language(Browser.Page page) {
    return page.found(Pattern.compile("<html lang=\"([^\"]+)\""));
  }

  @Test
  void the_browser_chooses_until_the_user_does_and_that_is_remembered_everywhere() {
    soon(() -> assertThat(browser("en").get("/login").body()).contains("Français"));
    Browser bert = browser("es-MX,es;q=0.9").signIn("bert");
    // The two processes look at the files of the site each by itself.
    soon(() -> assertThat(bert.get("/").words()).contains("¿", "Cerrar sesión", "Presupuesto"));

    Browser.Page french = bert.get("/language/fr?next=/jobs");
    assertThat(french.at()).isEqualTo("/jobs");
    assertThat(language(french)).isEqualTo("fr");
    Browser elsewhere = browser("ja").signIn("bert");
    assertThat(language(elsewhere.get("/"))).isEqualTo("fr");
    assertThat(language(elsewhere.get("/help"))).as("the gateway's own page").isEqualTo("fr");

    Browser before = browser("en");
    assertThat(language(before.get("/language/ar?next=/login"))).isEqualTo("ar");
    before.signIn("bert");
    assertThat(language(before.get("/"))).isEqualTo("ar");
    assertThat(language(browser("en").signIn("bert").get("/"))).isEqualTo("ar");
  }

  @Test
  void a_half_filled_form_keeps_what_was_typed_and_what_it_means() throws Exception {
    product.define("typed", TYPED);
    Browser anna = browser("en").signIn("anna");
    Browser.Page form = anna.get("/language/de?next=/w/typed");
    Browser.Page english =
        anna.post(
            form.action() + "/in/en",
            Map.of("ticket", form.ticket(), "v.amount", "1.234,5", "v.day", "5.6.2026"));
    assertThat(language(english)).isEqualTo("en");
    assertThat(english.body()).contains("value=\"1234.5\"", "value=\"6/5/2026\"");
    Browser.Page arabic =
        anna.post(
            english.action() + "/in/ar",
            Map.of("ticket", english.ticket(), "v.amount", "1,234.50", "v.day", "soon"));
    assertThat(arabic.body()).contains("<html lang=\"ar\" dir=\"rtl\"", "value=\"soon\"");
  }

  @Test
  void right_to_left_pages_leave_codes_and_printouts_as_they_are() {
    Browser anna = browser("en").signIn("anna");
    Browser.Page form = anna.get("/language/ar?next=/w/budget_12");
    Browser.Page report =
        anna.submit(form, Map.of("account", "204110", "period", form.option("period", "2026-06")));
    assertThat(report.body())
        .contains("<html lang=\"ar\" dir=\"rtl\"", "\u2068204110\u2069", "12,386.75");
    assertThat(anna.get(report.at() + "?as=text").body()).containsPattern("<pre[^>]* dir=\"ltr\"");
  }

  @Test
  void one_file_and_one_line_add_a_language() throws Exception {
    say("languages", "en de\nsv\n");
    say(
        "messages_sv.properties",
        "home.title = Vad vill du göra?\nsignin.button = Logga in\nframe.sign_out = Logga ut\n");
    Browser anna = browser("en").signIn("anna");
    soon(() ->
        assertThat(anna.get("/language/sv?next=/").body())
            .contains("<html lang=\"sv\"", "Vad vill du göra?", "Logga ut")
            .contains("<bdi lang=\"en\" dir=\"ltr\">Budget by object code</bdi>"));
    assertThat(anna.get("/").body())
        .contains("aria-current=\"true\" lang=\"sv\"", ">Svenska</span>")
        .doesNotContain("Français");
  }

  @Test
  void what_is_wrong_is_refused_by_both_processes_and_the_old_words_stay() throws Exception {
    say("messages_de.properties", "frame.sign_out = Tschüss\nhome.title = Na?\n");
    Browser anna = browser("de").signIn("anna");
    anna.get("/language/de?next=/");
    soon(() -> assertThat(anna.get("/").words()).contains("Tschüss", "Na?"));

    say("messages_de.properties", "frame.sign_out = <b>Raus</b>\nhome.title = {who}?\n");
    product.awaitLog("listener", "the words of this site were not loaded");
    product.awaitLog("gateway", "the words of this site were not loaded");
    assertThat(product.log("listener")).contains("messages_de.properties:2: home.title");
    assertThat(product.log("gateway")).contains("messages_de.properties:1: frame.sign_out");
    assertThat(product.audit("config-loaded", "messages", "\"accepted\":false")).isNotEmpty();
    assertThat(anna.get("/").words()).contains("Tschüss", "Na?").doesNotContain("Raus", "{who}");

    say("messages_de.properties", "frame.sign_out = Ade\n");
    soon(() -> assertThat(anna.get("/").words()).contains("Ade").doesNotContain("Na?"));
  }

  @Test
  void whoever_owns_the_web_side_chooses_only_what_is_offered() throws Exception {
    Siege.requireReal();
    Browser anna = browser("en").signIn("anna");
    anna.get("/language/de?next=/");
    try (Jail jail = Jail.breakInto(product)) {
      for (String tag : List.of("tlh", "sv", "en-XD", "de-DE")) {
        Jail.Answer answer =
            jail.ask(RequestCodec.encode(new Request.Speak(anna.token(), tag, "en")));
        assertThat(RecordCodec.decode(Reply.class, answer.page()))
            .isInstanceOfSatisfying(
                Reply.Refused.class,
                refused -> assertThat(refused.why()).isEqualTo(Refusal.REQ_SYNTAX));
      }
    }
    assertThat(product.audit("E-REQ-SYNTAX", "no language that is offered"))
        .hasSizeGreaterThanOrEqualTo(4);
    assertThat(language(anna.get("/"))).isEqualTo("de");
  }

  /** What the listener says on one page comes from one reading of the files, also under load. */
  @Test
  void a_page_never_mixes_two_generations() throws Exception {
    Browser anna = browser("en").signIn("anna");
    anna.get("/language/en?next=/");
    String report = anna.budget("204110", "2026-06").at();
    generation(0);
    soon(() -> assertThat(generations(anna.get(report))).containsExactly("0"));
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService readers = Executors.newFixedThreadPool(4)) {
      List<Future<Set<String>>> seen = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Browser reader = anna.copy();
        seen.add(
            readers.submit(() -> {
              Set<String> all = new java.util.TreeSet<>();
              while (!over.get()) {
                Set<String> here = generations(reader.get(report));
                assertThat(here).as("on one page").hasSize(1);
                all.addAll(here);
              }
              return all;
            }));
      }
      for (int n = 1; n < GENERATIONS; n++) {
        say("messages_en.properties", "report.total = GENERATION-9{\n");
        TimeUnit.MILLISECONDS.sleep(1100);
        generation(n);
        String now = Integer.toString(n);
        soon(() -> assertThat(generations(anna.get(report))).containsExactly(now));
      }
      over.set(true);
      for (Future<Set<String>> all : seen) {
        assertThat(all.get()).hasSizeGreaterThan(2).doesNotContain("9");
      }
    }
  }

  private void generation(int n) throws IOException {
    String mark = " GENERATION-" + n + "\n";
    say("messages_en.properties", "report.total = Total" + mark + "report.follow = Details" + mark);
  }

  private static Set<String> generations(Browser.Page page) {
    assertThat(page.status()).isEqualTo(200);
    return GENERATION
        .matcher(page.body())
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(Collectors.toSet());
  }
}
