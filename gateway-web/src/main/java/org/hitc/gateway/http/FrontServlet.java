package org.hitc.gateway.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpException;
import org.hitc.channel.Page;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.Request;
import org.hitc.channel.hole.Answer;
import org.hitc.gateway.page.Links;
import org.hitc.gateway.page.Renderer;
import org.hitc.gateway.page.Screen;
import org.hitc.i18n.Language;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a request: route, token, one question through the hole, its answer drawn. It decides
 * nothing: what may be seen and done is in the answer.
 */
final class FrontServlet extends HttpServlet {

  @Serial private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(FrontServlet.class);

  /** What leads back to the first screen of a sign-in. */
  private static final Set<Refusal> BEGINS_ANEW =
      Set.of(Refusal.SIGN_IN, Refusal.SIGN_IN_SLOW, Refusal.SIGN_IN_ENDED);

  /** Handle of a sign-in that goes on: lets nothing else cross the hole. */
  private static final Pattern PENDING = Pattern.compile("[0-9a-z]{1,32}");

  /** Handle of a session, as it stands on its page. */
  private static final Pattern HANDLE = Pattern.compile("[0-9a-z]{1,64}");

  private final transient Hole hole;
  private final transient TokenCheck tokens;
  private final transient Renderer renderer;
  private final transient StaticFiles files;
  private final transient References references;
  private final transient Budget pages;
  private final transient Limits limits;

  FrontServlet(
      Hole hole,
      TokenCheck tokens,
      Renderer renderer,
      StaticFiles files,
      References references,
      Limits limits) {
    this.pages = new Budget(limits.pages());
    this.limits = limits;
    this.hole = hole;
    this.tokens = tokens;
    this.renderer = renderer;
    this.files = files;
    this.references = references;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try (Exchange exchange = new Exchange(request, response, renderer, pages.open(), limits)) {
      try {
        route(exchange, Route.of(request.getRequestURI()));
      } catch (UnusableFormException _) {
        exchange.endConnection();
        exchange.draw(problem(Refusal.WEB_SYNTAX));
      } catch (IOException | RuntimeException e) {
        if (response.isCommitted()) {
          throw e;
        }
        fail(exchange, e);
      }
    }
  }

  private void route(Exchange exchange, Route route) throws IOException {
    switch (route) {
      case Route.Home _ -> asSignedIn(exchange, Request.Home::new);
      case Route.Login _ -> login(exchange);
      case Route.LoginNext _ -> loginNext(exchange);
      case Route.Logout _ -> logout(exchange);
      case Route.Forget _ -> asSignedIn(exchange, Request.Forget::new);
      case Route.Session _ when exchange.isPost() -> asSignedIn(exchange, Request.Stay::new);
      case Route.Session _ -> asSignedIn(exchange, Request.Session::new);
      case Route.Sessions _ -> sessions(exchange);
      case Route.Keep(PageAddress at) -> keep(exchange, at);
      case Route.InLanguage(PageAddress at, String tag) -> inLanguage(exchange, at, tag);
      case Route.Speak(String tag) -> speak(exchange, tag);
      case Route.Start(String workflow) -> {
        Map<String, List<String>> answers = exchange.answersOfLink();
        asSignedIn(exchange, (token, l) -> new Request.Start(token, workflow, answers, l));
      }
      case Route.Step(PageAddress page) -> step(exchange, page);
      case Route.Row(PageAddress at, String offer) -> {
        Map<String, List<String>> shown = exchange.arrangement();
        asSignedIn(
            exchange,
            (token, l) ->
                new Request.Follow(token, at.workflow(), at.visit(), at.page(), offer, shown, l));
      }
      case Route.Again(PageAddress at) ->
          asSignedIn(
              exchange,
              (token, l) -> new Request.Again(token, at.workflow(), at.visit(), at.page(), l));
      case Route.File(PageAddress at, var format) ->
          asSignedIn(
              exchange,
              (token, l) ->
                  new Request.Download(
                      token,
                      at.workflow(),
                      at.visit(),
                      at.page(),
                      format.name().toLowerCase(Locale.ROOT),
                      l));
      case Route.Jobs _ -> asSignedIn(exchange, Request.Jobs::new);
      case Route.Job(String job) -> job(exchange, job);
      case Route.Output(String job) -> {
        String from = exchange.parameter("from");
        asSignedIn(exchange, (token, l) -> new Request.Output(token, job, from, "no", l));
      }
      case Route.Cancel(String job) when exchange.isPost() ->
          asSignedIn(exchange, (token, l) -> new Request.Cancel(token, job, l));
      case Route.Cancel(String job) -> job(exchange, job);
      case Route.Asset(String name) ->
          files
              .find(name)
              .ifPresentOrElse(
                  exchange::sendAsset, () -> exchange.draw(problem(Refusal.WEB_NOT_FOUND)));
      case Route.Help _ -> exchange.draw(new Screen.Help());
      case Route.Accessibility _ -> exchange.draw(new Screen.Accessibility());
      case Route.Unknown _ -> exchange.draw(problem(Refusal.WEB_NOT_FOUND));
    }
  }

  private void keep(Exchange exchange, PageAddress at) throws IOException {
    Exchange.Submitted form = exchange.submitted();
    asSignedIn(
        exchange,
        (token, l) ->
            new Request.Keep(
                token, at.workflow(), at.visit(), at.page(), form.ticket(), form.values(), l));
  }

  /**
   * Another language on a form that is half filled in: what was typed is kept as it was typed, and
   * the language changes after that.
   */
  private void inLanguage(Exchange exchange, PageAddress at, String tag) throws IOException {
    if (renderer.languages().withTag(tag).isEmpty()) {
      exchange.draw(problem(Refusal.WEB_NOT_FOUND));
    } else {
      keep(exchange, at);
    }
  }

  /**
   * Another language, for this browser and for whoever is signed in. A link of another site changes
   * nothing, nor does one that was followed by what says nothing about itself. On the way to a
   * sign-in the cookie alone remembers it, and tells the listener later.
   */
  private void speak(Exchange exchange, String tag) throws IOException {
    Optional<Language> language = renderer.languages().withTag(tag);
    if (language.isEmpty()) {
      exchange.draw(problem(Refusal.WEB_NOT_FOUND));
    } else if (exchange.isPost()) {
      exchange.speak(new LanguageCookie.Choice(tag, false));
      signInAgain(exchange, language.get());
    } else if (!exchange.isOwnNavigation() || exchange.isHead()) {
      exchange.seeOther(NextPath.page(exchange.parameter("next")));
    } else {
      // Of use where the session turns out to be over.
      exchange.speak(new LanguageCookie.Choice(tag, false));
      if (exchange.token() instanceof SessionCookie.Sent.Token(String token)
          && tokens.check(token).isEmpty()) {
        ask(exchange, new Request.Speak(token, tag, exchange.languages()));
      } else {
        exchange.seeOther(NextPath.page(exchange.parameter("next")));
      }
    }
  }

  /** The sign-in page in another language, with what was typed but the password. */
  private void signInAgain(Exchange exchange, Language language) throws IOException {
    Screen.Idle idle =
        Screen.Idle.of(exchange.field("idle")).orElseThrow(UnusableFormException::new);
    String next = NextPath.orHome(exchange.field("next"));
    exchange.draw(
        new Screen.SignIn(
            Optional.empty(),
            exchange.field("user"),
            idle,
            next,
            Screen.Notice.NOTHING,
            ended(exchange)),
        language,
        "/login");
  }

  private void step(Exchange exchange, PageAddress at) throws IOException {
    if (!exchange.isPost()) {
      Map<String, List<String>> shown = exchange.arrangement();
      asSignedIn(
          exchange,
          (token, l) -> new Request.View(token, at.workflow(), at.visit(), at.page(), shown, l));
      return;
    }
    Exchange.Submitted form = exchange.submitted();
    asSignedIn(
        exchange,
        (token, l) ->
            new Request.Submit(
                token, at.workflow(), at.visit(), at.page(), form.ticket(), form.values(), l));
  }

  /** The form of the page names a session to end, or this one to end all others. */
  private void sessions(Exchange exchange) throws IOException {
    if (!exchange.isPost()) {
      asSignedIn(exchange, Request.Sessions::new);
      return;
    }
    String but = exchange.parameter("but");
    String end = exchange.parameter("end");
    if (!HANDLE.matcher(but + end).matches()) {
      throw new UnusableFormException();
    }
    asSignedIn(
        exchange,
        (token, l) ->
            end.isEmpty()
                ? new Request.EndOthers(token, but, l)
                : new Request.EndSession(token, end, l));
  }

  private void job(Exchange exchange, String job) throws IOException {
    asSignedIn(exchange, (token, l) -> new Request.Job(token, job, l));
  }

  private void login(Exchange exchange) throws IOException {
    if (!exchange.isPost()) {
      invite(exchange);
      return;
    }
    String user = exchange.field("user");
    Screen.Idle idle =
        Screen.Idle.of(exchange.field("idle")).orElseThrow(UnusableFormException::new);
    String holder = exchange.parameter("holder");
    String wanted = NextPath.orHome(exchange.field("next"));
    // What was kept for somebody else is not where this user wants to go.
    String next = holder.isEmpty() || holder.equals(user) ? wanted : "/";
    Request.Login request =
        new Request.Login(
            user,
            exchange.field("password"),
            Integer.toString(idle.minutes()),
            exchange.source(),
            exchange.languages());
    signIn(
        exchange,
        request,
        next,
        wanted,
        why ->
            new Screen.SignIn(
                Optional.of(why), user, idle, wanted, Screen.Notice.NOTHING, ended(exchange)));
  }

  /** The answer to a further screen; whoever only looks here begins at the beginning. */
  private void loginNext(Exchange exchange) throws IOException {
    if (!exchange.isPost()) {
      exchange.seeOther("/login");
      return;
    }
    String next = NextPath.orHome(exchange.field("next"));
    String pending = exchange.field("pending");
    if (!PENDING.matcher(pending).matches()) {
      throw new UnusableFormException();
    }
    Request.LoginAnswer request =
        new Request.LoginAnswer(pending, exchange.typed(), exchange.source(), exchange.languages());
    signIn(
        exchange,
        request,
        next,
        next,
        why ->
            new Screen.SignIn(
                Optional.of(why),
                "",
                Screen.Idle.HALF_HOUR,
                next,
                Screen.Notice.NOTHING,
                ended(exchange)));
  }

  /** The first screen of a sign-in, shown again. */
  @FunctionalInterface
  private interface FirstScreen {
    Screen.SignIn after(Refusal why) throws IOException;
  }

  /**
   * One step of a sign-in.
   *
   * @param next where to go when it was the last
   * @param wanted where the user wants to go, for another try
   * @param again the first screen, with why it is shown again
   */
  private void signIn(
      Exchange exchange, Request request, String next, String wanted, FirstScreen again)
      throws IOException {
    switch (hole.ask(request, exchange)) {
      case Answer.Complete(Reply.SignedIn _, Optional<String> token) when token.isPresent() -> {
        exchange.keep(token.get());
        exchange.seeOther(
            exchange
                .chosenLanguage()
                .filter(choice -> !choice.told())
                .map(choice -> Links.language(choice.tag(), next))
                .orElse(next));
      }
      case Answer.Complete(Reply.Ask(var pending, var asked, var refused), var _) ->
          exchange.draw(new Screen.SignInNext(pending, asked, refused, next));
      case Answer.Complete(Reply.Refused(Refusal why, var _, var _), var _)
          when BEGINS_ANEW.contains(why) ->
          exchange.draw(again.after(why));
      case Answer.Complete(Reply.Refused(Refusal why, var _, Optional<String> reference), var _) ->
          exchange.draw(Screen.Problem.of(why, reference, new Screen.After.Nothing()));
      case Answer.Complete(Reply reply, var _) -> unexpected(exchange, request, reply);
      case Answer.Refused(Refusal why) ->
          exchange.draw(
              Screen.Problem.of(
                  why, Optional.empty(), new Screen.After.TryAgain(Links.signIn(wanted))));
    }
  }

  /** Shows the form, unless somebody is signed in already. */
  private void invite(Exchange exchange) throws IOException {
    String next = NextPath.orHome(exchange.parameter("next"));
    Optional<Reply> standing = standing(exchange);
    if (standing.filter(Reply.Show.class::isInstance).isPresent()) {
      exchange.seeOther(next);
      return;
    }
    Optional<Reply.Ended> ended = standing.flatMap(FrontServlet::ended);
    if (ended.filter(Reply.Ended::keeps).isPresent()) {
      exchange.tellKeeps();
    }
    String kept =
        ended.stream()
            .flatMap(e -> e.kept().stream())
            .map(k -> Links.page(k.page()))
            .findFirst()
            .orElse("/");
    exchange.draw(
        new Screen.SignIn(
            Optional.empty(),
            ended.map(Reply.Ended::user).orElse(""),
            Screen.Idle.HALF_HOUR,
            next.equals("/") ? kept : next,
            exchange.parameter("out").equals("1")
                ? Screen.Notice.SIGNED_OUT
                : Screen.Notice.NOTHING,
            ended));
  }

  private Optional<Reply.Ended> ended(Exchange exchange) throws IOException {
    return standing(exchange).flatMap(FrontServlet::ended);
  }

  private static Optional<Reply.Ended> ended(Reply reply) {
    return reply instanceof Reply.Ended ended ? Optional.of(ended) : Optional.empty();
  }

  /** How it stands with the session of this browser; nothing when it has none worth asking for. */
  private Optional<Reply> standing(Exchange exchange) throws IOException {
    if (!(exchange.token() instanceof SessionCookie.Sent.Token(String token))) {
      return Optional.empty();
    }
    Request.Session question = new Request.Session(token, exchange.languagesOfOwnPages());
    Optional<Refusal> refusal = tokens.check(token);
    if (refusal.isPresent() && !mayBeLapsed(question, refusal.get())) {
      return Optional.empty();
    }
    if (hole.ask(question, exchange) instanceof Answer.Complete(Reply reply, var fresh)) {
      fresh.ifPresent(exchange::keep);
      return Optional.of(reply);
    }
    return Optional.empty();
  }

  /** The cookie goes in any case: whoever signs out must be out in this browser. */
  private void logout(Exchange exchange) throws IOException {
    exchange.forget();
    if (!(exchange.token() instanceof SessionCookie.Sent.Token(String token))
        || tokens.check(token).isPresent()) {
      exchange.seeOther("/login?out=1");
      return;
    }
    Request.Logout request = new Request.Logout(token, exchange.languages());
    switch (hole.ask(request, exchange)) {
      case Answer.Complete(Reply.SignedOut _, var _) -> exchange.seeOther("/login?out=1");
      case Answer.Complete(Reply.Refused(Refusal why, var _, var _), var _)
          when why.status() == HttpServletResponse.SC_UNAUTHORIZED ->
          exchange.seeOther("/login?out=1");
      case Answer.Complete(Reply.Refused(Refusal why, var _, Optional<String> reference), var _) ->
          exchange.draw(Screen.Problem.of(why, reference, new Screen.After.StillOpen()));
      case Answer.Complete(Reply reply, var _) -> unexpected(exchange, request, reply);
      case Answer.Refused(Refusal why) ->
          exchange.draw(Screen.Problem.of(why, Optional.empty(), new Screen.After.StillOpen()));
    }
  }

  /** A question that only somebody who has signed in can ask. */
  private interface Question {
    Request.SignedIn with(String token, String languages);
  }

  private void asSignedIn(Exchange exchange, Question question) throws IOException {
    switch (exchange.token()) {
      case SessionCookie.Sent.Nothing _ -> signInFirst(exchange, Refusal.SESS_NONE);
      case SessionCookie.Sent.Refused(Refusal why) -> signInFirst(exchange, why);
      case SessionCookie.Sent.Token(String token) -> {
        Request.SignedIn request = question.with(token, exchange.languages());
        Optional<Refusal> refusal = tokens.check(token);
        if (refusal.isPresent() && !mayBeLapsed(request, refusal.get())) {
          signInFirst(exchange, refusal.get());
        } else {
          ask(exchange, request);
        }
      }
    }
  }

  /**
   * The listener does nothing with a form that comes too late, but it keeps what was typed, and
   * tells the holder of the token.
   */
  private static boolean mayBeLapsed(Request request, Refusal why) {
    boolean asks =
        switch (request) {
          case Request.Submit _, Request.Keep _, Request.Session _, Request.Forget _ -> true;
          default -> false;
        };
    return asks && why == Refusal.SESS_EXPIRED;
  }

  private void ask(Exchange exchange, Request.SignedIn request) throws IOException {
    Answer answer = hole.ask(request, exchange);
    if (exchange.streamBegun()) {
      finishStream(exchange, answer);
      return;
    }
    switch (answer) {
      case Answer.Complete(Reply reply, Optional<String> token) -> {
        token.ifPresent(exchange::keep);
        answer(exchange, request, reply);
      }
      case Answer.Refused(Refusal why) ->
          exchange.draw(Screen.Problem.of(why, Optional.empty(), afterLoss(exchange, why)));
    }
  }

  private void answer(Exchange exchange, Request.SignedIn request, Reply reply) throws IOException {
    switch (reply) {
      // With the token that the browser has: a fresh one that the gateway used by itself would look
      // stolen if its way to the browser failed.
      case Reply.Show(Page.Running job) -> running(exchange, request.token(), job);
      case Reply.Show(Page.Session session) -> session(exchange, session);
      case Reply.Show(Page.SessionList list) ->
          exchange.draw(new Screen.Sessions(list, exchange.parameter("ended").equals("1")));
      case Reply.SessionsEnded _ -> exchange.seeOther(Links.SESSIONS + "?ended=1");
      case Reply.Ended _ -> signInFirst(exchange, Refusal.SESS_EXPIRED);
      case Reply.SignedOut _ when request instanceof Request.Forget -> {
        exchange.forget();
        exchange.seeOther("/login");
      }
      case Reply.SignedIn _ when request instanceof Request.Forget -> exchange.seeOther("/");
      case Reply.Show(Page.Home home) -> {
        exchange.speakAs(home);
        exchange.draw(new Screen.Home(home, exchange.parameter("find")));
      }
      case Reply.Show(var page) -> show(exchange, page);
      case Reply.Spoken _ when request instanceof Request.Speak speak -> spoken(exchange, speak);
      // The listener does not offer it (yet): that is no reason to keep anybody from the page.
      case Reply.Refused(Refusal why, var _, var _)
          when request instanceof Request.Speak speak && why == Refusal.REQ_SYNTAX ->
          spoken(exchange, speak);
      case Reply.Moved(PageAddress to)
          when exchange.route() instanceof Route.InLanguage(var _, String tag) ->
          exchange.seeOther(Links.language(tag, Links.page(to)));
      case Reply.Moved(PageAddress to) -> exchange.seeOther(Links.page(to));
      case Reply.Done(PageAddress receipt) -> exchange.seeOther(Links.receipt(receipt));
      case Reply.Begun(String job) -> exchange.seeOther(Links.job(job));
      case Reply.Cancelled(String job) -> exchange.seeOther(Links.job(job));
      case Reply.SignInFirst(var _, PageAddress kept)
          when exchange.route() instanceof Route.InLanguage(var _, String tag) -> {
        exchange.speak(new LanguageCookie.Choice(tag, false));
        exchange.seeOther(Links.signInKept(kept));
      }
      case Reply.SignInFirst(var _, PageAddress kept) -> exchange.seeOther(Links.signInKept(kept));
      case Reply.Refused(Refusal why, var _, var _) when isSession(why) ->
          signInFirst(exchange, why);
      case Reply.Refused(Refusal why, var _, Optional<String> reference) ->
          exchange.draw(Screen.Problem.of(why, reference, new Screen.After.Nothing()));
      case Reply.SignedIn _, Reply.Ask _, Reply.SignedOut _, Reply.Spoken _, Reply.Streamed _ ->
          unexpected(exchange, request, reply);
    }
  }

  private static void show(Exchange exchange, Page page) {
    exchange.speakAs(page);
    exchange.draw(new Screen.Of(page));
  }

  private static void spoken(Exchange exchange, Request.Speak speak) {
    exchange.speak(new LanguageCookie.Choice(speak.language(), true));
    exchange.seeOther(NextPath.page(exchange.parameter("next")));
  }

  private static void session(Exchange exchange, Page.Session session) {
    String next = exchange.parameter("next");
    exchange.tellSession(session.frame());
    if (exchange.isPost()) {
      exchange.seeOther(next.isEmpty() ? Links.SESSION : NextPath.orHome(next));
    } else {
      exchange.draw(new Screen.Session(session, NextPath.orHome(next)));
    }
  }

  private void running(Exchange exchange, String token, Page.Running job) throws IOException {
    if (exchange.route() instanceof Route.Cancel) {
      exchange.draw(new Screen.Cancel(job));
    } else if (exchange.isHead()) {
      exchange.draw(new Screen.Of(job));
    } else {
      exchange.draw(job, new LiveOutput(hole, token, job.job(), exchange.languages()));
    }
  }

  /** A file that broke off must look broken to the browser: the connection is cut, not ended. */
  private static void finishStream(Exchange exchange, Answer answer) throws IOException {
    if (answer instanceof Answer.Refused(Refusal why)) {
      LOG.warn("a stream broke off: {}", why.code());
      exchange.breakOff(why);
    }
  }

  private static void signInFirst(Exchange exchange, Refusal why) {
    if (exchange.isPost()) {
      String signIn = Links.signIn("/");
      exchange.draw(Screen.Problem.of(why, Optional.empty(), new Screen.After.SignInFirst(signIn)));
    } else {
      exchange.seeOther(Links.signIn(NextPath.orHome(exchange.pathAndQuery())));
    }
  }

  private static boolean isSession(Refusal why) {
    return why.status() == HttpServletResponse.SC_UNAUTHORIZED;
  }

  /** What can be said when no answer came: a listener that is down has not got the request. */
  private static Screen.After afterLoss(Exchange exchange, Refusal why) {
    if (!exchange.isPost()) {
      return new Screen.After.TryAgain(exchange.pathAndQuery());
    }
    return why == Refusal.DAEMON_DOWN || why == Refusal.SPOOL_FULL
        ? new Screen.After.NotSent()
        : new Screen.After.Unknown();
  }

  private static Screen.Problem problem(Refusal why) {
    return Screen.Problem.of(why, Optional.empty(), new Screen.After.Nothing());
  }

  private void unexpected(Exchange exchange, Request request, Reply reply) {
    fail(
        exchange,
        new IllegalStateException(
            request.verb() + " was answered with " + reply.getClass().getSimpleName()));
  }

  private void fail(Exchange exchange, Exception e) {
    if (e instanceof HttpException refused) {
      exchange.endConnection();
      exchange.draw(
          new Screen.Problem(
              refused.getCode(),
              ProblemPages.refusal(refused.getCode()),
              Optional.empty(),
              new Screen.After.Nothing()));
      return;
    }
    String reference = references.next();
    LOG.error("{} failed", reference, e);
    exchange.draw(
        Screen.Problem.of(Refusal.INTERNAL, Optional.of(reference), new Screen.After.Nothing()));
  }
}
