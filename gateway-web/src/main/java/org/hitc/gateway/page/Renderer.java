package org.hitc.gateway.page;

import gg.jte.Content;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateException;
import gg.jte.TemplateOutput;
import gg.jte.output.Utf8ByteOutput;
import gg.jte.output.WriterOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hitc.channel.Page;
import org.hitc.channel.Refusal;
import org.hitc.channel.Text;
import org.hitc.i18n.Language;
import org.hitc.i18n.Languages;
import org.hitc.i18n.Messages;

/** Turns a screen into HTML. Stateless, for any number of threads. */
public final class Renderer {

  private static final String TEMPLATES = "org.hitc.gateway.page.template";

  /** Shown by no browser; keeps a connection alive on which nothing is printed. */
  private static final String SIGN_OF_LIFE = "<!---->";

  private final TemplateEngine engine;
  private final Site site;
  private final Supplier<Messages> messages;

  /**
   * @param messages the words as they are at any moment; a page is drawn from those of one
   */
  public Renderer(Site site, Supplier<Messages> messages) {
    this.site = site;
    this.messages = messages;
    this.engine =
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, Renderer.class.getClassLoader(), TEMPLATES);
  }

  /** A drawn screen. */
  public static final class Drawn {
    private final int status;
    private final Utf8ByteOutput html;

    private Drawn(int status, Utf8ByteOutput html) {
      this.status = status;
      this.html = html;
    }

    /** HTTP status. */
    public int status() {
      return status;
    }

    /** Length of the page in bytes. */
    public int length() {
      return html.getContentLength();
    }

    /** Writes the page, in UTF-8, without making a copy of it. */
    public void writeTo(OutputStream to) throws IOException {
      html.writeTo(to);
    }

    /** A copy of the page, in UTF-8. */
    public ByteBuffer html() {
      return ByteBuffer.wrap(html.toByteArray());
    }
  }

  /** The languages that are offered now. */
  public Languages languages() {
    return messages.get().languages();
  }

  /**
   * Draws a screen.
   *
   * @param language of the gateway's own screens; a page of the listener names its own
   * @param here address of the page, a path
   */
  public Drawn draw(Screen screen, Language language, String here) {
    return switch (screen) {
      case Screen.Of(Page page) -> page(page, here);
      case Screen.Home(Page.Home page, String find) ->
          html(200, "home", layout(page, here), HomeView.of(page, find));
      case Screen.Cancel(Page.Running job) -> cancel(job, here);
      case Screen.Session(Page.Session page, var _) ->
          html(200, "session", layout(page, here), screen);
      case Screen.Sessions(Page.SessionList page, var _) ->
          html(200, "sessions", layout(page, here), screen);
      case Screen.SignIn signIn ->
          own(
              signIn.refused().map(Refusal::status).orElse(200),
              "sign-in",
              title(signIn),
              signIn,
              language,
              here,
              signIn.refused().isPresent());
      case Screen.SignInNext next ->
          own(
              next.refused().or(next.asked()::problem).map(Refusal::status).orElse(200),
              "sign-in-next",
              say(SignInField.title(next.asked())),
              next,
              language,
              here,
              next.isWrong());
      case Screen.Problem problem ->
          own(problem.status(), "problem", say(title(problem)), problem, language, here, false);
      case Screen.Help help -> own(200, "help", say("help.title"), help, language, here, false);
      case Screen.Accessibility accessibility ->
          own(
              200,
              "accessibility",
              say("accessibility.title"),
              accessibility,
              language,
              here,
              false);
    };
  }

  /**
   * Draws the page of a running job while the job prints: what is known goes out at once, then each
   * piece as it comes. It ends when nothing more is to be waited for.
   *
   * @param to takes UTF-8; is flushed after each piece
   * @throws IOException what {@code to} threw: nobody reads the page any more
   */
  public void draw(Page.Running job, Live live, String here, OutputStream to) throws IOException {
    Writer writer = new OutputStreamWriter(to, StandardCharsets.UTF_8);
    Content log =
        output -> {
          flush(writer);
          live.printed(piece -> {
            if (piece.isEmpty()) {
              output.writeContent(SIGN_OF_LIFE);
            } else {
              output.writeUserContent(piece);
            }
            flush(writer);
          });
        };
    try {
      write(
          "running", layout(job, here), new RunningView(job, log, live), new WriterOutput(writer));
      writer.flush();
    } catch (TemplateException e) {
      if (e.getCause() instanceof UncheckedIOException broken) {
        throw broken.getCause();
      }
      throw e;
    }
  }

  private static void flush(Writer writer) {
    try {
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Drawn page(Page page, String here) {
    int status = status(page);
    Layout layout = layout(page, here);
    return switch (page) {
      case Page.Home home -> html(status, "home", layout, HomeView.of(home, ""));
      case Page.Running job ->
          html(status, "running", layout, new RunningView(job, _ -> {}, Live.NONE));
      case Page.Form _ -> html(status, "form", layout, page);
      case Page.Confirm _ -> html(status, "confirm", layout, page);
      case Page.Report _ -> html(status, "report", layout, page);
      case Page.Printout _ -> html(status, "printout", layout, page);
      case Page.Stopped _ -> html(status, "stopped", layout, page);
      case Page.Done _ -> html(status, "done", layout, page);
      case Page.JobList _ -> html(status, "jobs", layout, page);
      case Page.Session session ->
          html(status, "session", layout, new Screen.Session(session, "/"));
      case Page.SessionList list ->
          html(status, "sessions", layout, new Screen.Sessions(list, false));
    };
  }

  private Drawn cancel(Page.Running job, String here) {
    Layout page = layout(job, here);
    Layout layout =
        new Layout(
            site,
            page.words(),
            page.words().say("cancel.title"),
            false,
            page.signedIn(),
            here,
            page.menu());
    return html(200, "cancel", layout, job);
  }

  private Layout layout(Page page, String here) {
    Page.Frame frame = page.frame();
    Words words = words(frame.language());
    return new Layout(
        site,
        words,
        frame.title(),
        status(page) == Refusal.ARG_FORMAT.status(),
        Optional.of(new Layout.SignedIn(frame.user(), frame.signedInUntil(), frame.secondsLeft())),
        here,
        words.menu(
            page instanceof Page.Form form
                ? LanguageMenu.Way.form(form.address())
                : LanguageMenu.Way.link(here)));
  }

  private Drawn own(
      int status,
      String template,
      Function<Words, Text> title,
      Screen screen,
      Language language,
      String here,
      boolean wrong) {
    Words words = words(language.tag());
    Layout layout =
        new Layout(
            site,
            words,
            title.apply(words),
            wrong,
            Optional.empty(),
            here,
            words.menu(way(screen, here)));
    return html(status, template, layout, screen);
  }

  /** A code that was asked for is good for one answer: another language begins the sign-in anew. */
  private static LanguageMenu.Way way(Screen screen, String here) {
    return switch (screen) {
      case Screen.SignIn _ -> LanguageMenu.Way.signIn();
      case Screen.SignInNext next -> LanguageMenu.Way.link(Links.signIn(next.next()));
      default -> LanguageMenu.Way.link(here);
    };
  }

  private Drawn html(int status, String template, Layout layout, Object screen) {
    Utf8ByteOutput output = new Utf8ByteOutput();
    write(template, layout, screen, output);
    return new Drawn(status, output);
  }

  private void write(String template, Layout layout, Object screen, TemplateOutput output) {
    engine.render(
        template + ".jte", Map.of("layout", layout, "screen", screen), new VisibleOutput(output));
  }

  private Words words(String tag) {
    Messages now = messages.get();
    Language best = now.languages().choose(Optional.of(tag), tag);
    return new Words(tag, now.languages(), now.in(best).isolating());
  }

  private static int status(Page page) {
    return switch (page) {
      case Page.Form form -> form.problems().isEmpty() ? 200 : Refusal.ARG_FORMAT.status();
      case Page.Stopped stopped -> stopped.why().status();
      case Page.Home _,
          Page.Confirm _,
          Page.Report _,
          Page.Printout _,
          Page.Done _,
          Page.Running _,
          Page.JobList _,
          Page.Session _,
          Page.SessionList _ ->
          200;
    };
  }

  private static Function<Words, Text> say(String key) {
    return words -> words.say(key);
  }

  /** Who was signed out reads first when and why. */
  private static Function<Words, Text> title(Screen.SignIn signIn) {
    return signIn
        .ended()
        .<Function<Words, Text>>map(ended -> _ -> ended.why())
        .orElseGet(() -> say("signin.title"));
  }

  private static String title(Screen.Problem problem) {
    if (problem.after() instanceof Screen.After.SignInFirst) {
      return "problem.signed_out";
    }
    return switch (problem.status()) {
      case 403 -> "problem.forbidden";
      case 404 -> "problem.not_found";
      case 503 -> "problem.unavailable";
      default -> problem.status() < 500 ? "problem.request" : "problem.service";
    };
  }
}
