package org.hitc.gateway.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.Page;
import org.hitc.channel.Refusal;
import org.hitc.i18n.Language;
import org.hitc.i18n.Languages;
import org.hitc.i18n.Messages;

/** Turns a screen into HTML. Stateless, for any number of threads. */
public final class Renderer {

  private static final String TEMPLATES = "org.hitc.gateway.page.template";

  private final TemplateEngine engine;
  private final Site site;
  private final Languages languages;
  private final Messages messages;

  /**
   * @param languages those that {@code messages} are offered in
   */
  public Renderer(Site site, Languages languages, Messages messages) {
    this.site = site;
    this.languages = languages;
    this.messages = messages;
    this.engine =
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, Renderer.class.getClassLoader(), TEMPLATES);
  }

  /**
   * A drawn screen.
   *
   * @param status HTTP status
   * @param html the page in UTF-8, read-only
   */
  public record Drawn(int status, ByteBuffer html) {}

  /** The language for a reader who prefers these, as in {@code Accept-Language}. */
  public Language language(String acceptLanguage) {
    return languages.choose(Optional.empty(), acceptLanguage);
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
      case Screen.SignIn signIn ->
          own(
              signIn.refused().map(Refusal::status).orElse(200),
              "sign-in",
              "signin.title",
              signIn,
              language,
              here,
              signIn.refused().isPresent());
      case Screen.Problem problem ->
          own(problem.status(), "problem", title(problem), problem, language, here, false);
      case Screen.Help help -> own(200, "help", "help.title", help, language, here, false);
      case Screen.Accessibility accessibility ->
          own(200, "accessibility", "accessibility.title", accessibility, language, here, false);
    };
  }

  private Drawn page(Page page, String here) {
    Page.Frame frame = page.frame();
    Layout layout =
        new Layout(
            site,
            words(frame.language()),
            frame.title(),
            status(page) == Refusal.ARG_FORMAT.status(),
            Optional.of(new Layout.SignedIn(frame.user(), frame.signedInUntil())),
            here);
    return new Drawn(status(page), html(template(page), layout, page));
  }

  private Drawn own(
      int status,
      String template,
      String titleKey,
      Screen screen,
      Language language,
      String here,
      boolean wrong) {
    Words words = words(language.tag());
    Layout layout = new Layout(site, words, words.say(titleKey), wrong, Optional.empty(), here);
    return new Drawn(status, html(template, layout, screen));
  }

  private ByteBuffer html(String template, Layout layout, Object screen) {
    Utf8ByteOutput output = new Utf8ByteOutput();
    engine.render(template + ".jte", Map.of("layout", layout, "screen", screen), output);
    return ByteBuffer.wrap(output.toByteArray()).asReadOnlyBuffer();
  }

  private Words words(String tag) {
    return new Words(tag, languages, messages.in(languages.choose(Optional.of(tag), tag)));
  }

  private static int status(Page page) {
    return switch (page) {
      case Page.Form form -> form.problems().isEmpty() ? 200 : Refusal.ARG_FORMAT.status();
      case Page.Stopped stopped -> stopped.why().status();
      case Page.Home _, Page.Report _, Page.Printout _, Page.Done _ -> 200;
    };
  }

  private static String template(Page page) {
    return switch (page) {
      case Page.Home _ -> "home";
      case Page.Form _ -> "form";
      case Page.Report _ -> "report";
      case Page.Printout _ -> "printout";
      case Page.Stopped _ -> "stopped";
      case Page.Done _ -> "done";
    };
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
