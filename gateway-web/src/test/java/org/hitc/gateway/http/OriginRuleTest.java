package org.hitc.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OriginRuleTest {

  private static final String OWN = "https://fis.example.org";

  @Test
  @DisplayName("of all combinations, only these may change anything")
  void changes() {
    List<List<String>> sites =
        List.of(
            List.of(),
            List.of("same-origin"),
            List.of("same-site"),
            List.of("cross-site"),
            List.of("none"),
            List.of("SAME-ORIGIN"),
            List.of("same-origin", "same-origin"),
            List.of("same-origin", "cross-site"));
    List<List<String>> origins =
        List.of(
            List.of(),
            List.of("null"),
            List.of(OWN),
            List.of("http://fis.example.org"),
            List.of("https://fis.example.org:8443"),
            List.of("https://evil.fis.example.org"),
            List.of("https://fis.example.org.evil"),
            List.of(OWN, "https://evil.example"),
            List.of(OWN, OWN),
            List.of(""));
    for (List<String> site : sites) {
      for (List<String> origin : origins) {
        boolean byBrowser = site.equals(List.of("same-origin"));
        boolean ours = byBrowser && (origin.isEmpty() || origin.equals(List.of("null")));
        ours |= byBrowser && (origin.equals(List.of(OWN)) || origin.equals(List.of(OWN, OWN)));
        ours |= site.isEmpty() && origin.equals(List.of(OWN));
        assertThat(OriginRule.allowsChange(site, origin, OWN))
            .as("%s %s", site, origin)
            .isEqualTo(ours);
      }
    }
  }

  @Test
  void another_site_may_only_open_a_page_in_a_whole_tab() {
    for (String site : List.of("cross-site", "same-site")) {
      assertThat(OriginRule.allowsRead(List.of(site), List.of("document"))).isTrue();
      for (String into : List.of("iframe", "image", "script", "empty", "embed", "object")) {
        assertThat(OriginRule.allowsRead(List.of(site), List.of(into))).as(into).isFalse();
      }
      assertThat(OriginRule.allowsRead(List.of(site), List.of())).isFalse();
    }
    for (List<String> site : List.of(List.of("same-origin"), List.of("none"), List.<String>of())) {
      assertThat(OriginRule.allowsRead(site, List.of("empty"))).isTrue();
    }
  }
}
