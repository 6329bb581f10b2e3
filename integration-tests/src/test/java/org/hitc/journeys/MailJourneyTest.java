package org.hitc.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.hitc.it.Browser;
import org.hitc.it.Product;
import org.hitc.it.Requirements;
import org.hitc.it.SharedProduct;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Anna changes where her mail goes: a form, a question, one program that runs once, a receipt. */
@ExtendWith(SharedProduct.class)
class MailJourneyTest {
  private static final Pattern EDIT = Pattern.compile("href=\"(/w/[^\"#]+)#field-forward_to\"");

  private final Product product;
  private final Browser browser;

  MailJourneyTest(Product product) {
    this.product = product;
    this.browser = new Browser(product.site());
  }

  @BeforeEach
  void sign_in() {
    Requirements.others();
    browser.signIn("anna");
  }

  private Browser.Page asked(String address) {
    return browser.submit(
        browser.get("/w/mail_forward"), Map.of("forward_to", address, "keep_copy", "yes"));
  }

  @Test
  void the_question_says_that_nothing_is_changed_yet_and_what_will_be() {
    browser.press(asked("now@example.org"));
    int before = product.runs("set_forward");

    Browser.Page confirm = asked("after@example.org");

    assertThat(confirm.words())
        .contains("Check before you change your mail forwarding")
        .contains("Nothing is changed until you press the button.")
        .contains("Now", "After", "now@example.org", "after@example.org", "unchanged");
    assertThat(product.runs("set_forward")).isEqualTo(before);
  }

  @Test
  void the_button_changes_it_once_and_gives_a_receipt_with_a_reference() throws IOException {
    Browser.Page confirm = asked("once@example.org");
    int before = product.runs("set_forward");
    int done = done();

    Browser.Page receipt = browser.press(confirm);

    assertThat(receipt.status()).isEqualTo(200);
    assertThat(receipt.words())
        .contains("Mail forwarding changed", "Reference")
        .contains("Mail for anna is sent on to: once@example.org")
        .contains("You can print or save this page.")
        .doesNotContain("This was done already");
    assertThat(Files.readAllLines(product.home("anna").resolve(".forward")))
        .containsExactly("\\anna", "once@example.org");
    assertThat(product.runs("set_forward")).isEqualTo(before + 1);
    assertThat(done()).isEqualTo(done + 1);
  }

  @Test
  void it_is_the_users_own_file_and_the_receipt_proves_it() throws IOException {
    Browser.Page receipt = browser.press(asked("own@example.org"));

    Path forward = product.home("anna").resolve(".forward");
    assertThat(owner(forward)).isEqualTo(owner(product.home("anna")));
    assertThat(Files.getAttribute(forward, "unix:gid")).isEqualTo(owner(product.home("anna")));
    assertThat((int) Files.getAttribute(forward, "unix:mode") & 07777).isEqualTo(0600);
    assertThat(receipt.words()).contains(".forward, -rw-------, owner anna");
    assertThat(product.audit("\"program-started\"", "\"set_forward\"", "\"as\":\"user\""))
        .isNotEmpty();
    assertThat(Files.exists(product.home("bert").resolve(".forward.changes"))).isFalse();
  }

  private static Object owner(Path file) throws IOException {
    return Files.getAttribute(file, "unix:uid");
  }

  @Test
  void what_somebody_else_changed_meanwhile_is_not_lost() throws IOException {
    Browser.Page confirm = asked("mine@example.org");
    Path forward = product.home("anna").resolve(".forward");
    byte[] theirs = "theirs@example.org\n".getBytes(StandardCharsets.US_ASCII);
    boolean was = Files.exists(forward);
    Files.write(forward, theirs);
    if (!was) {
      Files.setAttribute(forward, "unix:uid", owner(product.home("anna")));
    }

    Browser.Page refused = browser.press(confirm);

    assertThat(refused.words())
        .contains("your forwarding was changed meanwhile; look at it again")
        .doesNotContain("Mail forwarding changed");
    assertThat(Files.readAllBytes(forward)).isEqualTo(theirs);
    assertThat(browser.get("/w/mail_forward").body()).contains("theirs@example.org");
  }

  @Test
  void of_two_tabs_with_forms_of_their_own_the_second_is_told_that_the_first_was_faster()
      throws IOException {
    Browser.Page first = asked("first@example.org");
    Browser.Page second = asked("second@example.org");
    assertThat(browser.press(first).words()).contains("Mail forwarding changed");

    assertThat(browser.press(second).words()).contains("was changed meanwhile");

    assertThat(Files.readAllLines(product.home("anna").resolve(".forward")))
        .containsExactly("\\anna", "first@example.org");
  }

  @Test
  void a_link_in_the_home_is_not_followed_out_of_it() throws IOException {
    Path forward = product.home("anna").resolve(".forward");
    Path outside = product.scratch().resolve("outside");
    Files.writeString(outside, "outside@example.org\n");
    Browser.Page confirm = asked("inside@example.org");
    Files.deleteIfExists(forward);
    Files.createSymbolicLink(forward, outside);
    try {
      assertThat(browser.press(confirm).words()).contains("is a link to another file");
      assertThat(browser.get("/w/mail_forward").words()).contains("is a link to another file");
      assertThat(Files.readString(outside)).isEqualTo("outside@example.org\n");
    } finally {
      Files.delete(forward);
    }
  }

  @Test
  void pressing_again_shows_the_first_receipt_and_says_so() throws IOException {
    Browser.Page confirm = asked("again@example.org");
    Browser.Page first = browser.press(confirm);
    int done = done();

    Browser.Page second = browser.press(confirm);

    assertThat(second.at()).isEqualTo(first.at() + "?done=1");
    assertThat(second.words()).contains("This was done already, on");
    assertThat(browser.get(first.at()).body()).isEqualTo(first.body());
    assertThat(done()).isEqualTo(done);
  }

  @Test
  void the_form_comes_filled_in_with_what_holds_now() {
    browser.press(asked("holds@example.org"));

    Browser.Page form = browser.get("/w/mail_forward");

    assertThat(form.body()).contains("value=\"holds@example.org\"").contains("checked");
  }

  @Test
  void change_leads_back_to_the_field_with_what_was_typed() {
    Browser.Page confirm = asked("typed@example.org");

    Browser.Page form = browser.get(confirm.found(EDIT));

    assertThat(form.words()).contains("Where should your mail go?");
    assertThat(form.body()).contains("id=\"field-forward_to\"", "value=\"typed@example.org\"");
  }

  @Test
  void what_the_guard_will_not_have_is_said_beside_the_field_before_anything_is_asked() {
    int runs = product.runs("set_forward");

    Browser.Page form = asked("o'neil@example.org");

    assertThat(form.words())
        .contains("Where should your mail go?", "Error: this address cannot be used")
        .doesNotContain("%MAIL", "check_address");
    assertThat(form.body()).contains("value=\"o&#39;neil@example.org\"");
    assertThat(product.runs("set_forward")).isEqualTo(runs);
    Map<String, String> better = Map.of("forward_to", "neil@example.org", "keep_copy", "yes");
    assertThat(browser.press(browser.submit(form, better)).words())
        .contains("Mail forwarding changed");
  }

  @Test
  void leaving_by_cancel_changes_nothing() throws IOException {
    int done = done();

    Browser.Page confirm = asked("never@example.org");

    assertThat(confirm.body()).contains("<a href=\"/\">Cancel</a>");
    assertThat(browser.get("/").status()).isEqualTo(200);
    assertThat(done()).isEqualTo(done);
  }

  @Test
  void the_receipt_is_found_again_under_my_jobs_and_is_not_offered_to_be_run_again() {
    Browser.Page receipt = browser.press(asked("listed@example.org"));

    Browser.Page jobs = browser.get("/jobs");

    String line =
        jobs.found(Pattern.compile("(?s)(<tr>(?:(?!</tr>).)*listed@example.org.*?</tr>)"));
    assertThat(line).contains("Mail forwarding", "Done").doesNotContain("Run again");
    Browser.Page found =
        browser.get(
            Pattern.compile("href=\"(/jobs/[^\"]+)\"")
                .matcher(line)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1));
    assertThat(found.at()).isEqualTo(receipt.at());
  }

  /** How often set_forward has done its work, as it says itself. */
  private int done() {
    return product.forwardings("anna").size();
  }
}
