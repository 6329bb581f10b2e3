package org.hitc.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hitc.channel.Page;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Refusal;
import org.hitc.channel.Text;
import org.hitc.gateway.Gateway;
import org.hitc.gateway.http.StaticFiles;
import org.hitc.i18n.Language;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Every page")
class RendererTest {

  private static final Set<String> VOID = Set.of("meta", "link", "input", "br", "hr", "img");
  private static final Pattern TAG =
      Pattern.compile("<(/?)([a-z][a-z0-9]*)((?:\\s+[a-z-]+(?:=\"[^\"<]*\")?)*)\\s*>");

  /** Each breaks out of one place that is not escaped for what it is. */
  private static final List<String> HOSTILE =
      List.of(
          "<script>alert(1)</script>",
          "\" onmouseover=\"alert(1)",
          "' onfocus='alert(1)",
          "<img src=x onerror=alert(1)>",
          "</pre></textarea></title></select><svg onload=alert(1)>",
          "javascript:alert(1)",
          "]]><!--",
          "${7*7} @template.x() !{x}",
          "&lt;b&gt;&#60;",
          "../../\\evil?x#y");

  private final Renderer renderer =
      Gateway.renderer("Uni <FIS>", "Call \"1234\"", StaticFiles.load(), List.of("en", "de"));

  @Test
  void is_well_formed_and_free_of_inline_style_and_script() {
    for (String language : List.of("en", "de", "ar")) {
      for (Screen screen : SamplePages.in(language)) {
        assertClean(html(screen));
      }
    }
  }

  @Test
  void has_one_heading_a_title_a_skip_link_and_help() {
    for (Screen screen : SamplePages.in("en")) {
      String html = html(screen);
      assertThat(html.split("<h1", -1)).as(html).hasSize(2);
      assertThat(html).contains("<title>", "href=\"#main\"", "id=\"main\"", "href=\"/help\"");
    }
  }

  @Test
  void has_each_identifier_once_and_points_only_to_those_it_has() {
    for (Screen screen : SamplePages.in("en")) {
      String html = html(screen);
      List<String> ids = values(html, " id=\"([^\"]+)\"");
      assertThat(ids).doesNotHaveDuplicates();
      Stream.of("for", "aria-labelledby", "aria-describedby")
          .flatMap(name -> values(html, " " + name + "=\"([^\"]+)\"").stream())
          .flatMap(value -> Stream.of(value.split(" ")))
          .forEach(id -> assertThat(ids).as(html).contains(id));
      values(html, "href=\"#([^\"]+)\"").forEach(id -> assertThat(ids).contains(id));
    }
  }

  @Test
  void shows_hostile_texts_as_text() {
    for (String hostile : HOSTILE) {
      for (Screen screen : hostilePages(hostile)) {
        String html = html(screen);
        assertClean(html);
        assertThat(html).as(hostile).doesNotContain("<svg", "<img", "href=\"javascript:");
        assertThat(TAG.matcher(html).results().filter(m -> m.group(2).equals("script"))).isEmpty();
      }
    }
  }

  @Test
  void speaks_all_its_words() {
    for (String language : List.of("en", "de")) {
      for (Screen screen : SamplePages.in(language)) {
        String words = html(screen).replaceAll("<[^>]*>", " ");
        assertThat(words.replaceAll("\\[refusal\\.[a-z_]+]", "")).doesNotContain("[");
      }
    }
  }

  @Test
  void marks_words_of_another_language() {
    String html = html(new Screen.Of(SamplePages.stopped("de")));
    assertThat(html).contains("<bdi lang=\"en\" dir=\"ltr\">FIS: no access");
  }

  @Test
  void never_shows_a_secret_again() {
    Page.Field secret =
        new Page.Field(
            "code",
            Text.of("Code"),
            Optional.empty(),
            true,
            new Page.Control.Secret(20),
            List.of("hunter2"),
            Optional.empty());
    Page.Form sample = SamplePages.form("en");
    Page.Form form =
        new Page.Form(
            sample.frame(), sample.address(), "t", List.of(secret), List.of(), sample.button());
    assertThat(html(new Screen.Of(form))).doesNotContain("hunter2");
  }

  private List<Screen> hostilePages(String x) {
    Text text = new Text(x, Optional.of(x));
    Page.Frame frame = new Page.Frame(text, "en", x, x, Optional.of(x));
    PageAddress address = new PageAddress(x, x, x);
    Page.Option option = new Page.Option(x, text);
    List<Page.Option> many = Stream.generate(() -> option).limit(9).toList();
    Page.Crumb crumb = new Page.Crumb(text, address);
    List<Page.Field> fields =
        Stream.of(
                new Page.Control.Line(9, Page.Keypad.TEXT),
                new Page.Control.Lines(9, 2),
                new Page.Control.One(many),
                new Page.Control.One(List.of(option)),
                new Page.Control.Many(many),
                new Page.Control.Checkbox(),
                new Page.Control.Secret(9))
            .map(c ->
                new Page.Field(x, text, Optional.of(text), false, c, List.of(x), Optional.of(text)))
            .toList();
    List<Page.Cell> cells = List.of(new Page.Cell(x, true), new Page.Cell(x, false));
    return List.of(
        new Screen.SignIn(Optional.of(Refusal.SIGN_IN), x, Screen.Idle.HALF_HOUR, x, true),
        Screen.Problem.of(Refusal.BUSY, Optional.of(x), new Screen.After.TryAgain("/" + x)),
        new Screen.Of(
            new Page.Home(
                frame,
                List.of(
                    new Page.Group(
                        text, List.of(new Page.WorkflowLink(x, text, Optional.of(text))))),
                List.of(new Page.RunningJob(x, text, x)))),
        new Screen.Of(
            new Page.Form(
                frame,
                address,
                x,
                fields,
                List.of(new Page.Problem(Optional.of(x), text, Refusal.ARG_LEN)),
                text)),
        new Screen.Of(
            new Page.Report(
                frame,
                address,
                text,
                x,
                List.of(crumb),
                List.of(new Page.Column(x, text, true), new Page.Column(x, text, false)),
                List.of(new Page.Row(cells, Optional.of(option))),
                Optional.of(new Page.Row(cells, Optional.empty())),
                List.of(Page.Download.values()))),
        new Screen.Of(
            new Page.Printout(
                frame,
                address,
                Optional.of(text),
                x,
                List.of(crumb),
                List.of(new Page.Sheet(List.of(x, x))),
                List.of())),
        new Screen.Of(
            new Page.Stopped(
                frame, Refusal.JOB_REFUSED, text, Optional.of(text), Optional.of(crumb))),
        new Screen.Of(new Page.Done(frame, text, x)));
  }

  private String html(Screen screen) {
    return StandardCharsets.UTF_8
        .decode(renderer.draw(screen, Language.of("en"), "/here").html())
        .toString();
  }

  /** Every tag is one we write, closed in order; no attribute can carry style or script. */
  private static void assertClean(String html) {
    Deque<String> open = new ArrayDeque<>();
    String rest = html.replaceFirst("<!doctype html>", "");
    Matcher tags = TAG.matcher(rest);
    StringBuilder text = new StringBuilder();
    while (tags.find()) {
      tags.appendReplacement(text, "");
      String name = tags.group(2);
      assertThat(tags.group(3).replaceAll("\"[^\"]*\"", ""))
          .doesNotContainPattern("\\s(style|on[a-z]+)(=|\\s|$)");
      assertThat(name).isNotIn("script", "style", "iframe", "object", "base");
      if (tags.group(1).isEmpty() && !VOID.contains(name)) {
        open.push(name);
      } else if (!tags.group(1).isEmpty()) {
        assertThat(name).as("closes in order: %s", html).isEqualTo(open.pop());
      }
    }
    tags.appendTail(text);
    assertThat(open).as("everything is closed").isEmpty();
    assertThat(text.toString()).as("no other markup").doesNotContain("<");
  }

  private static List<String> values(String html, String pattern) {
    return Pattern.compile(pattern).matcher(html).results().map(m -> m.group(1)).toList();
  }
}
