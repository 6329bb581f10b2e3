package org.hitc.gateway.http;

import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.server.Request;
import org.hitc.channel.Refusal;

/**
 * Which bodies are taken, and how many bytes of them at once. They are held in memory until they
 * are whole, so whoever has not shown a token that passes gets little, from a budget of its own:
 * strangers cannot keep those out who have signed in.
 */
final class Bodies {

  private final Limits limits;
  private final TokenCheck tokens;
  private final Budget strangers;
  private final Budget users;

  Bodies(Limits limits, TokenCheck tokens) {
    this.limits = limits;
    this.tokens = tokens;
    this.strangers = new Budget(limits.strangerBodies());
    this.users = new Budget(limits.userBodies());
  }

  /**
   * Why the body of a POST is refused, or empty when it may be read; its share of the budget is
   * then given back when the request is over.
   *
   * @param sent the cookie of the request
   */
  Optional<Refusal> refusal(Request request, Route route, SessionCookie.Sent sent) {
    Optional<String> type = Optional.ofNullable(request.getHeaders().get(HttpHeader.CONTENT_TYPE));
    boolean upload = type.filter(Multipart::is).isPresent() && request.getLength() > 0;
    boolean form = type.map(Bodies::isForm).orElse(request.getLength() == 0);
    boolean known = isKnown(sent);
    if (!(form || (upload && takesFiles(route)))) {
      return Optional.of(Refusal.WEB_SYNTAX);
    }
    long most =
        !known ? limits.strangerBytes() : upload ? limits.uploadBytes() : limits.formBytes();
    if (request.getLength() > most) {
      return Optional.of(Refusal.WEB_TOO_LARGE);
    }
    long needed = request.getLength() < 0 ? most : request.getLength();
    Budget.Share share = (known ? users : strangers).open();
    if (!share.take((int) needed)) {
      return Optional.of(Refusal.BUSY);
    }
    Request.addCompletionListener(request, _ -> share.close());
    return Optional.empty();
  }

  private static boolean takesFiles(Route route) {
    return route instanceof Route.Step
        || route instanceof Route.Keep
        || route instanceof Route.InLanguage;
  }

  private static boolean isForm(String type) {
    return MimeTypes.Type.FORM_ENCODED.is(MimeTypes.getContentTypeWithoutCharset(type));
  }

  /** Also of somebody whose session is over: what was typed is kept. */
  private boolean isKnown(SessionCookie.Sent sent) {
    return sent instanceof SessionCookie.Sent.Token(String token)
        && tokens.check(token).filter(why -> why != Refusal.SESS_EXPIRED).isEmpty();
  }
}
