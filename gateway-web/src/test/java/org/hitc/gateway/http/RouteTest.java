package org.hitc.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.hitc.channel.Page;
import org.hitc.channel.PageAddress;
import org.junit.jupiter.api.Test;

class RouteTest {

  private static final PageAddress PAGE = new PageAddress("budget_12", "v1", "p1");

  @Test
  void every_address_has_one_route() {
    Map<String, Route> routes =
        Map.ofEntries(
            Map.entry("/", new Route.Home()),
            Map.entry("/login", new Route.Login()),
            Map.entry("/login/next", new Route.LoginNext()),
            Map.entry("/logout", new Route.Logout()),
            Map.entry("/login/forget", new Route.Forget()),
            Map.entry("/session", new Route.Session()),
            Map.entry("/sessions", new Route.Sessions()),
            Map.entry("/w/budget_12/v1/p1/keep", new Route.Keep(PAGE)),
            Map.entry("/help", new Route.Help()),
            Map.entry("/accessibility", new Route.Accessibility()),
            Map.entry("/static/style-0.css", new Route.Asset("style-0.css")),
            Map.entry("/jobs", new Route.Jobs()),
            Map.entry("/jobs/7K3P-2M", new Route.Job("7K3P-2M")),
            Map.entry("/jobs/7K3P-2M/output", new Route.Output("7K3P-2M")),
            Map.entry("/w/budget_12/v1/p1/again", new Route.Again(PAGE)),
            Map.entry("/w/budget_12/v1/p1/download/xlsx", new Route.File(PAGE, Page.Download.XLSX)),
            Map.entry("/jobs/7K3P-2M/cancel", new Route.Cancel("7K3P-2M")),
            Map.entry("/w/budget_12", new Route.Start("budget_12")),
            Map.entry("/w/budget_12/v1/p1", new Route.Step(PAGE)),
            Map.entry("/w/budget_12/v1/p1/row/h1", new Route.Row(PAGE, "h1")),
            Map.entry("/w/budget_12/v1/p1/download/csv", new Route.File(PAGE, Page.Download.CSV)),
            Map.entry(
                "/w/budget_12/v1/p1/download/original",
                new Route.File(PAGE, Page.Download.ORIGINAL)));
    routes.forEach((path, route) -> assertThat(Route.of(path)).as(path).isEqualTo(route));
  }

  @Test
  void every_other_spelling_is_nobodys() {
    for (String path :
        List.of(
            "",
            "login",
            "*",
            "//",
            "/login/",
            "/login/kept",
            "/session/a",
            "/w/a/b/c/keep/1",
            "//login",
            "/./login",
            "/w",
            "/w/",
            "/w/a/b",
            "/w/../login",
            "/w/./a/b",
            "/w/a/b/c/row",
            "/w/a/b/c/row/h/x",
            "/w/a/b/c/download/CSV",
            "/w/a/b/c/download/pdf",
            "/w/a/b/c/more",
            "/w/a/b/c/again/1",
            "/w/%61",
            "/w/a;x=1",
            "/w/a b",
            "/w/\u00e4",
            "/jobs/",
            "/jobs/1/stop",
            "/jobs/1/cancel/1",
            "/static",
            "/static/a/b",
            "/w/" + "a".repeat(129))) {
      assertThat(Route.of(path)).as(path).isEqualTo(new Route.Unknown());
    }
  }
}
