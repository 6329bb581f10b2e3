package org.hitc.gateway.http;

import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.hitc.channel.Refusal;
import org.hitc.gateway.page.Renderer;
import org.hitc.gateway.page.Screen;
import org.hitc.i18n.Language;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws the problems that Jetty finds (a request it cannot read, a form too large, a failure) and
 * those of the {@link Gate}, in the same layout as every page and without anything internal.
 */
final class ProblemPages implements Request.Handler {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemPages.class);

  private final Renderer renderer;
  private final References references;

  ProblemPages(Renderer renderer, References references) {
    this.renderer = renderer;
    this.references = references;
  }

  /** Jetty's own errors arrive here, with status and cause in attributes of the request. */
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    Peers.Browser browser = Peers.Browser.of(request);
    SecurityHeaders.of(browser.secure()).forEach(response.getHeaders()::put);
    Optional<String> reference = Optional.empty();
    if (status == HttpStatus.INTERNAL_SERVER_ERROR_500) {
      reference = Optional.of(references.next());
      LOG.error("{} failed", reference.get(), cause(request));
    }
    send(
        request,
        response,
        callback,
        new Screen.Problem(status, refusal(status), reference, new Screen.After.Nothing()));
    return true;
  }

  /** Draws a problem as the whole response. */
  void send(Request request, Response response, Callback callback, Screen.Problem problem) {
    String languages =
        Optional.ofNullable(request.getHeaders().get(HttpHeader.ACCEPT_LANGUAGE)).orElse("");
    Optional<String> chosen =
        LanguageCookie.read(request.getHeaders().getValuesList(HttpHeader.COOKIE))
            .map(LanguageCookie.Choice::tag);
    Language language = renderer.languages().choose(chosen, languages);
    Renderer.Drawn drawn = renderer.draw(problem, language, "/");
    response.setStatus(drawn.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/html; charset=utf-8");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, drawn.length());
    response.write(true, drawn.html(), callback);
  }

  /** The refusal that an HTTP status of Jetty stands for. */
  static Refusal refusal(int status) {
    return switch (status) {
      case HttpStatus.NOT_FOUND_404 -> Refusal.WEB_NOT_FOUND;
      case HttpStatus.METHOD_NOT_ALLOWED_405 -> Refusal.WEB_METHOD;
      case HttpStatus.PAYLOAD_TOO_LARGE_413,
          HttpStatus.URI_TOO_LONG_414,
          HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
          Refusal.WEB_TOO_LARGE;
      case HttpStatus.SERVICE_UNAVAILABLE_503 -> Refusal.BUSY;
      default -> status < 500 ? Refusal.WEB_SYNTAX : Refusal.INTERNAL;
    };
  }

  private static Throwable cause(Request request) {
    return request.getAttribute(org.eclipse.jetty.server.handler.ErrorHandler.ERROR_EXCEPTION)
            instanceof Throwable cause
        ? cause
        : new IllegalStateException("Jetty gave no cause");
  }
}
