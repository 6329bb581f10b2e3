package org.hitc.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without a screen or script: keeps the cookie, sends forms, follows see-other. */
public final class Browser {
  private static final Pattern FORM =
      Pattern.compile("<form (?:class=\"[a-z]+\" )?method=\"post\" action=\"(/w/[^\"]+)\"");
  private static final String SESSION = "__Host-hitc";
  private static final Pattern TICKET = Pattern.compile("name=\"ticket\" value=\"([^\"]+)\"");

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final URI site;
  private final String languages;
  private final Map<String, String> cookies = new LinkedHashMap<>();

  /** A fresh one, signed in as nobody, that prefers English. */
  public Browser(URI site) {
    this(site, "en");
  }

  /**
   * A fresh one, signed in as nobody.
   *
   * @param languages what it sends as {@code Accept-Language}
   */
  public Browser(URI site, String languages) {
    this.site = site;
    this.languages = languages;
  }

  /**
   * What came back.
   *
   * @param at the path it came from, after redirections
   */
  public record Page(String at, int status, HttpHeaders headers, String body) {

    /** The first group of the first match. */
    public String found(Pattern pattern) {
      Matcher match = pattern.matcher(body);
      if (!match.find()) {
        throw new AssertionError("no " + pattern + " in " + status + " " + at + ":\n" + body);
      }
      return match.group(1);
    }

    /** Where its form goes. */
    public String action() {
      return found(FORM);
    }

    /** The ticket of its form. */
    public String ticket() {
      return found(TICKET);
    }

    /** Its visible words, tags taken out and blanks folded. */
    public String words() {
      return body.replaceAll("(?s)<(style|script).*?</\\1>", " ")
          .replaceAll("<[^>]*>", " ")
          .replace("&lt;", "<")
          .replace("&gt;", ">")
          .replace("&#34;", "\"")
          .replace("&#39;", "'")
          .replace("&amp;", "&")
          .replaceAll("\\s+", " ");
    }

    /** Every first group of a pattern, from first to last. */
    public List<String> all(Pattern pattern) {
      return pattern.matcher(body).results().map(match -> match.group(1)).toList();
    }

    /** The value of the option or radio button of this field with these words. */
    public String option(String field, String words) {
      Pattern radio =
          Pattern.compile(
              "name=\"v\\."
                  + Pattern.quote(field)
                  + "\" value=\"([^\"]+)\"[^>]*>\\s*<label[^>]*>(?:<[^>]*>)*"
                  + Pattern.quote(words));
      return found(radio);
    }
  }

  /** Signs in with the demo's password. */
  public Browser signIn(String user) {
    Page page = post("/login", Map.of("user", user, "password", "demo", "idle", "30", "next", "/"));
    if (page.status() != 200 || token().isEmpty()) {
      throw new AssertionError("signing in failed: " + page.status() + "\n" + page.body());
    }
    return this;
  }

  /** Opens an address of the site. */
  public Page get(String path) {
    return follow(path, send(request(path).GET()));
  }

  /** The same without following anything. */
  public Page getOnly(String path) {
    return page(path, send(request(path).GET()));
  }

  /** Downloads a file, as bytes. */
  public HttpResponse<byte[]> download(String path) {
    return exchange(request(path).GET(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** Sends a form. */
  public Page post(String path, Map<String, String> form) {
    return follow(path, send(formRequest(path, form)));
  }

  /** The same without following anything. */
  public Page postOnly(String path, Map<String, String> form) {
    return page(path, send(formRequest(path, form)));
  }

  /** Fills in the form of a page and sends it. */
  public Page submit(Page page, Map<String, String> values) {
    return post(page.action(), form(page, values));
  }

  /** The same without following anything. */
  public Page submitOnly(Page page, Map<String, String> values) {
    return postOnly(page.action(), form(page, values));
  }

  /** Presses the button of a page that asks for nothing else. */
  public Page press(Page page) {
    return submit(page, Map.of());
  }

  private static Map<String, String> form(Page page, Map<String, String> values) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("ticket", page.ticket());
    values.forEach((name, value) -> form.put("v." + name, value));
    return form;
  }

  /** Sends a body as it is, such as one with a field that stands there twice. */
  public Page postRaw(String path, String contentType, String body) {
    return follow(path, send(bodyRequest(path, contentType, body)));
  }

  /** Reads a page as it comes. */
  public HttpResponse<InputStream> stream(String path) {
    return exchange(request(path).GET(), HttpResponse.BodyHandlers.ofInputStream());
  }

  /** Another browser that holds the same session. */
  public Browser copy() {
    Browser copy = new Browser(site, languages);
    copy.cookies.putAll(cookies);
    return copy;
  }

  /** Begins {@code budget_12} and asks for a budget of a period that is offered. */
  public Page budget(String account, String period) {
    Page form = get("/w/budget_12");
    return submit(form, Map.of("account", account, "period", form.option("period", period)));
  }

  /** The session token it holds. */
  public String token() {
    return cookies.getOrDefault(SESSION, "");
  }

  /** Holds another token from now on. */
  public void useToken(String token) {
    cookies.put(SESSION, token);
  }

  private HttpRequest.Builder formRequest(String path, Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
            .collect(Collectors.joining("&"));
    return bodyRequest(path, "application/x-www-form-urlencoded", body);
  }

  private HttpRequest.Builder bodyRequest(String path, String contentType, String body) {
    return request(path)
        .header("Content-Type", contentType)
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(site.resolve(path))
            .timeout(Duration.ofMinutes(2))
            .header("Accept-Language", languages)
            .header("Sec-Fetch-Site", "same-origin");
    String all =
        cookies.entrySet().stream()
            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
            .collect(Collectors.joining("; "));
    return all.isEmpty() ? request : request.header("Cookie", all);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    return exchange(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private <T> HttpResponse<T> exchange(
      HttpRequest.Builder request, HttpResponse.BodyHandler<T> reader) {
    try {
      HttpResponse<T> response = client.send(request.build(), reader);
      for (String set : response.headers().allValues("Set-Cookie")) {
        String[] sent = set.substring(0, (set + ";").indexOf(';')).split("=", 2);
        if (sent[1].isEmpty()) {
          cookies.remove(sent[0]);
        } else {
          cookies.put(sent[0], sent[1]);
        }
      }
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Page follow(String path, HttpResponse<String> response) {
    List<String> to = response.headers().allValues("Location");
    return to.isEmpty() ? page(path, response) : get(to.getFirst());
  }

  private static Page page(String path, HttpResponse<String> response) {
    return new Page(path, response.statusCode(), response.headers(), response.body());
  }
}
