package org.hitc.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NextPathTest {

  @Test
  void pages_of_this_site_are_remembered() {
    for (String next :
        List.of(
            "/",
            "/w/budget_12",
            "/w/budget_12?account=204110&period=2026-06",
            "/w/budget_12/v1/p1",
            "/w/budget_12/v1/p1?sort=-spent&part=2",
            "/?find=mail",
            "/jobs",
            "/jobs/7K3P-2M",
            "/w/budget_12/v1/p1/again",
            "/w/budget_12/v1/p1/row/h1",
            "/w/budget_12/v1/p1/row/h1?sort=spent",
            "/w/budget_12/v1/p1/download/csv")) {
      assertThat(NextPath.orHome(next)).isEqualTo(next);
    }
  }

  @Test
  void everything_else_leads_home() {
    for (String next :
        List.of(
            "",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example/",
            "javascript:alert(1)",
            "/w/a\r\nSet-Cookie: x=1",
            "/w/a\t",
            " /w/a",
            "/w/a?x=\"><script>",
            "/login",
            "/logout",
            "/jobs/1/cancel",
            "/jobs/1/output",
            "/jobs/1?x=1",
            "/nowhere",
            "/w//evil.example",
            "/w/a#b",
            "/%2F/evil.example",
            "/w/" + "a".repeat(2000),
            "/w/a?" + "a".repeat(2000),
            "/\u0000",
            "/w/\u202eabc",
            "http:/w/a",
            "w/a")) {
      assertThat(NextPath.orHome(next)).as(next).isEqualTo("/");
    }
  }
}
