package org.hitc.redteam.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.hitc.channel.Page;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Refusal;
import org.hitc.channel.Request;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.hitc.it.SharedProduct;
import org.hitc.redteam.Probe;
import org.hitc.redteam.Siege;
import org.hitc.redteam.StolenGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** set_forward changes something: only the button of its question starts it, and only once. */
@DisplayName("A program that writes")
@ExtendWith(SharedProduct.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WritesTest {
  private static final int ROUNDS = 50;

  private final Product product;
  private Siege siege;
  private StolenGateway anna;

  WritesTest(Product product) {
    this.product = product;
  }

  @BeforeAll
  void takeOver() {
    siege = Siege.around(product);
    anna = new StolenGateway(siege.jail(), siege.victim().token());
  }

  @AfterAll
  void giveBack() {
    if (siege != null) {
      siege.close();
    }
  }

  /** How often set_forward says that it has done its work. */
  private int done() {
    return product.forwardings("anna").size();
  }

  private List<String> forwarding() throws IOException {
    return Files.readAllLines(product.home("anna").resolve(".forward"));
  }

  private static Map<String, List<String>> to(String address) {
    return Map.of("forward_to", List.of(address), "keep_copy", List.of("yes"));
  }

  private Browser.Page question(Browser browser, String address) {
    return browser.submit(
        browser.get("/w/mail_forward"), Map.of("forward_to", address, "keep_copy", "yes"));
  }

  @Test
  @DisplayName("105: is started by no request but the submit of its question, with its ticket")
  void onlyTheButton() throws IOException {
    Page.Form form = anna.begin("mail_forward");
    Page.Confirm question =
        anna.page(Page.Confirm.class, anna.ask(anna.submit(form, to("only@example.org"))));
    PageAddress at = question.address();
    PageAddress back = form.address();
    int runs = product.runs("set_forward");
    try (Probe _ = Probe.start(product)) {
      for (Request request :
          List.<Request>of(
              anna.again(at),
              anna.follow(at, "0".repeat(32)),
              anna.download(at, "csv"),
              anna.submit(at, form.ticket(), Map.of()),
              anna.submit(at, "0".repeat(32), Map.of()),
              anna.submit(at, question.ticket(), Map.of("forward_to", List.of("x@example.org"))),
              anna.submit(at, question.ticket(), Map.of("confirm", List.of("yes"))),
              anna.submit(back, question.ticket(), to("x@example.org")),
              anna.again(back),
              anna.submit(
                  new PageAddress("budget_12", at.visit(), at.page()), question.ticket(), Map.of()),
              anna.submit(
                  new PageAddress("mail_forward", "0".repeat(32), at.page()),
                  question.ticket(),
                  Map.of()))) {
        assertThat(anna.refusal(request))
            .as(request.toString())
            .isIn(Refusal.WF_STEP, Refusal.WF_PAGE, Refusal.WF_FIELD);
      }
      anna.page(Page.Confirm.class, anna.ask(anna.view(at)));
      anna.page(Page.Form.class, anna.ask(anna.view(back)));
      anna.page(
          Page.Form.class,
          anna.ask(new Request.Start(anna.token(), "mail_forward", to("link@example.org"), "en")));
    }
    assertThat(product.runs("set_forward")).isEqualTo(runs);
    int before = done();

    anna.page(Page.Done.class, anna.ask(anna.submit(at, question.ticket(), Map.of())));

    assertThat(done()).isEqualTo(before + 1);
    assertThat(forwarding()).containsExactly("\\anna", "only@example.org");
  }

  @Test
  @DisplayName("105: is not started by any address that a browser may open by itself")
  void noLink() {
    Browser browser = new Browser(product.site()).signIn("anna");
    String question = question(browser, "link@example.org").at();
    int runs = product.runs("set_forward");

    for (String path :
        List.of(
            question,
            question + "?done=1",
            question + "/again",
            question + "?ticket=x",
            question + "/download/original",
            question + "/row/" + "0".repeat(32))) {
      browser.get(path);
    }

    assertThat(product.runs("set_forward")).isEqualTo(runs);
  }

  @Test
  @DisplayName("112: runs once, however often its button is pressed at the same moment")
  void doubleClick() throws Exception {
    Browser browser = new Browser(product.site()).signIn("anna");
    CyclicBarrier together = new CyclicBarrier(2);
    try (ExecutorService two = Executors.newFixedThreadPool(2);
        Probe _ = Probe.start(product)) {
      for (int round = 0; round < ROUNDS; round++) {
        Browser.Page question = question(browser, "round" + round + "@example.org");
        int before = done();
        List<CompletableFuture<Browser.Page>> presses = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          Browser hand = browser.copy();
          presses.add(
              CompletableFuture.supplyAsync(
                  () -> {
                    await(together);
                    return hand.press(question);
                  },
                  two));
        }
        List<Browser.Page> receipts =
            presses.stream().map(p -> p.orTimeout(30, TimeUnit.SECONDS).join()).toList();

        assertThat(done()).as("round %d", round).isEqualTo(before + 1);
        assertThat(receipts).allMatch(r -> r.words().contains("Mail forwarding changed"));
        assertThat(receipts.stream().map(r -> r.at().replace("?done=1", "")).distinct())
            .as("round %d", round)
            .hasSize(1);
      }
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @DisplayName("112: gives one receipt to ten presses through the hole, in whatever order")
  void manyThroughTheHole() throws IOException {
    Page.Form form = anna.begin("mail_forward");
    Page.Confirm question =
        anna.page(Page.Confirm.class, anna.ask(anna.submit(form, to("ten@example.org"))));
    int before = done();
    List<PageAddress> receipts = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      receipts.add(address(anna.ask(anna.submit(question.address(), question.ticket(), Map.of()))));
    }

    assertThat(receipts.stream().distinct()).hasSize(1);
    assertThat(done()).isEqualTo(before + 1);
  }

  private static PageAddress address(org.hitc.channel.Reply reply) {
    return switch (reply) {
      case org.hitc.channel.Reply.Moved(PageAddress to) -> to;
      case org.hitc.channel.Reply.Done(PageAddress to) -> to;
      default -> throw new AssertionError(reply.toString());
    };
  }

  @Test
  @DisplayName("113: with two tabs that want different things does what the first one wanted")
  void twoTabs() throws Exception {
    Browser browser = new Browser(product.site()).signIn("anna");
    Browser.Page form = browser.get("/w/mail_forward");
    List<Browser.Page> tabs =
        List.of(
            browser.submit(form, Map.of("forward_to", "one@example.org", "keep_copy", "yes")),
            browser.submit(form, Map.of("forward_to", "two@example.org", "keep_copy", "yes")));
    int before = done();
    int stale = product.audit("\"event\":\"refused\"", Refusal.WF_STALE.code()).size();
    CyclicBarrier together = new CyclicBarrier(2);

    List<Browser.Page> receipts;
    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      receipts =
          tabs.stream()
              .map(tab ->
                  CompletableFuture.supplyAsync(
                      () -> {
                        await(together);
                        return browser.copy().press(tab);
                      },
                      two))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();
    }

    String winner = forwarding().getLast();
    assertThat(winner).isIn("one@example.org", "two@example.org");
    assertThat(done()).isEqualTo(before + 1);
    assertThat(receipts).allMatch(r -> r.words().contains("is sent on to: " + winner));
    assertThat(receipts).filteredOn(r -> r.words().contains("This was done already")).hasSize(1);
    assertThat(product.audit("\"event\":\"refused\"", Refusal.WF_STALE.code()).size())
        .isEqualTo(stale + 1);
  }

  @Test
  @DisplayName("113: is not started by going back in the same visit, only by a new one")
  void goingBack() throws IOException {
    Browser browser = new Browser(product.site()).signIn("anna");
    Browser.Page form = browser.get("/w/mail_forward");
    Browser.Page receipt =
        browser.press(
            browser.submit(form, Map.of("forward_to", "first@example.org", "keep_copy", "yes")));
    int before = done();

    Browser.Page second =
        browser.press(
            browser.submit(form, Map.of("forward_to", "second@example.org", "keep_copy", "yes")));

    assertThat(second.at()).isEqualTo(receipt.at() + "?done=1");
    assertThat(second.words()).contains("first@example.org", "This was done already");
    assertThat(done()).isEqualTo(before);
    assertThat(browser.press(question(browser, "second@example.org")).words())
        .contains("second@example.org");
    assertThat(done()).isEqualTo(before + 1);
  }

  @Test
  @DisplayName(
      "114: runs for each of two visits, which know nothing of each other; it sees itself what the other has changed")
  void twoVisits() throws IOException {
    Browser browser = new Browser(product.site()).signIn("anna");
    Browser.Page first = question(browser, "left@example.org");
    Browser.Page second = question(browser, "right@example.org");
    int before = done();
    int runs = product.runs("set_forward");

    assertThat(browser.press(second).words()).contains("right@example.org");
    assertThat(browser.press(first).words()).contains("your forwarding was changed meanwhile");

    assertThat(product.runs("set_forward")).isEqualTo(runs + 2);
    assertThat(done()).isEqualTo(before + 1);
    assertThat(forwarding()).containsExactly("\\anna", "right@example.org");
  }
}
