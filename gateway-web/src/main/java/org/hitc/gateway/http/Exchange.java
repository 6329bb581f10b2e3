package org.hitc.gateway.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.hitc.channel.Arrangement;
import org.hitc.channel.Page;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.hole.FileSink;
import org.hitc.gateway.page.Live;
import org.hitc.gateway.page.Renderer;
import org.hitc.gateway.page.Screen;
import org.hitc.i18n.Language;

/**
 * One HTTP request and its response, in the words of the gateway. It takes in the reply of the
 * hole: a file goes on to the browser as it comes, a page takes its share of the memory.
 */
final class Exchange implements FileSink, AutoCloseable {

  private static final String PREFIX = "v.";

  /** Most of it that may cross the hole, in bytes. */
  private static final int MAX_LANGUAGES = 256;

  /** Names of form fields as they may cross the hole (rule R9 of the protocol), without prefix. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9_][a-z0-9_.-]{0,61}");

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final Renderer renderer;
  private final Budget.Share memory;
  private final Limits limits;
  private boolean streamBegun;
  private Optional<String> session = Optional.empty();
  private Optional<String> spoken = Optional.empty();

  /**
   * @param memory for the pages that the hole gives
   */
  Exchange(
      HttpServletRequest request,
      HttpServletResponse response,
      Renderer renderer,
      Budget.Share memory,
      Limits limits) {
    this.request = request;
    this.response = response;
    this.renderer = renderer;
    this.memory = memory;
    this.limits = limits;
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    memory.close();
  }

  @Override
  public boolean hasRoom(int bytes) {
    return memory.take(bytes);
  }

  boolean isHead() {
    return request.getMethod().equals("HEAD");
  }

  boolean isPost() {
    return request.getMethod().equals("POST");
  }

  Route route() {
    return Route.of(request.getRequestURI());
  }

  /** What the browser sent as its session. */
  SessionCookie.Sent token() {
    return SessionCookie.read(headers("Cookie"));
  }

  /** What was chosen in this browser, if it is offered. */
  Optional<LanguageCookie.Choice> chosenLanguage() {
    return LanguageCookie.read(headers("Cookie"))
        .filter(choice -> renderer.languages().withTag(choice.tag()).isPresent());
  }

  /**
   * What crosses the hole as the languages of the browser: the one that was chosen before the
   * sign-in, then the raw {@code Accept-Language}, or nothing of it when it holds what no browser
   * sends. What the listener knows of is left out: the browser may have been somebody else's then.
   */
  String languages() {
    return languages(chosenLanguage().filter(choice -> !choice.told()));
  }

  /** The same for words in the gateway's own pages, which are in the language of this browser. */
  String languagesOfOwnPages() {
    return languages(chosenLanguage());
  }

  private String languages(Optional<LanguageCookie.Choice> first) {
    String accepted = String.join(",", headers("Accept-Language"));
    String known = accepted.chars().allMatch(c -> c >= ' ' && c < 0x7f) ? accepted : "";
    String all = first.map(choice -> choice.tag() + "," + known).orElse(known);
    if (all.length() <= MAX_LANGUAGES) {
      return all;
    }
    int end = all.lastIndexOf(',', MAX_LANGUAGES);
    return all.substring(0, Math.max(end, 0));
  }

  /** The language of the gateway's own screens. */
  Language language() {
    return renderer
        .languages()
        .choose(chosenLanguage().map(LanguageCookie.Choice::tag), languages());
  }

  /** The listener's pages are in this language: the gateway's own are from now on, too. */
  void speakAs(Page page) {
    String tag = page.frame().language();
    boolean same = chosenLanguage().map(LanguageCookie.Choice::tag).equals(Optional.of(tag));
    if (!same && !tag.equals(language().tag()) && renderer.languages().withTag(tag).isPresent()) {
      speak(new LanguageCookie.Choice(tag, true));
    }
  }

  /** True when the browser says that a page of ours or its user led here, and not another site. */
  boolean isOwnNavigation() {
    List<String> sites = headers("Sec-Fetch-Site");
    return !sites.isEmpty() && sites.stream().noneMatch(OriginRule.OUTSIDE::contains);
  }

  /** Address of the browser. */
  String source() {
    return Optional.ofNullable(request.getAttribute(Peers.Browser.class.getName()))
        .map(Peers.Browser.class::cast)
        .map(Peers.Browser::address)
        .orElseThrow();
  }

  /** The address of this page: path and query as the browser sent them. */
  String pathAndQuery() {
    String query = request.getQueryString();
    return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
  }

  /** A parameter of the query, or empty. */
  String parameter(String name) {
    return Optional.ofNullable(request.getParameter(name)).orElse("");
  }

  /**
   * A field of our own form.
   *
   * @throws UnusableFormException when it is not there exactly once
   */
  String field(String name) {
    List<String> values = values(name);
    if (values.size() != 1) {
      throw new UnusableFormException();
    }
    return values.getFirst();
  }

  /** What the browser sent, by name: the query of a link, or the fields of a form. */
  private Map<String, List<String>> all() {
    Map<String, List<String>> values = new LinkedHashMap<>();
    if (isUpload()) {
      values.putAll(uploaded());
    } else {
      request.getParameterMap().forEach((name, of) -> values.put(name, List.of(of)));
    }
    // Jetty bounds the names, not how often each may stand there.
    if (values.values().stream().mapToInt(List::size).sum() > limits.formFields()) {
      throw new UnusableFormException();
    }
    return values;
  }

  private boolean isUpload() {
    return Optional.ofNullable(request.getContentType()).filter(Multipart::is).isPresent();
  }

  private Map<String, List<String>> uploaded() {
    try {
      return Multipart.fields(ServletContextRequest.getServletContextRequest(request), limits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What was submitted from a page: its ticket, and what was typed, the fields {@code v.NAME}, by
   * their name.
   */
  Submitted submitted() {
    Map<String, List<String>> values = new LinkedHashMap<>();
    Optional<String> ticket = Optional.empty();
    for (Map.Entry<String, List<String>> field : all().entrySet()) {
      if (field.getKey().startsWith(PREFIX)) {
        values.put(checked(field.getKey().substring(PREFIX.length())), field.getValue());
      } else if (field.getKey().equals("ticket") && field.getValue().size() == 1) {
        ticket = Optional.of(field.getValue().getFirst());
      } else {
        throw new UnusableFormException();
      }
    }
    return new Submitted(ticket.orElseThrow(UnusableFormException::new), values);
  }

  /**
   * What was typed into a further screen of a sign-in: the fields {@code v.NAME}, by their name.
   */
  Map<String, List<String>> typed() {
    Map<String, List<String>> values = new LinkedHashMap<>();
    all()
        .forEach((name, of) -> {
          if (name.startsWith(PREFIX)) {
            values.put(checked(name.substring(PREFIX.length())), of);
          }
        });
    return values;
  }

  /** A form that was submitted. */
  record Submitted(String ticket, Map<String, List<String>> values) {}

  /** Answers that a link carries in its query. */
  Map<String, List<String>> answersOfLink() {
    Map<String, List<String>> values = all();
    values.keySet().forEach(Exchange::checked);
    return values;
  }

  /**
   * How a report is to be shown, out of the query: what {@link Arrangement#of} reads.
   *
   * @throws UnusableFormException when there is a parameter that means nothing
   */
  Map<String, List<String>> arrangement() {
    Map<String, List<String>> values = all();
    var _ = Arrangement.of(values).orElseThrow(UnusableFormException::new);
    return values;
  }

  private List<String> values(String name) {
    String[] values = request.getParameterValues(name);
    return values == null ? List.of() : List.of(values);
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new UnusableFormException();
    }
    return name;
  }

  /** Draws a screen as the whole response. */
  void draw(Screen screen) {
    String here = isPost() ? request.getRequestURI() : pathAndQuery();
    draw(screen, language(), here);
  }

  /** Draws a screen in this language. */
  void draw(Screen screen, Language language, String here) {
    Renderer.Drawn drawn = renderer.draw(screen, language, here);
    response.setStatus(drawn.status());
    if (drawn.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
      response.setHeader("Retry-After", "10");
    }
    response.setContentType("text/html; charset=utf-8");
    response.setContentLength(drawn.length());
    try {
      drawn.writeTo(response.getOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Draws the page of a running job for as long as there is something to follow. */
  void draw(Page.Running job, Live live) throws IOException {
    streamBegun = true;
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType("text/html; charset=utf-8");
    // A proxy that collects the response would show nothing until the job has ended (nginx).
    response.setHeader("X-Accel-Buffering", "no");
    // A program may be silent for longer than a connection may idle; a browser that reads nothing
    // is cut off all the same, since the write that waits for it fails.
    ServletContextRequest.getServletContextRequest(request).addIdleTimeoutListener(_ -> false);
    renderer.draw(job, live, pathAndQuery(), response.getOutputStream());
  }

  /** Sends a style sheet or icon, to be kept for ever. */
  void sendAsset(StaticFiles.Content content) {
    response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
    response.setContentType(content.mediaType());
    ByteBuffer bytes = content.bytes().duplicate();
    response.setContentLength(bytes.remaining());
    try {
      response.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** 303: the answer stands elsewhere on this site (RFC 9110, 15.4.4). */
  void seeOther(String path) {
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", path);
  }

  /** Tells the script of a page how long the session lasts, in seconds and as a time of day. */
  void tellSession(Page.Frame frame) {
    response.setHeader("Hitc-Left", Integer.toString(frame.secondsLeft()));
    response.setHeader("Hitc-Until", Disposition.encoded(frame.signedInUntil()));
  }

  /** Tells the script of a page that the session is over, and that what was typed can be kept. */
  void tellKeeps() {
    response.setHeader("Hitc-Keeps", "yes");
  }

  void keep(String token) {
    session = Optional.of(SessionCookie.keep(token));
    setCookies();
  }

  void forget() {
    session = Optional.of(SessionCookie.forget());
    setCookies();
  }

  /** This browser reads this language from now on. */
  void speak(LanguageCookie.Choice choice) {
    spoken = Optional.of(LanguageCookie.keep(choice));
    setCookies();
  }

  /** Each of the two at most once, however often it was changed. */
  private void setCookies() {
    response.setHeader("Set-Cookie", null);
    session.ifPresent(cookie -> response.addHeader("Set-Cookie", cookie));
    spoken.ifPresent(cookie -> response.addHeader("Set-Cookie", cookie));
  }

  /**
   * Begins a file or what a job has printed: from here on the response can only be finished or cut.
   * Closing the stream must do neither: only the answer that follows tells whether it is whole.
   */
  @Override
  public OutputStream open(Reply.Streamed reply) throws IOException {
    streamBegun = true;
    response.setStatus(HttpServletResponse.SC_OK);
    response.setHeader("Content-Security-Policy", SecurityHeaders.FILE_POLICY);
    switch (reply) {
      case Reply.File file -> {
        response.setHeader("Content-Disposition", Disposition.attachment(file.name()));
        response.setContentType(Disposition.mediaType(file.mediaType()));
      }
      case Reply.Output output -> {
        response.setContentType("text/plain; charset=utf-8");
        response.setHeader("Hitc-State", output.state().name().toLowerCase(Locale.ROOT));
        response.setHeader("Hitc-Next", Long.toString(output.next()));
        response.setHeader("Hitc-Words", Disposition.encoded(output.words().value()));
      }
    }
    return new FilterOutputStream(response.getOutputStream()) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
      }

      @Override
      public void close() throws IOException {
        flush();
      }
    };
  }

  /** True when a part of the response may be out already. */
  boolean streamBegun() {
    return streamBegun;
  }

  /**
   * Says that nothing more is read from this connection: the rest of a refused body stands there.
   */
  void endConnection() {
    response.setHeader("Connection", "close");
  }

  /** Cuts the connection in the middle of the response, so that it cannot pass for complete. */
  void breakOff(Refusal why) throws IOException {
    response.flushBuffer();
    throw new IOException("broken off: " + why.code());
  }

  private List<String> headers(String name) {
    return Collections.list(request.getHeaders(name));
  }
}
