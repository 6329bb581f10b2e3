package org.hitc.listener.command;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The walk of a build: signs in, runs a report, looks at what a user looks at first. What both JVMs
 * load and link on the way is what their AOT caches hold. A walk that does not arrive fails the
 * build, because then the product does not work.
 */
final class Training {
  private static final int ROUNDS = 3;
  private static final Pattern TICKET = Pattern.compile("name=\"ticket\" value=\"([^\"]+)\"");
  private static final Pattern PERIOD =
      Pattern.compile("(?:name=\"v\\.period\"|<option) value=\"([0-9a-z]{20,})\"");
  private static final Pattern STYLE = Pattern.compile("href=\"(/static/[^\"]+\\.css)\"");
  private static final Pattern ROW = Pattern.compile("href=\"([^\"]+/row/[^\"]+)\"");

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI site;
  private String cookie = "";

  private Training(URI site) {
    this.site = site;
  }

  static void walk(int port) throws IOException, InterruptedException {
    Training training = new Training(URI.create("http://localhost:" + port + "/"));
    for (int i = 0; i < ROUNDS; i++) {
      training.round();
    }
  }

  private void round() throws IOException, InterruptedException {
    cookie = "";
    String signIn = get("/login");
    get(found(STYLE, signIn));
    get("/no-such-page");
    post("/login", Map.of("user", "nobody", "password", "wrong", "idle", "30", "next", "/"));
    post("/login", Map.of("user", "anna", "password", "demo", "idle", "30", "next", "/"));
    String form = get("/w/budget_12");
    Map<String, String> wrong = answers(form, "4711");
    post(address(form), wrong);
    String report = post(address(form), answers(form, "204110"));
    if (!report.contains("169,613.25")) {
      throw new IOException("the walk did not arrive at the report but at:\n" + report);
    }
    get(found(ROW, report));
    get("/");
  }

  private static Map<String, String> answers(String form, String account) throws IOException {
    return Map.of(
        "ticket", found(TICKET, form), "v.account", account, "v.period", found(PERIOD, form));
  }

  private static String address(String form) throws IOException {
    return found(Pattern.compile("<form method=\"post\" action=\"(/w/[^\"]+)\""), form);
  }

  private String get(String path) throws IOException, InterruptedException {
    return follow(send(request(path).GET()));
  }

  private String post(String path, Map<String, String> form)
      throws IOException, InterruptedException {
    String body =
        form.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return follow(
        send(
            request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(HttpRequest.BodyPublishers.ofString(body))));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(site.resolve(path))
        .header("Cookie", cookie)
        .header("Accept-Language", "en");
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    response
        .headers()
        .firstValue("Set-Cookie")
        .ifPresent(set -> cookie = set.substring(0, (set + ";").indexOf(';')));
    return response;
  }

  private String follow(HttpResponse<String> response) throws IOException, InterruptedException {
    return response.headers().firstValue("Location").isPresent()
        ? get(response.headers().firstValue("Location").get())
        : response.body();
  }

  private static String found(Pattern pattern, String page) throws IOException {
    Matcher match = pattern.matcher(page);
    if (!match.find()) {
      throw new IOException("the walk found no " + pattern + " in:\n" + page);
    }
    return match.group(1);
  }
}
