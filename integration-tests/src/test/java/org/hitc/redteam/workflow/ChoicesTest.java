package org.hitc.redteam.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hitc.redteam.StolenGateway.handle;
import static org.hitc.redteam.StolenGateway.options;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hitc.channel.Page;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
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

/** Rows are offers: what was not offered to this user on this page is refused, however it came. */
@DisplayName("A choice")
@ExtendWith(SharedProduct.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChoicesTest {
  private final Product product;
  private Siege siege;
  private StolenGateway anna;

  ChoicesTest(Product product) {
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

  /** Refused for this reason, in the audit log, and no program ran. */
  private void refused(Refusal why, Request request) {
    long programs = siege.programs();
    assertThat(anna.refusal(request)).as(request.verb()).isEqualTo(why);
    assertThat(siege.programs()).isEqualTo(programs);
    // Not each of them: the rate is limited.
    assertThat(product.audit("\"event\":\"refused\"", why.code(), "\"user\":\"anna\""))
        .isNotEmpty();
  }

  private static Map<String, List<String>> budget(String... periods) {
    return Map.of("account", List.of("204110"), "period", List.of(periods));
  }

  /** The form of choose_report that offers rows. */
  private Page.Form rows() {
    Page.Form ask = anna.begin("choose_report");
    Page.Report report =
        anna.page(Page.Report.class, anna.ask(anna.submit(ask, budget(handle(ask, "period", 0)))));
    return anna.page(
        Page.Form.class,
        anna.ask(anna.submit(report.address(), report.onward().orElseThrow().ticket(), Map.of())));
  }

  @Test
  @DisplayName("107, 121: that was guessed, typed, or is one digit off is not on offer")
  void neverOffered() {
    Page.Form form = anna.begin("budget_12");
    String right = handle(form, "period", 0);
    try (Probe _ = Probe.start(product)) {
      for (String guess :
          List.of(
              "2026-06",
              "2026-06 (open)",
              "0",
              "1",
              "f".repeat(32),
              right.toUpperCase(java.util.Locale.ROOT),
              right + "0",
              right.substring(1),
              " " + right,
              form.ticket(),
              form.address().page())) {
        refused(Refusal.WF_CHOICE, anna.submit(form, budget(guess)));
      }
      for (int i = 0; i < right.length(); i++) {
        char other = right.charAt(i) == '0' ? '1' : '0';
        String near = right.substring(0, i) + other + right.substring(i + 1);
        refused(Refusal.WF_CHOICE, anna.submit(form, budget(near)));
      }
    }
    assertThat(anna.page(Page.Report.class, anna.ask(anna.submit(form, budget(right)))).rows())
        .hasSize(4);
  }

  @Test
  @DisplayName("107: that was offered in another field of the same form is refused")
  void otherField() {
    Page.Form form = rows();
    String object = handle(form, "object", 0);
    String what = handle(form, "what", 0);

    refused(
        Refusal.WF_CHOICE,
        anna.submit(form, Map.of("object", List.of(what), "what", List.of(object))));
    refused(
        Refusal.WF_CHOICE,
        anna.submit(form, Map.of("object", List.of(object), "what", List.of(object))));
  }

  @Test
  @DisplayName("107: that was offered in an earlier step of the same visit is refused")
  void otherStep() {
    Page.Form ask = anna.begin("choose_report");
    String period = handle(ask, "period", 0);
    Page.Form form = rows();

    refused(
        Refusal.WF_CHOICE,
        anna.submit(
            form, Map.of("object", List.of(period), "what", List.of(handle(form, "what", 0)))));
  }

  @Test
  @DisplayName("107: that was offered on another page is refused, as a row's link is")
  void otherPage() {
    Page.Form first = anna.begin("budget_12");
    Page.Form second = anna.begin("budget_12");
    Page.Report report = anna.budget("204110");
    Page.Report other = anna.budget("204120");
    String row = report.rows().getFirst().follow().orElseThrow().handle();

    refused(Refusal.WF_CHOICE, anna.submit(second, budget(handle(first, "period", 0))));
    refused(Refusal.WF_CHOICE, anna.submit(second, budget(row)));
    refused(Refusal.WF_CHOICE, anna.follow(other.address(), row));
    refused(Refusal.WF_CHOICE, anna.follow(report.address(), handle(first, "period", 0)));
    refused(Refusal.WF_CHOICE, anna.follow(report.address(), "0".repeat(32)));
  }

  @Test
  @DisplayName("98, 107: that was offered to somebody else is of no use, nor is the page itself")
  void otherUser() {
    Browser browser = new Browser(product.site()).signIn("bert");
    StolenGateway bert = new StolenGateway(siege.jail(), browser.token());
    Page.Form of = anna.begin("budget_12");
    Page.Form own = bert.begin("budget_12");
    Page.Report report = anna.budget("204110");

    assertThat(bert.refusal(bert.submit(own, budget(handle(of, "period", 0)))))
        .isEqualTo(Refusal.WF_CHOICE);
    Stream.<Request>of(
            bert.view(of.address()),
            bert.submit(of, budget(handle(of, "period", 0))),
            bert.view(report.address()),
            bert.again(report.address()),
            bert.follow(report.address(), report.rows().getFirst().follow().orElseThrow().handle()),
            bert.download(report.address(), "csv"),
            bert.download(report.address(), "original"))
        .forEach(request ->
            assertThat(bert.refusal(request)).as(request.verb()).isEqualTo(Refusal.SESS_MISMATCH));
  }

  @Test
  @DisplayName("107: that was offered to another session of the same user helps only on its page")
  void otherSession() {
    StolenGateway again =
        new StolenGateway(siege.jail(), new Browser(product.site()).signIn("anna").token());
    Page.Form there = again.begin("budget_12");
    Page.Form here = anna.begin("budget_12");

    refused(Refusal.WF_CHOICE, anna.submit(here, budget(handle(there, "period", 0))));
    // The visit is the user's, in whatever browser.
    assertThat(
            anna.page(
                    Page.Report.class,
                    anna.ask(anna.submit(there, budget(handle(there, "period", 0)))))
                .rows())
        .hasSize(4);
  }

  @Test
  @DisplayName(
      "109: of two where one is asked for is refused, of the same twice too, of none named")
  void count() {
    Page.Form form = anna.begin("budget_12");
    String one = handle(form, "period", 0);
    String other = handle(form, "period", 1);

    refused(Refusal.WF_COUNT, anna.submit(form, budget(one, other)));
    refused(Refusal.WF_COUNT, anna.submit(form, budget(one, one)));
    Map<String, List<String>> nothing = new HashMap<>(budget(one));
    nothing.remove("period");
    Page.Form asked = anna.page(Page.Form.class, anna.ask(anna.submit(form, nothing)));
    assertThat(asked.problems())
        .singleElement()
        .returns(Refusal.ARG_REQUIRED, Page.Problem::refusal);
  }

  @Test
  @DisplayName("116, 117: is audited as it was offered: handle, value and label")
  void audited() {
    Page.Form form = rows();
    Page.Option object = options(form, "object").get(2);

    Page.Report report =
        anna.page(
            Page.Report.class,
            anna.ask(
                anna.submit(
                    form,
                    Map.of(
                        "object", List.of(object.handle()),
                        "what", List.of(handle(form, "what", 0))))));

    assertThat(report.frame().title().value()).contains("072300");
    assertThat(product.audit("job-accepted", object.handle()))
        .singleElement()
        .asString()
        .contains(object.handle() + " 072300 Travel, foreign");
  }

  @Test
  @DisplayName("117: that a gateway labels otherwise is audited with the label that it had")
  void relabelled() {
    Page.Report report = anna.budget("204110");
    String row = report.rows().getLast().follow().orElseThrow().handle();

    // Whatever the page said beside this link: the program gets, and the log has, what was offered.
    Page.Report opened = anna.page(Page.Report.class, anna.ask(anna.follow(report.address(), row)));

    assertThat(opened.frame().title().value()).contains("081000");
    assertThat(product.audit("job-accepted", row)).singleElement().asString().contains("081000");
  }

  @Test
  @DisplayName("121: has a handle of 128 random bits, never the same twice")
  void unguessable() {
    List<String> handles =
        Stream.generate(() -> anna.begin("budget_12"))
            .limit(20)
            .flatMap(form -> options(form, "period").stream())
            .map(Page.Option::handle)
            .toList();

    assertThat(handles).doesNotHaveDuplicates().allMatch(h -> h.matches("[0-9a-f]{32}"));
    for (int i = 0; i < 32; i++) {
      int at = i;
      assertThat(handles.stream().map(h -> h.charAt(at)).distinct().count())
          .as("digit %d", at)
          .isGreaterThan(4);
    }
  }

  @Test
  @DisplayName("107: that a link names is one of those that are offered, or none")
  void byLink() {
    Reply reply =
        anna.ask(
            new Request.Start(
                anna.token(), "budget_12", Map.of("period", List.of("2026-05")), "en"));

    Page.Form form = anna.page(Page.Form.class, reply);
    // A link may point at a choice; it is the reader who sends it, and it is one that is offered.
    assertThat(
            form.fields().stream()
                .filter(f -> f.name().equals("period"))
                .flatMap(f -> f.values().stream()))
        .allMatch(v -> options(form, "period").stream().anyMatch(o -> o.handle().equals(v)));
  }
}
