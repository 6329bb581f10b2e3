package org.hitc.gateway.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.hitc.channel.Refusal;
import org.hitc.gateway.page.Screen;

/**
 * What is refused before anything looks at a request: strange peers, hosts, methods, origins,
 * doubled cookies, bodies that are not forms or too many. The only place that decides so, in one
 * order.
 */
final class Gate extends Handler.Wrapper {
  /** Longest body of a refused request that is read and thrown away, in bytes. */
  private static final long READ_OVER = 4 << 20;

  private final Peers peers;
  private final HostRule hosts;
  private final Bodies bodies;
  private final ProblemPages problems;

  Gate(Peers peers, HostRule hosts, Bodies bodies, ProblemPages problems, Handler next) {
    super(next);
    this.peers = peers;
    this.hosts = hosts;
    this.bodies = bodies;
    this.problems = problems;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Peers.Browser browser = browser(request);
    browser.attach(request);
    SecurityHeaders.of(browser.secure()).forEach(response.getHeaders()::put);
    Route route = Route.of(request.getHttpURI().getPath());
    Optional<Refusal> refusal = refusal(request, browser, route);
    if (refusal.isEmpty()) {
      return super.handle(request, response, callback);
    }
    if (refusal.get() == Refusal.WEB_METHOD) {
      response.getHeaders().put(HttpHeader.ALLOW, route.allow());
    }
    Screen.Problem problem =
        Screen.Problem.of(refusal.get(), Optional.empty(), new Screen.After.Nothing());
    if (request.getLength() > 0 && request.getLength() <= READ_OVER) {
      // A browser that is still sending would not see the answer: the connection would be reset.
      Content.Source.consumeAll(
          request,
          Callback.from(
              () -> problems.send(request, response, callback, problem), callback::failed));
    } else {
      problems.send(request, response, callback, problem);
    }
    return true;
  }

  private Optional<Refusal> refusal(Request request, Peers.Browser browser, Route route) {
    if (!request.getConnectionMetaData().isSecure() && !peers.mayBePlain(peer(request))) {
      return Optional.of(Refusal.WEB_HOST);
    }
    String authority = authority(request);
    if (!hosts.allows(values(request, "Host"), authority)) {
      return Optional.of(Refusal.WEB_HOST);
    }
    if (!route.allows(request.getMethod())) {
      return Optional.of(Refusal.WEB_METHOD);
    }
    SessionCookie.Sent cookie = SessionCookie.read(values(request, "Cookie"));
    if (cookie instanceof SessionCookie.Sent.Refused(Refusal why) && why == Refusal.WEB_COOKIE) {
      return Optional.of(why);
    }
    List<String> sites = values(request, "Sec-Fetch-Site");
    if (HttpMethod.POST.is(request.getMethod())) {
      String own = (browser.secure() ? "https://" : "http://") + authority;
      if (!OriginRule.allowsChange(sites, values(request, "Origin"), own)) {
        return Optional.of(Refusal.WEB_ORIGIN);
      }
      return isPlain(request)
          ? bodies.refusal(request, route, cookie)
          : Optional.of(Refusal.WEB_SYNTAX);
    }
    if (request.getHeaders().contains(HttpHeader.CONTENT_TYPE)) {
      // Its body would be loaded beside the budget of the bodies.
      return Optional.of(Refusal.WEB_SYNTAX);
    }
    return OriginRule.allowsRead(sites, values(request, "Sec-Fetch-Dest"))
        ? Optional.empty()
        : Optional.of(Refusal.WEB_ORIGIN);
  }

  /** A form is what a browser sends: of one kind, not compressed, with no query beside it. */
  private static boolean isPlain(Request request) {
    return values(request, "Content-Type").size() <= 1
        && !request.getHeaders().contains(HttpHeader.CONTENT_ENCODING)
        && request.getHttpURI().getQuery() == null;
  }

  private Peers.Browser browser(Request request) {
    return peers.browser(
        peer(request),
        request.getConnectionMetaData().isSecure(),
        values(request, "X-Forwarded-For"),
        values(request, "X-Forwarded-Proto"));
  }

  private static InetAddress peer(Request request) {
    if (request.getConnectionMetaData().getRemoteSocketAddress()
        instanceof InetSocketAddress address) {
      return address.getAddress();
    }
    throw new IllegalStateException("a connection that is not TCP");
  }

  private static String authority(Request request) {
    return Optional.ofNullable(request.getHttpURI().getAuthority()).orElse("");
  }

  private static List<String> values(Request request, String name) {
    return request.getHeaders().getFields(name).stream().map(HttpField::getValue).toList();
  }
}
