package org.hitc.listener.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hitc.i18n.Language;
import org.hitc.workflow.engine.Context;
import org.hitc.workflow.engine.Engine;
import org.hitc.workflow.engine.Event;
import org.hitc.workflow.engine.InputReader;
import org.hitc.workflow.engine.Outcome;
import org.hitc.workflow.engine.Position;
import org.hitc.workflow.engine.Snapshot;
import org.hitc.workflow.engine.View;
import org.hitc.workflow.yaml.Loaded;
import org.hitc.workflow.yaml.WorkflowLoader;
import org.junit.jupiter.api.Test;

/** What stands in a form and is sent as it stands says what it said before, in every language. */
class EntriesTest {
  private static final String WORKFLOW =
      """
      workflow: w
      title: W
      roles: [everyone]
      steps:
        - form: ask
          title: Ask
          fields:
            n: { label: N, type: number, default: "NUMBER" }
            a: { label: A, type: amount, decimals: 3, default: "AMOUNT" }
            d: { label: D, type: date, default: "DAY" }
        - run: show
          stdin: [$n, $a, $d]
          output: text
      """;

  private final Typing typing = Fixture.typing();
  private final List<Language> languages =
      Arrays.stream(Locale.getAvailableLocales())
          .map(Locale::toLanguageTag)
          .sorted()
          .filter(tag -> typing.inputs().in(tag).isPresent())
          .map(Language::of)
          .toList();

  private static Engine engine(String number, String amount, String day) {
    String yaml = WORKFLOW.replace("NUMBER", number).replace("AMOUNT", amount).replace("DAY", day);
    Loaded loaded =
        new WorkflowLoader(Set.of("show"))
            .load(
                "w.yaml",
                yaml.getBytes(StandardCharsets.UTF_8),
                _ -> {
                  throw new AssertionError("no file stands beside it");
                });
    if (loaded instanceof Loaded.Good good) {
      return new Engine(good.workflow());
    }
    throw new AssertionError(loaded);
  }

  private static Context context(InputReader input) {
    return new Context("anna", "en", LocalDate.of(2026, 11, 23), "7K3P-2M", () -> "h", input);
  }

  private Map<String, List<String>> entries(View.Form form, Language language) {
    Map<String, List<String>> entries = new HashMap<>();
    form.fields().forEach(f -> entries.put(f.name(), typing.entries(language).of(form, f)));
    return entries;
  }

  /** Sends the form of a page that was shown in this language. */
  private List<String> given(
      Engine engine, Snapshot page, Map<String, List<String>> entries, Language language) {
    Context context = context(typing.reader(language.tag()).orElseThrow());
    Outcome outcome = engine.advance(page, new Event.Submit(entries), context);
    assertThat(outcome).as("%s %s", language, entries).isInstanceOf(Outcome.Run.class);
    return ((Outcome.Run) outcome).chain().getFirst().stdin();
  }

  @Test
  void whether_it_was_never_touched_or_typed_in_one_language_and_sent_in_the_next() {
    assertThat(languages).hasSizeGreaterThan(800);
    for (List<String> said :
        List.of(
            List.of("1234567", "1.234", "2026-11-23"),
            List.of("-1000", "-1234567.500", "1999-01-02"),
            List.of("0", "0.050", "9999-12-31"))) {
      Engine engine = engine(said.get(0), said.get(1), said.get(2));
      Snapshot page =
          ((Outcome.Show)
                  engine.advance(
                      new Position.Beginning(),
                      new Event.Start(Map.of()),
                      context(InputReader.canonical())))
              .page();
      View.Form form = (View.Form) page.view();
      Language before = languages.getLast();
      for (Language language : languages) {
        assertThat(given(engine, page, entries(form, language), language))
            .as(language.tag())
            .isEqualTo(said);
        View.Form typed = typed(form, entries(form, before), before);
        assertThat(given(engine, page, entries(typed, language), language))
            .as("typed in %s, sent in %s", before, language)
            .isEqualTo(said);
        before = language;
      }
    }
  }

  private static View.Form typed(
      View.Form form, Map<String, List<String>> entries, Language language) {
    return (View.Form)
        Fixture.stored(form)
            .filledIn(entries, java.util.Optional.of(language.tag()), "t")
            .orElseThrow()
            .snapshot()
            .view();
  }

  @Test
  void also_when_a_link_brought_it() {
    Engine engine = engine("1", "1.000", "2026-01-01");
    Map<String, List<String>> link =
        Map.of("n", List.of("1234"), "a", List.of("1.234"), "d", List.of("2026-11-03"));
    for (String tag : List.of("en", "de", "ar-EG", "ja")) {
      Language language = Language.of(tag);
      // Whoever follows it: its values are read by nobody until the form is sent.
      Context reader = context(typing.reader(tag).orElseThrow());
      Snapshot page =
          ((Outcome.Show) engine.advance(new Position.Beginning(), new Event.Start(link), reader))
              .page();
      View.Form form = (View.Form) page.view();
      assertThat(form.typedIn()).isEmpty();
      assertThat(given(engine, page, entries(form, language), language))
          .containsExactly("1234", "1.234", "2026-11-03");
    }
  }
}
