package org.hitc.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hitc.channel.Arrangement;
import org.hitc.channel.Page;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
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
      Pattern.compile("<(/?)([a-z][a-z0-9]*)((?:\\s+[a-zA-Z0-9-]+(?:=\"[^\"<]*\")?)*)\\s*>");

  /** The one script: ours, from a file, with nothing in it. */
  private static final Pattern SCRIPT =
      Pattern.compile("<script src=\"/static/script-[0-9a-f]{16}\\.js\" async></script>");

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
          "\u001b]0;title\u0007\u001b[31mred\u001b[0m\b\u0000\u009b",
          "\u202egnp.exe\u202d\u202a\u202b",
          "../../\\evil?x#y");

  private final Renderer renderer =
      Gateway.renderer(
          "Uni <FIS>",
          "Call \"1234\"",
          StaticFiles.load(),
          Gateway.words(Path.of("/nonexistent"))::shipped);

  @Test
  void is_well_formed_and_free_of_inline_style_and_script() {
    for (String language : List.of("en", "de", "ar")) {
      for (Screen screen : SamplePages.in(language)) {
        String html = html(screen);
        assertClean(html);
        assertThat(html).doesNotContain("http-equiv", "data:", "null");
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
  void labels_every_control_and_names_every_region() {
    for (Screen screen : SamplePages.in("de")) {
      String html = html(screen);
      List<String> labelled = values(html, "<label for=\"([^\"]+)\"");
      TAG.matcher(html)
          .results()
          .filter(m -> m.group(1).isEmpty())
          .filter(m -> List.of("input", "select", "textarea").contains(m.group(2)))
          .filter(m -> !m.group(3).contains("type=\"hidden\""))
          .forEach(m ->
              assertThat(labelled)
                  .as(m.group())
                  .contains(values(m.group(), " id=\"([^\"]+)\"").getFirst()));
      TAG.matcher(html)
          .results()
          .filter(m -> m.group(3).matches(".* role=\"(region|log|img)\".*"))
          .forEach(m -> assertThat(m.group()).contains(" aria-labelledby=\""));
    }
  }

  @Test
  void has_no_link_or_button_without_words() {
    for (Screen screen : SamplePages.in("de")) {
      values(html(screen), "(?s)<(?:a|button)(?: (?![^>]*aria-hidden)[^>]*)?>(.*?)</(?:a|button)>")
          .forEach(words -> assertThat(words.replaceAll("<[^>]*>", "")).isNotBlank());
    }
  }

  @Test
  void shows_hostile_texts_as_text() {
    for (String hostile : HOSTILE) {
      for (Screen screen : hostilePages(hostile)) {
        String html = html(screen);
        assertClean(html);
        assertThat(html).as(hostile).doesNotContain("<svg onload", "<img", "href=\"javascript:");
        assertThat(html.codePoints())
            .as("control characters and overrides are shown, not sent")
            .noneMatch(
                c -> (Character.isISOControl(c) && c != '\n') || (c >= 0x202a && c <= 0x202e));
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
            sample.frame(),
            sample.address(),
            "t",
            List.of(),
            List.of(secret),
            List.of(),
            sample.button());
    assertThat(html(new Screen.Of(form))).doesNotContain("hunter2");
  }

  private List<Screen> hostilePages(String x) {
    Text text = new Text(x, Optional.of(x));
    Page.Frame frame = new Page.Frame(text, "en", x, x, 60, Optional.of(x));
    PageAddress address = new PageAddress(x, x, x);
    Page.Option option = new Page.Option(x, text);
    List<Page.Option> many = Stream.generate(() -> option).limit(9).toList();
    Arrangement arrangement = new Arrangement(Optional.of(x), true, x, 2, false, true);
    Page.Crumb crumb = new Page.Crumb(text, address, arrangement);
    Optional<Page.Onward> onward = Optional.of(new Page.Onward(x, text));
    List<Page.Field> fields =
        Stream.of(
                new Page.Control.Line(9, Page.Keypad.TEXT),
                new Page.Control.Lines(9, 2),
                new Page.Control.One(many),
                new Page.Control.One(List.of(option)),
                new Page.Control.Many(many),
                new Page.Control.Checkbox(),
                new Page.Control.Upload(9, List.of(x, x)),
                new Page.Control.Secret(9))
            .map(c ->
                new Page.Field(x, text, Optional.of(text), false, c, List.of(x), Optional.of(text)))
            .toList();
    List<Page.Cell> cells = List.of(new Page.Cell(x, true), new Page.Cell(x, false));
    Page.Home home =
        new Page.Home(
            frame,
            List.of(new Page.Recent(text, x, address)),
            List.of(
                new Page.Group(text, List.of(new Page.WorkflowLink(x, text, Optional.of(text))))),
            List.of(new Page.RunningJob(x, text, x)));
    Page.Running running =
        new Page.Running(frame, x, Page.JobState.RUNNING, text, x, Optional.of(text));
    Stream<Screen> own =
        Stream.of(
            new Screen.SignIn(
                Optional.of(Refusal.SIGN_IN),
                x,
                Screen.Idle.HALF_HOUR,
                x,
                Screen.Notice.SIGNED_OUT,
                Optional.of(
                    new Reply.Ended(x, x, text, true, List.of(new Reply.Kept(text, address))))),
            new Screen.SignInNext(x, SamplePages.newPasswordRefused(), Optional.empty(), x),
            new Screen.Session(new Page.Session(frame, x), x),
            new Screen.Sessions(
                new Page.SessionList(
                    frame,
                    "own",
                    List.of(
                        new Page.SessionLine("own", x, x, text, x),
                        new Page.SessionLine(x, x, x, text, x))),
                true),
            Screen.Problem.of(Refusal.BUSY, Optional.of(x), new Screen.After.TryAgain("/" + x)),
            new Screen.Home(home, x),
            new Screen.Cancel(running));
    Stream<Page> pages =
        Stream.of(
            home,
            new Page.Form(
                frame,
                address,
                x,
                List.of(crumb),
                fields,
                List.of(new Page.Problem(Optional.of(x), text, Refusal.ARG_LEN)),
                text),
            new Page.Confirm(
                frame,
                address,
                x,
                List.of(crumb),
                List.of(
                    new Page.Change(
                        text,
                        Optional.of(text),
                        text,
                        false,
                        Optional.of(new Page.FieldLink(address, x)))),
                true,
                text),
            running,
            report(frame, address, arrangement, cells, Page.ChartType.BAR, option),
            report(frame, address, arrangement, cells, Page.ChartType.LINE, option),
            new Page.Printout(
                frame,
                address,
                Optional.of(text),
                x,
                List.of(crumb),
                List.of(new Page.Sheet(List.of(x, x))),
                List.of(),
                true,
                true,
                onward),
            new Page.Stopped(
                frame,
                Refusal.JOB_REFUSED,
                text,
                Optional.of(text),
                Optional.of(text),
                Optional.of(text),
                List.of(crumb),
                Optional.of(crumb),
                Optional.of(address)),
            new Page.Done(frame, text, x, Optional.of(text), List.of(new Page.Fact(text, text)), x),
            new Page.JobList(
                frame,
                List.of(
                    new Page.JobLine(
                        x, x, text, x, Page.JobState.DONE, text, Optional.of(address)))));
    return Stream.concat(own, pages.map(Screen.Of::new)).toList();
  }

  private static Page.Report report(
      Page.Frame frame,
      PageAddress address,
      Arrangement arrangement,
      List<Page.Cell> cells,
      Page.ChartType type,
      Page.Option option) {
    Text text = option.label();
    String x = text.value();
    Page.Series series =
        new Page.Series(text, List.of(BigDecimal.ONE, BigDecimal.TEN), List.of(x, x));
    return new Page.Report(
        frame,
        address,
        text,
        x,
        List.of(new Page.Crumb(text, address, arrangement)),
        arrangement,
        9,
        Optional.of(text),
        List.of(new Page.Column(x, text, true), new Page.Column(x, text, false)),
        List.of(new Page.Row(cells, Optional.of(option))),
        Optional.of(new Page.Row(cells, Optional.empty())),
        Optional.of(new Page.Chart(type, text, text, List.of(x, x), List.of(series, series))),
        List.of(Page.Download.values()),
        Optional.of(new Page.Onward(x, text)));
  }

  private String html(Screen screen) {
    return StandardCharsets.UTF_8
        .decode(renderer.draw(screen, Language.of("en"), "/here").html())
        .toString();
  }

  /** Every tag is one we write, closed in order; no attribute can carry style or script. */
  private static void assertClean(String html) {
    Deque<String> open = new ArrayDeque<>();
    assertThat(SCRIPT.matcher(html).results()).as("one script").hasSize(1);
    String rest = SCRIPT.matcher(html).replaceFirst("").replaceFirst("<!doctype html>", "");
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
