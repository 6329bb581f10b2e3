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
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.gateway.page.Renderer;
import org.hitc.gateway.page.Screen;

/** One HTTP request and its response, in the words of the gateway. */
final class Exchange {

  private static final String PREFIX = "v.";

  /** Names of form fields as they may cross the hole (rule R9 of the protocol), without prefix. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9_][a-z0-9_.-]{0,61}");

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final Renderer renderer;
  private final int maxValues;
  private boolean fileBegun;

  /**
   * @param maxValues most values that a form or a link may carry, all fields together
   */
  Exchange(
      HttpServletRequest request, HttpServletResponse response, Renderer renderer, int maxValues) {
    this.request = request;
    this.response = response;
    this.renderer = renderer;
    this.maxValues = maxValues;
  }

  boolean isPost() {
    return request.getMethod().equals("POST");
  }

  /** What the browser sent as its session. */
  SessionCookie.Sent token() {
    return SessionCookie.read(headers("Cookie"));
  }

  /** The raw {@code Accept-Language}, or empty when it holds what no browser sends. */
  String languages() {
    String value = String.join(",", headers("Accept-Language"));
    return value.chars().allMatch(c -> c >= ' ' && c < 0x7f) ? value : "";
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

  /** Names of all parameters; Jetty bounds the names, not how often each may stand there. */
  private List<String> names() {
    long count = request.getParameterMap().values().stream().mapToLong(v -> v.length).sum();
    if (count > maxValues) {
      throw new UnusableFormException();
    }
    return Collections.list(request.getParameterNames());
  }

  /** What was typed: the fields {@code v.NAME}, by their name. */
  Map<String, List<String>> formValues() {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String name : names()) {
      if (name.startsWith(PREFIX)) {
        values.put(checked(name.substring(PREFIX.length())), values(name));
      } else if (!name.equals("ticket")) {
        throw new UnusableFormException();
      }
    }
    return values;
  }

  /** Answers that a link carries in its query. */
  Map<String, List<String>> answersOfLink() {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String name : names()) {
      values.put(checked(name), values(name));
    }
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
    Renderer.Drawn drawn =
        renderer.draw(screen, renderer.language(languages()), request.getRequestURI());
    response.setStatus(drawn.status());
    if (drawn.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
      response.setHeader("Retry-After", "10");
    }
    response.setContentType("text/html; charset=utf-8");
    send(drawn.html());
  }

  /** Sends a style sheet or icon, to be kept for ever. */
  void sendAsset(StaticFiles.Content content) {
    response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
    response.setContentType(content.mediaType());
    send(content.bytes().duplicate());
  }

  private void send(ByteBuffer bytes) {
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

  void keep(String token) {
    response.setHeader("Set-Cookie", SessionCookie.keep(token));
  }

  void forget() {
    response.setHeader("Set-Cookie", SessionCookie.forget());
  }

  /**
   * Begins a file: from here on the response can only be finished or cut. Closing the stream must
   * do neither: only the answer that follows tells whether the file is whole.
   */
  OutputStream openFile(Reply.File file) throws IOException {
    fileBegun = true;
    response.setStatus(HttpServletResponse.SC_OK);
    response.setHeader("Content-Security-Policy", SecurityHeaders.FILE_POLICY);
    response.setHeader("Content-Disposition", Disposition.attachment(file.name()));
    response.setContentType(Disposition.mediaType(file.mediaType()));
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

  boolean fileBegun() {
    return fileBegun;
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
