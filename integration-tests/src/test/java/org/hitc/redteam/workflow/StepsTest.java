package org.hitc.redteam.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hitc.redteam.StolenGateway.handle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/** Steps that are skipped, repeated, or taken in an order of the attacker's own. */
@DisplayName("A step")
@ExtendWith(SharedProduct.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StepsTest {
  private static final String NOBODYS = "0123456789abcdef".repeat(2);

  private final Product product;
  private Siege siege;
  private StolenGateway anna;

  StepsTest(Product product) {
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

  private void refused(Refusal why, Request request) {
    long programs = siege.programs();
    assertThat(anna.refusal(request)).as(request.verb()).isEqualTo(why);
    assertThat(siege.programs()).isEqualTo(programs);
  }

  private static Map<String, List<String>> values(Page.Form form) {
    return Map.of("account", List.of("204110"), "period", List.of(handle(form, "period", 0)));
  }

  @Test
  @DisplayName("105: that comes later has no address before the ones above it were taken")
  void skipped() {
    Page.Form form = anna.begin("budget_12");
    PageAddress at = form.address();

    refused(Refusal.WF_PAGE, anna.view(new PageAddress("budget_12", at.visit(), NOBODYS)));
    refused(Refusal.WF_PAGE, anna.view(new PageAddress("budget_12", NOBODYS, at.page())));
    refused(Refusal.WF_PAGE, anna.view(new PageAddress("b12", at.visit(), at.page())));
    refused(Refusal.WF_PAGE, anna.view(new PageAddress("mail_forward", at.visit(), at.page())));
    refused(Refusal.WF_UNKNOWN, anna.view(new PageAddress("nowhere", at.visit(), at.page())));
  }

  @Test
  @DisplayName("105: of one visit is not reached with the page of another")
  void otherVisit() {
    Page.Form first = anna.begin("budget_12");
    Page.Form second = anna.begin("budget_12");
    PageAddress mixed =
        new PageAddress("budget_12", first.address().visit(), second.address().page());

    refused(Refusal.WF_PAGE, anna.view(mixed));
    refused(Refusal.WF_PAGE, anna.submit(mixed, second.ticket(), values(second)));
  }

  @Test
  @DisplayName("105: that asks something is not passed by with an empty answer or with another one")
  void passedBy() {
    Page.Form ask = anna.begin("choose_report");
    Page.Report report = anna.page(Page.Report.class, anna.ask(anna.submit(ask, values(ask))));
    String ticket = report.onward().orElseThrow().ticket();

    refused(
        Refusal.WF_STEP,
        anna.submit(report.address(), ticket, Map.of("object", List.of("061100"))));
    Page.Form choose =
        anna.page(Page.Form.class, anna.ask(anna.submit(report.address(), ticket, Map.of())));
    long programs = siege.programs();
    Page.Form again = anna.page(Page.Form.class, anna.ask(anna.submit(choose, Map.of())));
    assertThat(again.problems()).hasSize(2);
    assertThat(siege.programs()).isEqualTo(programs);
  }

  @Test
  @DisplayName("105: takes only what its page can send")
  void otherRequest() {
    Page.Form form = anna.begin("budget_12");
    Page.Report report = anna.budget("204110");

    refused(Refusal.WF_STEP, anna.follow(form.address(), handle(form, "period", 0)));
    refused(Refusal.WF_STEP, anna.again(form.address()));
    refused(Refusal.WF_PAGE, anna.download(form.address(), "csv"));
    refused(Refusal.WF_PAGE, anna.download(report.address(), "exe"));
  }

  @Test
  @DisplayName("105: takes no fields but its own, whatever their names promise")
  void otherFields() {
    Page.Form form = anna.begin("budget_12");
    for (String name :
        List.of("user", "language", "today", "job", "row.object", "before.x", "ticket", "step")) {
      Map<String, List<String>> sent = new HashMap<>(values(form));
      sent.put(name, List.of("root"));
      refused(Refusal.WF_FIELD, anna.submit(form, sent));
    }
  }

  @Test
  @DisplayName("105: without its own ticket is not taken")
  void ticket() {
    Page.Form form = anna.begin("budget_12");
    Page.Form other = anna.begin("budget_12");
    for (String ticket : List.of(other.ticket(), NOBODYS, form.address().page())) {
      refused(Refusal.WF_STEP, anna.submit(form.address(), ticket, values(form)));
    }
  }

  @Test
  @DisplayName("106: that only reads may be repeated; the guards above it run each time")
  void repeated() {
    Page.Form form = anna.begin("budget_12");
    int guards = product.runs("authorize");

    Page.Report first = anna.page(Page.Report.class, anna.ask(anna.submit(form, values(form))));
    Page.Report second = anna.page(Page.Report.class, anna.ask(anna.submit(form, values(form))));
    anna.page(Page.Report.class, anna.ask(anna.again(first.address())));

    assertThat(second.address()).isNotEqualTo(first.address());
    assertThat(product.runs("authorize")).isEqualTo(guards + 3);
  }

  @Test
  @DisplayName("105: is not reached by a browser that makes up addresses either")
  void addresses() {
    Browser browser = new Browser(product.site()).signIn("anna");
    String form = browser.get("/w/budget_12").at();
    try (Probe _ = Probe.start(product)) {
      for (String path :
          List.of(
              "/w/budget_12/" + NOBODYS + "/" + NOBODYS,
              form + "/again",
              form + "/row/" + NOBODYS,
              form + "/download/csv",
              form.replaceFirst("/w/budget_12", "/w/mail_forward"),
              "/w/budget_12/budget",
              "/w/..%2f..%2fetc/x/y",
              "/jobs/AAAA-AA")) {
        assertThat(browser.get(path).status()).as(path).isIn(400, 404, 409, 422);
      }
    }
  }
}
