package org.hitc.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hitc.channel.Refusal;
import org.hitc.channel.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("S15: The language")
class LanguageSwitchTest {
  private static final String COOKIE = "__Host-hitc-language=";

  private TestSite site;

  @BeforeEach
  void open() throws Exception {
    site = TestSite.open();
  }

  @AfterEach
  void close() {
    site.close();
  }

  private HttpRequest.Builder anonymous(String path) {
    return HttpRequest.newBuilder(site.address().resolve(path))
        .header("Accept-Language", "en")
        .header("Sec-Fetch-Site", "none");
  }

  private static String location(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(303);
    return response.headers().firstValue("Location").orElseThrow();
  }

  private static List<String> cookies(HttpResponse<String> response) {
    return response.headers().allValues("Set-Cookie");
  }

  @Test
  void stands_on_every_page_by_its_own_name() throws Exception {
    assertThat(site.get("/help").body())
        .contains("<nav class=\"languages\" aria-label=\"Language\">")
        .contains("<span aria-current=\"true\" lang=\"en\" dir=\"ltr\">English</span>")
        .contains("href=\"/language/ar?next=%2Fhelp\"")
        .contains("hreflang=\"ar\" lang=\"ar\" dir=\"rtl\">العربية</a>");
  }

  @Test
  void of_somebody_signed_out_is_kept_by_the_browser() throws Exception {
    HttpResponse<String> chosen = site.send(anonymous("/language/fr?next=/help"));
    assertThat(location(chosen)).isEqualTo("/help");
    assertThat(cookies(chosen))
        .containsExactly(COOKIE + "fr!; Secure; HttpOnly; Path=/; SameSite=Lax; Max-Age=600");
    assertThat(site.send(anonymous("/help").header("Cookie", COOKIE + "fr!")).body())
        .contains("<html lang=\"fr\" dir=\"ltr\">");
    assertThat(site.hole.asked()).isEmpty();
  }

  @Test
  void of_somebody_signed_in_is_told_to_the_listener() throws Exception {
    HttpResponse<String> chosen = site.get("/language/ar?next=%2Fw%2Fa%2Fb%2Fc");
    assertThat(location(chosen)).isEqualTo("/w/a/b/c");
    assertThat(cookies(chosen))
        .singleElement()
        .asString()
        .startsWith(COOKIE + "ar;")
        .endsWith("Max-Age=31536000");
    assertThat(site.hole.asked())
        .singleElement()
        .isInstanceOfSatisfying(
            Request.Speak.class, speak -> assertThat(speak.language()).isEqualTo("ar"));
  }

  @Test
  void chosen_before_the_sign_in_is_told_behind_it() throws Exception {
    HttpResponse<String> in =
        site.send(
            anonymous("/login")
                .header("Cookie", COOKIE + "ja!")
                .setHeader("Sec-Fetch-Site", "same-origin")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "user=anna&password=demo&idle=30&next=%2Fjobs")));
    assertThat(location(in)).isEqualTo("/language/ja?next=%2Fjobs");
    assertThat(site.hole.asked()).singleElement().extracting(Request::languages).isEqualTo("ja,en");
  }

  @Test
  void changes_on_the_sign_in_page_and_keeps_what_was_typed_but_the_password() throws Exception {
    String form = "user=anna&password=s3cret&idle=120&next=%2Fjobs";
    HttpResponse<String> again =
        site.send(
            anonymous("/language/de")
                .setHeader("Sec-Fetch-Site", "same-origin")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body())
        .contains("<html lang=\"de\"", "value=\"anna\"", "value=\"120\" checked")
        .contains("name=\"next\" value=\"/jobs\"")
        .doesNotContain("s3cret");
  }

  @Test
  void changes_on_a_form_only_after_what_was_typed_is_kept() throws Exception {
    HttpResponse<String> kept = site.post("/w/budget_12/v1/p1/in/de", "ticket=t1&v.account=2041");
    assertThat(location(kept)).matches("/language/de\\?next=%2Fw%2F.*");
    assertThat(site.hole.asked())
        .singleElement()
        .isInstanceOfSatisfying(
            Request.Keep.class,
            keep -> assertThat(keep.values()).containsEntry("account", List.of("2041")));
    assertThat(site.get("/w/budget_12/v1/p1").body())
        .containsPattern(
            "<button class=\"link\" type=\"submit\" form=\"form\" formaction=\"/w/[^\"]*/in/de\"");
  }

  @Test
  void is_nothing_that_the_listener_must_be_told_again() throws Exception {
    HttpResponse<String> home =
        site.send(
            site.request("/")
                .setHeader("Cookie", "__Host-hitc=t; " + COOKIE + "fr")
                .header("Accept-Language", "de"));
    assertThat(site.hole.asked()).singleElement().extracting(Request::languages).isEqualTo("de");
    assertThat(cookies(home)).singleElement().asString().startsWith(COOKIE + "en;");
    assertThat(cookies(site.get("/w/a/b/c"))).isEmpty();
  }

  @Test
  void that_the_listener_does_not_offer_yet_keeps_nobody_from_the_page() throws Exception {
    site.hole.answers(_ -> FakeHole.refused(Refusal.REQ_SYNTAX));
    HttpResponse<String> chosen = site.get("/language/ar?next=/jobs");
    assertThat(location(chosen)).isEqualTo("/jobs");
    assertThat(cookies(chosen)).singleElement().asString().startsWith(COOKIE + "ar;");
  }

  /** HTML, "implicit submission": Enter presses the first submit button of a form. */
  @Test
  void is_no_button_that_enter_presses() throws Exception {
    for (HttpResponse<String> page :
        List.of(site.send(anonymous("/login")), site.get("/w/budget_12/v1/errors"))) {
      Matcher first =
          Pattern.compile("<button[^>]*form=\"form\"[^>]*>|<form[^>]*id=\"form\"[^>]*>")
              .matcher(page.body());
      assertThat(first.find()).isTrue();
      assertThat(first.group()).contains("type=\"submit\"").doesNotContain("formaction");
    }
  }

  @Test
  void is_one_of_those_on_offer() throws Exception {
    assertThat(site.get("/language/tlh").statusCode()).isEqualTo(404);
    assertThat(site.post("/w/a/b/c/in/tlh", "ticket=t1").statusCode()).isEqualTo(404);
    HttpResponse<String> strange =
        site.send(anonymous("/help").header("Cookie", COOKIE + "xx; " + COOKIE + "<script>"));
    assertThat(strange.body()).contains("<html lang=\"en\"").doesNotContain("xx");
    assertThat(site.hole.asked()).isEmpty();
  }

  @Test
  void is_not_changed_by_a_link_of_another_site_and_leads_nowhere_else() throws Exception {
    HttpResponse<String> outside =
        site.send(
            site.request("/language/ar?next=/jobs")
                .setHeader("Sec-Fetch-Site", "cross-site")
                .header("Sec-Fetch-Dest", "document"));
    assertThat(location(outside)).isEqualTo("/jobs");
    assertThat(cookies(outside)).isEmpty();
    assertThat(site.hole.asked()).isEmpty();
    for (String next : List.of("https://evil.example/", "//evil.example", "/logout", "/static/x")) {
      assertThat(location(site.send(anonymous("/language/de?next=" + next)))).isEqualTo("/");
    }
  }

  @Test
  void of_a_browser_with_a_long_wish_list_still_crosses_the_hole() throws Exception {
    String many = "de-AT,de;q=0.8," + "xx-YY;q=0.1,".repeat(40) + "en";
    site.send(
        site.request("/")
            .setHeader("Cookie", "__Host-hitc=t; " + COOKIE + "fr!")
            .setHeader("Accept-Language", many));
    assertThat(site.hole.asked())
        .singleElement()
        .extracting(Request::languages)
        .asString()
        .startsWith("fr,de-AT,de;q=0.8,xx-YY;q=0.1")
        .hasSizeLessThanOrEqualTo(256);
  }
}
