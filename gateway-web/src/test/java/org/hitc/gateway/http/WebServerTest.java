package org.hitc.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.channel.Request;
import org.hitc.channel.hole.Answer;
import org.hitc.gateway.page.SamplePages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The web server")
class WebServerTest {

  private TestSite site;

  @BeforeEach
  void open() throws Exception {
    site = TestSite.open();
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Nested
  @DisplayName("asks one question for each address")
  class Questions {

    @Test
    void and_passes_what_the_browser_sent() throws Exception {
      site.get("/");
      site.get("/w/budget_12?account=204110&account=204111&period=2026-06");
      site.get("/w/budget_12/v1/p1");
      site.get("/w/budget_12/v1/p1?sort=-spent&find=s%20a&part=2&as=text&done=1");
      site.post("/w/budget_12/v1/p1", "ticket=t1&v.account=204110&v.many=a&v.many=b%26c");
      site.get("/w/budget_12/v1/p1/row/h1?sort=spent");
      site.get("/w/budget_12/v1/p1/again");
      site.get("/w/budget_12/v1/p1/download/original");
      site.get("/w/budget_12/v1/p1/download/xlsx");
      site.get("/jobs");
      site.get("/jobs/DONE-00");
      site.get("/jobs/7K3P-2M/output?from=12");
      site.get("/jobs/7K3P-2M/cancel");
      site.post("/jobs/7K3P-2M/cancel", "");
      site.post("/logout", "");
      String t = FakeHole.TOKEN;
      assertThat(site.hole.asked())
          .containsExactly(
              new Request.Home(t, ""),
              new Request.Start(
                  t,
                  "budget_12",
                  Map.of("account", List.of("204110", "204111"), "period", List.of("2026-06")),
                  ""),
              new Request.View(t, "budget_12", "v1", "p1", Map.of(), ""),
              new Request.View(
                  t,
                  "budget_12",
                  "v1",
                  "p1",
                  Map.of(
                      "sort",
                      List.of("-spent"),
                      "find",
                      List.of("s a"),
                      "part",
                      List.of("2"),
                      "as",
                      List.of("text"),
                      "done",
                      List.of("1")),
                  ""),
              new Request.Submit(
                  t,
                  "budget_12",
                  "v1",
                  "p1",
                  "t1",
                  Map.of("account", List.of("204110"), "many", List.of("a", "b&c")),
                  ""),
              new Request.Follow(
                  t, "budget_12", "v1", "p1", "h1", Map.of("sort", List.of("spent")), ""),
              new Request.Again(t, "budget_12", "v1", "p1", ""),
              new Request.Download(t, "budget_12", "v1", "p1", "original", ""),
              new Request.Download(t, "budget_12", "v1", "p1", "xlsx", ""),
              new Request.Jobs(t, ""),
              new Request.Job(t, "DONE-00", ""),
              new Request.Output(t, "7K3P-2M", "12", "no", ""),
              new Request.Job(t, "7K3P-2M", ""),
              new Request.Cancel(t, "7K3P-2M", ""),
              new Request.Logout(t, ""));
    }

    @Test
    void and_answers_every_change_with_see_other() throws Exception {
      assertThat(location(site.get("/w/budget_12"))).isEqualTo("303 /w/budget_12/v1/p1");
      assertThat(location(site.post("/w/budget_12/v1/p1", "ticket=t1")))
          .isEqualTo("303 /w/budget_12/v1/p1");
      assertThat(location(site.get("/w/budget_12/v1/p1/row/h1")))
          .isEqualTo("303 /w/budget_12/v1/p1");
      assertThat(location(site.post("/jobs/7K3P-2M/cancel", ""))).isEqualTo("303 /jobs/7K3P-2M");
      assertThat(location(site.get("/w/a/b/c/again"))).isEqualTo("303 /jobs/7K3P-2M");
      assertThat(location(site.post("/w/a/b/long", "ticket=t1"))).isEqualTo("303 /jobs/7K3P-2M");
      assertThat(location(site.post("/w/a/b/twice", "ticket=t1")))
          .isEqualTo("303 /w/budget_12/v1/p1?done=1");
      assertThat(location(site.post("/logout", ""))).isEqualTo("303 /login?out=1");
    }

    @Test
    void and_refuses_to_show_a_page_in_a_way_that_means_nothing() throws Exception {
      for (String query :
          List.of(
              "x=1",
              "sort=1a",
              "sort=a&sort=b",
              "part=0",
              "part=-1",
              "part=9999999",
              "as=table",
              "done=2",
              "find=" + "a".repeat(101),
              "find=%C3%28",
              "sort=%FF",
              "a=1&".repeat(300))) {
        assertThat(site.get("/w/a/b/c?" + query).statusCode()).as(query).isEqualTo(400);
        assertThat(site.get("/w/a/b/c/row/h?" + query).statusCode()).as(query).isEqualTo(400);
      }
      assertThat(site.hole.asked()).isEmpty();
    }

    @Test
    void and_keeps_how_a_report_is_shown_in_its_links() throws Exception {
      assertThat(site.get("/w/a/b/arranged?sort=-spent&find=sal&part=3").body())
          .contains("/row/r0?sort=-spent&amp;find=sal&amp;part=3\"")
          .contains("aria-sort=\"descending\"")
          .contains("?sort=spent&amp;find=sal\"")
          .contains("?sort=-spent&amp;find=sal&amp;part=4\"")
          .contains("?sort=-spent&amp;find=sal&amp;part=3&amp;as=text\"")
          .contains("<input type=\"hidden\" name=\"sort\" value=\"-spent\">")
          .contains(
              "href=\"/session?next=%2Fw%2Fa%2Fb%2Farranged%3Fsort%3D-spent%26find%3Dsal%26part%3D3\">Stay signed in");
    }

    @Test
    void and_tells_how_long_the_session_lasts_and_prolongs_it() throws Exception {
      HttpResponse<String> page = site.get("/session?next=%2Fw%2Fa");
      assertThat(page.body()).contains("in 30 minutes", "name=\"next\" value=\"/w/a\"");
      assertThat(page.headers().firstValue("Hitc-Left")).contains("1800");
      assertThat(page.headers().firstValue("Hitc-Until")).contains("14%3A35");
      assertThat(location(site.post("/session", ""))).isEqualTo("303 /session");
      assertThat(location(site.post("/session", "next=%2Fw%2Fa"))).isEqualTo("303 /w/a");
      assertThat(location(site.post("/session", "next=%2F%2Fevil.example"))).isEqualTo("303 /");
      assertThat(site.hole.asked())
          .extracting(Request::verb)
          .containsExactly("session", "stay", "stay", "stay");
    }

    @Test
    void and_lists_the_sessions_of_the_user_and_ends_those_that_are_chosen() throws Exception {
      assertThat(site.get("/sessions").body())
          .contains("This browser", "192.0.2.7", "name=\"end\" value=\"2c3d\"")
          .contains("name=\"but\" value=\"0a1b\"")
          .doesNotContain("name=\"end\" value=\"0a1b\"", "These sessions are left");
      assertThat(location(site.post("/sessions", "end=2c3d"))).isEqualTo("303 /sessions?ended=1");
      assertThat(location(site.post("/sessions", "but=0a1b"))).isEqualTo("303 /sessions?ended=1");
      assertThat(site.get("/sessions?ended=1").body()).contains("These sessions are left");
      assertThat(site.post("/sessions", "end=0000").statusCode()).isEqualTo(404);
      int asked = site.hole.asked().size();
      for (String nonsense : List.of("", "end=", "end=A", "but=..", "end=a%20b")) {
        assertThat(site.post("/sessions", nonsense).statusCode()).as(nonsense).isEqualTo(400);
      }
      assertThat(site.hole.asked()).hasSize(asked);
    }

    @Test
    void and_asks_once_before_it_cancels() throws Exception {
      String page = site.get("/jobs/7K3P-2M/cancel").body();
      assertThat(page)
          .contains("method=\"post\" action=\"/jobs/7K3P-2M/cancel\"")
          .contains("may have changed some of the data")
          .contains("Anna Berg");
      assertThat(location(site.get("/jobs/DONE-00/cancel"))).isEqualTo("303 /w/budget_12/v1/p1");
      assertThat(site.hole.asked()).noneMatch(Request.Cancel.class::isInstance);
    }

    @Test
    void and_finds_workflows_by_their_words() throws Exception {
      assertThat(site.get("/?find=PROJECT%20budget").body())
          .contains("Budget by project")
          .doesNotContain("Budget by object code", "Mail forwarding");
      assertThat(site.get("/?find=where+mail").body()).contains("Mail forwarding");
      assertThat(site.get("/?find=%3Cb%3E").body())
          .contains("Nothing found", "value=\"&lt;b>\"")
          .doesNotContain("Budget by");
      assertThat(site.get("/nowhere").body()).contains("method=\"get\" action=\"/\"");
    }

    @Test
    void and_shows_a_form_with_errors_as_422() throws Exception {
      HttpResponse<String> wrong = site.post("/w/budget_12/v1/p1", "ticket=t1&v.account=");
      assertThat(wrong.statusCode()).isEqualTo(422);
      assertThat(wrong.body()).contains("<title>Error: ").contains("href=\"#field-account\"");
    }

    @Test
    void and_sends_the_languages_the_browser_wants() throws Exception {
      site.send(site.request("/").header("Accept-Language", "de-AT,de;q=0.8"));
      raw("GET / HTTP/1.1", "Cookie: __Host-hitc=t", "Accept-Language: d\u00e9");
      assertThat(site.hole.asked())
          .extracting(Request::languages)
          .containsExactly("de-AT,de;q=0.8", "");
    }
  }

  @Nested
  @DisplayName("knows its methods")
  class Methods {

    @Test
    void and_refuses_all_others_by_name() throws Exception {
      Map<String, String> allowed =
          Map.of(
              "/", "GET, HEAD",
              "/login", "GET, HEAD, POST",
              "/logout", "POST",
              "/w/a", "GET, HEAD",
              "/w/a/b/c", "GET, HEAD, POST",
              "/w/a/b/c/row/h", "GET, HEAD",
              "/w/a/b/c/download/csv", "GET, HEAD",
              "/jobs/1/cancel", "GET, HEAD, POST",
              "/jobs/1", "GET, HEAD",
              "/nowhere", "GET, HEAD");
      for (Map.Entry<String, String> entry : allowed.entrySet()) {
        for (String method :
            List.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND")) {
          HttpResponse<String> response =
              site.send(
                  site.request(entry.getKey()).method(method, HttpRequest.BodyPublishers.noBody()));
          boolean allows = List.of(entry.getValue().split(", ")).contains(method);
          assertThat(response.statusCode() == 405)
              .as("%s %s", method, entry.getKey())
              .isEqualTo(!allows);
          if (!allows) {
            assertThat(response.headers().firstValue("Allow")).contains(entry.getValue());
          }
        }
      }
    }

    @Test
    void and_answers_head_like_get_without_the_page() throws Exception {
      HttpResponse<String> head =
          site.send(site.request("/session").method("HEAD", HttpRequest.BodyPublishers.noBody()));
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
    }
  }

  @Nested
  @DisplayName("puts its headers on every response")
  class Headers {

    @Test
    void whatever_it_is() throws Exception {
      String stylesheet = StaticFiles.load().stylesheet();
      List<String> responses =
          List.of(
              "/",
              "/login",
              "/help",
              "/nowhere",
              "/w/budget_12",
              "/w/a/b/report",
              stylesheet,
              "/w/a/b/c/download/csv",
              "/w/a?%zz",
              "/logout",
              "/w/%00");
      for (String path : responses) {
        String raw = raw("GET " + path + " HTTP/1.1", "Cookie: __Host-hitc=t");
        assertHeaders(path, raw);
        boolean isAsset = path.equals(stylesheet);
        assertThat(raw.toLowerCase(java.util.Locale.ROOT))
            .as(path)
            .contains(
                isAsset ? "cache-control: public, max-age=31536000" : "cache-control: no-store");
      }
    }

    @Test
    void even_when_the_request_cannot_be_read() throws Exception {
      assertHeaders("header", raw("GET / HTTP/1.1", "X: " + "x".repeat(9000)));
      assertHeaders("long path", raw("GET /" + "x".repeat(9000) + " HTTP/1.1"));
      assertHeaders("method", raw("BREW / HTTP/1.1"));
      assertHeaders(
          "host", send("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"));
      assertHeaders("no host", send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n"));
      assertHeaders("not HTTP", send("hello\r\n\r\n"));
      assertHeaders("folded", raw("GET / HTTP/1.1", "A: b\r\n c"));
    }

    @Test
    void and_says_nothing_about_itself() throws Exception {
      site.hole.answers(_ -> {
        throw new IllegalStateException("secret detail");
      });
      HttpResponse<String> response = site.get("/");
      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(response.headers().map()).doesNotContainKeys("server", "x-powered-by");
      assertThat(response.body())
          .containsPattern("Reference <bdi dir=\"ltr\">W-[0-9A-Z]{4}-[0-9A-Z]{2}</bdi>")
          .doesNotContain("secret detail")
          .doesNotContainIgnoringCase("exception")
          .doesNotContainIgnoringCase("jetty");
    }

    private void assertHeaders(String what, String raw) {
      String head = raw.split("\r\n\r\n", 2)[0].toLowerCase(java.util.Locale.ROOT);
      assertThat(head)
          .as(what)
          .contains(
              "default-src 'none'",
              "frame-ancestors 'none'",
              "x-content-type-options: nosniff",
              "referrer-policy: no-referrer",
              "cross-origin-opener-policy: same-origin",
              "cross-origin-resource-policy: same-origin")
          .doesNotContain("server:", "jetty", "strict-transport-security");
    }
  }

  @Nested
  @DisplayName("refuses what comes from elsewhere")
  class Elsewhere {

    @Test
    void other_hosts_are_misdirected() throws Exception {
      int port = site.address().getPort();
      for (String host :
          List.of("localhost:" + port, "127.0.0.1:" + port, "[::1]:" + port, "LOCALHOST:" + port)) {
        assertThat(
                status(
                    send("GET /help HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")))
            .as(host)
            .isEqualTo(200);
      }
      for (String host :
          List.of(
              "evil.example",
              "localhost",
              "localhost:1",
              "localhost.:" + port,
              "127.0.0.1.evil:" + port)) {
        assertThat(
                status(
                    send("GET /help HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")))
            .as(host)
            .isEqualTo(421);
      }
      assertThat(
              status(
                  send(
                      "GET http://evil.example/help HTTP/1.1\r\nHost: localhost:"
                          + port
                          + "\r\nConnection: close\r\n\r\n")))
          .isIn(400, 421);
    }

    @Test
    void forged_forms_never_reach_the_hole() throws Exception {
      HttpRequest.Builder forged =
          HttpRequest.newBuilder(site.address().resolve("/w/a/b/c"))
              .header("Cookie", "__Host-hitc=" + FakeHole.TOKEN)
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString("ticket=t"));
      assertThat(site.send(forged.copy()).statusCode()).isEqualTo(403);
      assertThat(site.send(forged.copy().header("Origin", "null")).statusCode()).isEqualTo(403);
      assertThat(site.send(forged.copy().header("Sec-Fetch-Site", "cross-site")).statusCode())
          .isEqualTo(403);
      assertThat(site.hole.asked()).isEmpty();
      assertThat(site.send(forged.copy().header("Origin", site.origin())).statusCode())
          .isEqualTo(303);
    }

    @Test
    void pages_are_not_embedded() throws Exception {
      HttpRequest.Builder embedded =
          HttpRequest.newBuilder(site.address())
              .header("Cookie", "__Host-hitc=" + FakeHole.TOKEN)
              .header("Sec-Fetch-Site", "cross-site")
              .header("Sec-Fetch-Dest", "iframe");
      assertThat(site.send(embedded).statusCode()).isEqualTo(403);
      assertThat(site.hole.asked()).isEmpty();
    }
  }

  @Nested
  @DisplayName("asks more than a name and a password when the listener does")
  class FurtherScreens {
    private static final String FIRST = "user=anna&password=temporary&idle=30&next=%2Fw%2Fb12";
    private static final String NEXT =
        "pending=" + SamplePages.PENDING + "&next=%%2Fw%%2Fb12&v.new=%s&v.again=%s";

    @Test
    void and_signs_in_only_after_the_last() throws Exception {
      HttpResponse<String> asked = site.post("/login", FIRST);
      assertThat(asked.statusCode()).isEqualTo(200);
      assertThat(asked.headers().allValues("Set-Cookie")).isEmpty();
      assertThat(asked.body())
          .contains(
              "<h1>Choose a new password</h1>", "name=\"pending\" value=\"" + SamplePages.PENDING)
          .doesNotContain("temporary");

      HttpResponse<String> done =
          site.post("/login/next", NEXT.formatted("correct+horse", "correct+horse"));

      assertThat(location(done)).isEqualTo("303 /w/b12");
      assertThat(done.headers().allValues("Set-Cookie"))
          .containsExactly("__Host-hitc=v4.public.fake; Secure; HttpOnly; Path=/; SameSite=Lax");
      assertThat(site.hole.asked().getLast())
          .isEqualTo(
              new Request.LoginAnswer(
                  SamplePages.PENDING,
                  Map.of("new", List.of("correct horse"), "again", List.of("correct horse")),
                  "127.0.0.1",
                  ""));
    }

    @Test
    void and_shows_the_problem_at_its_field_and_never_what_was_typed() throws Exception {
      HttpResponse<String> asked = site.post("/login/next", NEXT.formatted("secret1", "secret2"));
      assertThat(asked.statusCode()).isEqualTo(422);
      assertThat(asked.headers().allValues("Set-Cookie")).isEmpty();
      assertThat(asked.body())
          .contains(
              "<title>Error: Choose a new password",
              "<a href=\"#f-new\">Use at least 8 characters</a>",
              "aria-describedby=\"f-new-hint f-new-error\"",
              "aria-describedby=\"f-again-error\"",
              "name=\"pending\" value=\"" + "f".repeat(32))
          .doesNotContain("secret1", "secret2");
    }

    @Test
    void and_begins_anew_when_it_is_over() throws Exception {
      String late = "pending=0&next=%2F&v.new=secret1&v.again=secret1";
      HttpResponse<String> over = site.post("/login/next", late);
      assertThat(over.statusCode()).isEqualTo(409);
      assertThat(over.body()).contains("The sign-in was not finished", "action=\"/login\"");
      assertThat(location(site.get("/login/next"))).isEqualTo("303 /login");
    }

    @Test
    void and_passes_on_nothing_that_its_own_form_would_not_send() throws Exception {
      for (String odd :
          List.of(
              "next=%2F&v.new=x",
              "pending=&next=%2F&v.new=x",
              "pending=A&next=%2F&v.new=x",
              "pending=" + "0".repeat(33) + "&next=%2F&v.new=x",
              "pending=0&pending=1&next=%2F&v.new=x",
              "pending=0&next=%2F&v.N%C3%A9w=x",
              "pending=0&v.new=x")) {
        assertThat(site.post("/login/next", odd).statusCode()).as(odd).isEqualTo(400);
      }
      assertThat(site.hole.asked()).isEmpty();
    }
  }

  @Nested
  @DisplayName("keeps the session in one cookie")
  class Cookies {

    @Test
    void set_at_sign_in_with_all_its_attributes() throws Exception {
      HttpResponse<String> response =
          site.post("/login", "user=anna&password=demo&idle=120&next=%2Fw%2Fbudget_12");
      assertThat(location(response)).isEqualTo("303 /w/budget_12");
      assertThat(response.headers().allValues("Set-Cookie"))
          .containsExactly("__Host-hitc=v4.public.fake; Secure; HttpOnly; Path=/; SameSite=Lax");
      assertThat(site.hole.asked())
          .containsExactly(new Request.Login("anna", "demo", "120", "127.0.0.1", ""));
    }

    @Test
    void replaced_by_a_fresh_token_and_forgotten_at_sign_out() throws Exception {
      site.hole.answers(_ ->
          new Answer.Complete(
              new org.hitc.channel.Reply.Show(SamplePages.home("en")), Optional.of("fresh")));
      assertThat(site.get("/").headers().firstValue("Set-Cookie").orElseThrow())
          .startsWith("__Host-hitc=fresh;");
      site.hole.answers(_ -> new Answer.Refused(Refusal.DAEMON_DOWN));
      HttpResponse<String> out = site.post("/logout", "");
      assertThat(out.statusCode()).isEqualTo(503);
      assertThat(out.headers().firstValue("Set-Cookie").orElseThrow())
          .startsWith("__Host-hitc=;")
          .endsWith("Max-Age=0");
    }

    @Test
    void junk_never_crosses_the_hole() throws Exception {
      for (String cookie :
          List.of("__Host-hitc=junk", "__Host-hitc=" + "a".repeat(5000), "other=1")) {
        String raw = raw("GET /w/budget_12?account=204110 HTTP/1.1", "Cookie: " + cookie);
        assertThat(raw)
            .as(cookie)
            .startsWith("HTTP/1.1 303")
            .contains("Location: /login?next=%2Fw%2Fbudget_12%3Faccount%3D204110\r\n");
      }
      assertThat(status(raw("GET / HTTP/1.1", "Cookie: __Host-hitc=a; __Host-hitc=b")))
          .isEqualTo(400);
      assertThat(site.hole.asked()).isEmpty();
    }

    @Test
    void a_form_of_somebody_signed_out_is_not_sent() throws Exception {
      HttpResponse<String> response =
          site.send(
              HttpRequest.newBuilder(site.address().resolve("/w/a/b/c"))
                  .header("Sec-Fetch-Site", "same-origin")
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(HttpRequest.BodyPublishers.ofString("ticket=t")));
      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.body()).contains("Nothing was sent").contains("href=\"/login\"");
      assertThat(site.hole.asked()).isEmpty();
    }

    @Test
    void what_was_typed_too_late_is_kept_and_said_to_be() throws Exception {
      HttpResponse<String> late = site.post("/w/a/b/late", "ticket=t&v.a=1");
      assertThat(location(late)).isEqualTo("303 /login?next=%2Fw%2Fbudget_12%2Fv1%2Fp1&kept=1");
    }

    @Test
    void the_holder_of_a_token_that_is_over_reads_why_and_what_is_kept() throws Exception {
      HttpResponse<String> out = site.send(over("/login").GET());
      assertThat(out.body())
          .contains("You were signed out at 14:35 because you did nothing for 30 minutes")
          .contains("kept for you until 15:35. Nothing was sent.")
          .contains("name=\"next\" value=\"/w/budget_12/v1/p1\"")
          .contains("name=\"user\" type=\"text\" value=\"anna\"")
          .contains("Sign in and continue", "Not Anna Berg?", "the kept entries are deleted");
      assertThat(out.headers().firstValue("Hitc-Keeps")).contains("yes");
      String stranger =
          site.send(HttpRequest.newBuilder(site.address().resolve("/login?kept=1")).GET()).body();
      assertThat(stranger).doesNotContain("anna", "Anna", "kept");
    }

    @Test
    void who_is_signed_in_needs_no_sign_in() throws Exception {
      assertThat(location(site.get("/login?next=%2Fw%2Fa"))).isEqualTo("303 /w/a");
    }

    @Test
    void somebody_else_who_signs_in_is_not_led_to_what_is_kept() throws Exception {
      String form = "password=demo&idle=30&next=%2Fw%2Fa%2Fb%2Fc&holder=anna&user=";
      assertThat(location(site.post("/login", form + "anna"))).isEqualTo("303 /w/a/b/c");
      assertThat(location(site.post("/login", form + "bert"))).isEqualTo("303 /");
    }

    @Test
    void a_slip_in_the_user_name_does_not_lose_the_way_to_what_is_kept() throws Exception {
      HttpResponse<String> refused =
          site.post("/login", "password=wrong&idle=30&next=%2Fw%2Fa%2Fb%2Fc&holder=anna&user=ana");
      assertThat(refused.statusCode()).isEqualTo(422);
      assertThat(refused.body()).contains("name=\"next\" value=\"/w/a/b/c\"");
    }

    @Test
    void what_is_kept_can_be_deleted_by_its_holder() throws Exception {
      HttpResponse<String> gone = site.send(emptyPost(over("/login/forget")));
      assertThat(location(gone)).isEqualTo("303 /login");
      assertThat(gone.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
      assertThat(location(site.post("/login/forget", ""))).isEqualTo("303 /");
    }

    @Test
    void a_page_may_give_away_what_was_typed_and_nothing_is_done_with_it() throws Exception {
      HttpRequest.Builder late = over("/w/a/b/c/keep").header("Sec-Fetch-Site", "same-origin");
      late.header("Content-Type", "application/x-www-form-urlencoded");
      late.POST(HttpRequest.BodyPublishers.ofString("ticket=t&v.a=1"));
      assertThat(location(site.send(late))).endsWith("&kept=1");
      assertThat(location(site.post("/w/a/b/c/keep", "ticket=t&v.a=1")))
          .isEqualTo("303 /w/budget_12/v1/p1");
      assertThat(site.hole.asked()).allMatch(Request.Keep.class::isInstance);
    }

    private HttpRequest.Builder over(String path) {
      return HttpRequest.newBuilder(site.address().resolve(path))
          .header("Cookie", "__Host-hitc=" + TestSite.OVER);
    }

    private static HttpRequest.Builder emptyPost(HttpRequest.Builder request) {
      return request
          .header("Sec-Fetch-Site", "same-origin")
          .POST(HttpRequest.BodyPublishers.noBody());
    }

    @Test
    void a_token_that_is_over_passes_with_a_form_only() throws Exception {
      HttpRequest.Builder post =
          HttpRequest.newBuilder(site.address().resolve("/w/a/b/late"))
              .header("Cookie", "__Host-hitc=" + TestSite.OVER)
              .header("Sec-Fetch-Site", "same-origin");
      HttpResponse<String> sent =
          site.send(
              post.copy()
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(HttpRequest.BodyPublishers.ofString("ticket=t&v.a=" + "1".repeat(20_000))));
      assertThat(location(sent)).endsWith("&kept=1");
      assertThat(site.hole.asked()).hasSize(1);
      assertThat(location(site.send(post.copy().GET()))).startsWith("303 /login?next=");
      assertThat(site.hole.asked()).hasSize(1);
    }

    @Test
    void a_wrong_password_keeps_the_name_and_where_to_go() throws Exception {
      HttpResponse<String> response =
          site.post("/login", "user=an%22na&password=wrong&idle=300&next=%2Fw%2Fa");
      assertThat(response.statusCode()).isEqualTo(422);
      assertThat(response.body())
          .contains("value=\"an&#34;na\"")
          .contains("name=\"next\" value=\"/w/a\"")
          .contains("id=\"idle-300\" name=\"idle\" value=\"300\" checked")
          .doesNotContain("wrong\"");
    }
  }

  @Nested
  @DisplayName("has limits")
  class LimitsOnInput {

    @Test
    void on_forms() throws Exception {
      assertThat(site.post("/w/a/b/c", "ticket=" + "x".repeat(300_000)).statusCode())
          .isEqualTo(413);
      assertThat(site.post("/w/a/b/c", "ticket=t" + "&v.a=1".repeat(300)).statusCode())
          .isIn(400, 413);
      for (String broken :
          List.of(
              "",
              "ticket=t&ticket=t",
              "v.a=1",
              "ticket=t&x=1",
              "ticket=t&v.A=1",
              "ticket=t&v.a=%C3%28",
              "ticket=t&v.a=%",
              "ticket=t&v." + "a".repeat(70) + "=1")) {
        assertThat(site.post("/w/a/b/c", broken).statusCode()).as(broken).isEqualTo(400);
      }
      assertThat(site.post("/w/a/b/c?ticket=t", "ticket=t").statusCode()).isEqualTo(400);
      assertThat(
              site.send(
                      site.request("/w/a/b/c")
                          .header("Content-Type", "application/x-www-form-urlencoded")
                          .header("Content-Encoding", "gzip")
                          .POST(HttpRequest.BodyPublishers.ofString("ticket=t")))
                  .statusCode())
          .isEqualTo(400);
      assertThat(
              site.send(
                      site.request("/w/a/b/c")
                          .header("Content-Type", "text/plain")
                          .POST(HttpRequest.BodyPublishers.ofString("ticket=t")))
                  .statusCode())
          .isEqualTo(400);
      assertThat(site.hole.asked()).isEmpty();
    }

    @Test
    void on_headers() throws Exception {
      assertThat(status(raw("GET / HTTP/1.1", "X: " + "x".repeat(9000)))).isEqualTo(431);
      assertThat(status(raw("GET /" + "x".repeat(9000) + " HTTP/1.1"))).isIn(414, 431);
    }
  }

  @Nested
  @DisplayName("tells what the hole refused")
  class Refusals {

    @Test
    void every_refusal_has_its_status_and_its_page() throws Exception {
      for (Refusal why : Refusal.values()) {
        site.hole.answers(_ -> FakeHole.refused(why));
        HttpResponse<String> response = site.get("/w/a/b/c");
        if (why.status() == 401) {
          assertThat(location(response))
              .as(why.code())
              .isEqualTo("303 /login?next=%2Fw%2Fa%2Fb%2Fc");
        } else {
          assertThat(response.statusCode()).as(why.code()).isEqualTo(why.status());
          assertThat(response.body()).contains("7K3P-2M");
        }
      }
    }

    @Test
    void a_silent_listener_gives_503_and_the_truth_about_what_was_sent() throws Exception {
      for (Refusal why :
          List.of(
              Refusal.DAEMON_DOWN, Refusal.NOT_ANSWERING, Refusal.BUSY, Refusal.RESULT_TRUNCATED)) {
        site.hole.answers(_ -> new Answer.Refused(why));
        HttpResponse<String> read = site.get("/w/a/b/c");
        assertThat(read.statusCode()).isEqualTo(503);
        assertThat(read.headers().firstValue("Retry-After")).isPresent();
        assertThat(read.body()).contains("href=\"/w/a/b/c\"");
        String sent = site.post("/w/a/b/c", "ticket=t").body();
        assertThat(sent)
            .contains(why == Refusal.DAEMON_DOWN ? "Nothing was sent" : "It is not known whether");
      }
    }

    @Test
    void a_reply_to_another_question_is_a_failure() throws Exception {
      site.hole.answers(_ -> FakeHole.reply(new org.hitc.channel.Reply.SignedIn()));
      assertThat(site.get("/").statusCode()).isEqualTo(500);
      assertThat(site.post("/login", "user=a&password=b&idle=30&next=/").statusCode())
          .isEqualTo(500);
    }

    @Test
    void a_stopped_page_has_the_status_of_its_reason() throws Exception {
      assertThat(site.get("/w/a/b/stopped").statusCode()).isEqualTo(403);
    }
  }

  @Nested
  @DisplayName("hands out files")
  class Files {

    @Test
    void as_attachments_that_can_do_nothing() throws Exception {
      HttpResponse<String> file = site.get("/w/a/b/c/download/csv");
      assertThat(file.statusCode()).isEqualTo(200);
      assertThat(file.body()).isEqualTo("Object,Budget\r\n");
      assertThat(file.headers().firstValue("Content-Disposition").orElseThrow())
          .startsWith("attachment; filename=\"budget_12.csv\"");
      assertThat(file.headers().allValues("Content-Security-Policy"))
          .containsExactly(SecurityHeaders.FILE_POLICY);
    }

    @Test
    void and_cuts_the_connection_when_one_breaks_off() {
      site.hole.breaksStreams();
      assertThatThrownBy(() -> site.get("/w/a/b/c/download/csv")).isInstanceOf(IOException.class);
    }
  }

  @Test
  @DisplayName("speaks HTTP/2 without TLS to those who ask for it")
  void h2c() throws Exception {
    try (HttpClient two = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      HttpResponse<String> response =
          two.send(site.request("/").build(), HttpResponse.BodyHandlers.ofString());
      assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("x-content-type-options")).contains("nosniff");
    }
  }

  @Test
  @DisplayName("draws a page in the language it is in")
  void language() throws Exception {
    assertThat(site.get("/w/a/b/german").body()).contains("<html lang=\"de\"").contains("Abmelden");
    assertThat(site.send(site.request("/help").header("Accept-Language", "de")).body())
        .contains("<html lang=\"de\"")
        .contains("Hilfe");
  }

  private static String location(HttpResponse<?> response) {
    return response.statusCode() + " " + response.headers().firstValue("Location").orElse("");
  }

  private static int status(String raw) {
    return Integer.parseInt(raw.split(" ", 3)[1]);
  }

  private String raw(String requestLine, String... headers) throws IOException {
    return send(
        requestLine
            + "\r\nHost: localhost:"
            + site.address().getPort()
            + "\r\nConnection: close\r\n"
            + String.join("\r\n", headers)
            + (headers.length > 0 ? "\r\n" : "")
            + "\r\n");
  }

  private String send(String request) throws IOException {
    try (Socket socket = new Socket(site.address().getHost(), site.address().getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
