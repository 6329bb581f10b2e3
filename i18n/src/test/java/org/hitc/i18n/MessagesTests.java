package org.hitc.i18n;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Bidi;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.hitc.i18n.broken.BrokenModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Messages")
class MessagesTests {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Language ENGLISH = Language.of("en");
  private static final Languages OFFERED =
      Languages.of(List.of("en", "de", "de-CH", "pt-AO", "zh-TW", "ar", "fr"));
  private static final Layer PRODUCT = new Layer.Product(MessagesTests.class);

  private final List<String> logged = new ArrayList<>();
  private final Logger logger = Logger.getLogger(Messages.class.getName());
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          logged.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @TempDir Path folder;

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
  }

  private static Messages loaded(Loading loading) {
    return switch (loading) {
      case Loading.Loaded(Messages messages) -> messages;
      case Loading.Refused(List<Problem> problems) -> throw new AssertionError(problems);
    };
  }

  private static Bundle bundle(String text) {
    List<Problem> problems = new ArrayList<>();
    List<Entry> entries = MessageFile.read("flow", text.getBytes(StandardCharsets.UTF_8), problems);
    Bundle bundle = Bundle.parse("flow", entries, problems);
    assertThat(problems).isEmpty();
    return bundle;
  }

  private static List<String> problems(Loading loading) {
    return switch (loading) {
      case Loading.Loaded _ -> List.of();
      case Loading.Refused(List<Problem> problems) ->
          problems.stream().map(Problem::toString).toList();
    };
  }

  private static Loading load(Layer... layers) {
    return Messages.load(OFFERED, ENGLISH, BERLIN, List.of(layers));
  }

  private static Catalogue in(String tag) {
    return loaded(load(PRODUCT)).in(Language.of(tag));
  }

  @Nested
  @DisplayName("are found")
  class Found {
    private static final Map<String, Object> ANNA = Map.of("name", "Anna");

    @Test
    void in_the_language_asked_for() {
      assertThat(in("de").text("greeting", ANNA)).isEqualTo(new Rendered("Hallo Anna", "de"));
    }

    @Test
    void in_a_parent_locale_with_the_numbers_of_the_one_asked_for() {
      assertThat(in("de-CH").text("rows", Map.of("n", 12345)))
          .isEqualTo(new Rendered("12'345 Zeilen", "de-CH"));
    }

    @Test
    void in_the_parent_that_cldr_names() {
      assertThat(in("pt-AO").text("greeting", ANNA).value()).isEqualTo("Olá Anna (PT)");
      assertThat(in("pt-AO").text("taste").value()).isEqualTo("cor");
    }

    @Test
    void in_the_source_language_rather_than_in_another_script_and_then_they_say_so() {
      assertThat(in("zh-TW").text("greeting", ANNA)).isEqualTo(new Rendered("Hello Anna", "en"));
      assertThat(in("fr").text("only_source", Map.of("n", 12345)))
          .isEqualTo(new Rendered("Only English, 12,345", "en"));
    }

    @Test
    void nowhere_and_then_show_a_marker_and_are_logged_once() {
      Catalogue fr = in("fr");
      for (int i = 0; i < 5; i++) {
        assertThat(fr.text("no.such.key")).isEqualTo(new Rendered("[no.such.key]", "zxx"));
      }
      assertThat(logged).containsExactly("no message no.such.key, asked for in fr");
    }

    @Test
    void nowhere_without_end_and_the_log_stays_short_and_clean() {
      Catalogue en = in("en");
      en.text("a\u001b[31m\nb" + "x".repeat(100_000));
      assertThat(logged).singleElement().asString().hasSizeLessThan(300).matches("[ -~]+");
      for (int i = 0; i < 5_000; i++) {
        en.text("key" + i);
      }
      assertThat(logged).hasSize(1_001).last().asString().contains("not logged");
    }

    @Test
    void only_in_languages_on_offer() {
      Messages messages = loaded(load(PRODUCT));
      assertThatThrownBy(() -> messages.in(Language.of("ja"))).hasMessageContaining("ja");
    }
  }

  @Nested
  @DisplayName("take arguments")
  class Arguments {
    @Test
    void that_are_numbers_of_every_kind() {
      for (Object one : List.of(1, 1L, BigInteger.ONE, BigDecimal.ONE)) {
        assertThat(in("en").text("rows", Map.of("n", one)).value()).isEqualTo("1 row");
      }
      assertThat(in("ar").text("rows", Map.of("n", 3)).value()).contains("صفوف");
    }

    @Test
    void that_are_moments() {
      Instant at = Instant.parse("2026-11-23T23:30:00Z");
      assertThat(in("de").text("when", Map.of("at", at)).value())
          .isEqualTo("um 00:30 am 24. November 2026");
      assertThat(in("en").text("greeting", Map.of("name", LocalDate.of(2026, 11, 23))).value())
          .isEqualTo("Hello 11/23/26");
      assertThat(in("de").text("greeting", Map.of("name", LocalTime.of(14, 2))).value())
          .isEqualTo("Hallo 14:02");
    }

    @Test
    void and_without_them_show_what_is_missing() {
      assertThat(in("en").text("greeting").value()).isEqualTo("Hello {name}");
      assertThat(in("en").text("rows").value()).isEqualTo("{n} rows");
      assertThat(logged).hasSize(2).allMatch(l -> l.contains("is missing or of another kind"));
    }

    @Test
    void and_show_the_place_of_what_is_not_of_their_kind() {
      Map<String, Object> wrong = new HashMap<>();
      wrong.put("text", "seven");
      wrong.put("object", new Object());
      wrong.put("double", 1.5);
      wrong.put("NaN", Double.NaN);
      wrong.put("huge", new BigDecimal("1E999999"));
      wrong.put("tiny", new BigDecimal("1E-999999"));
      wrong.put("limit", Numbers.LIMIT);
      wrong.put("long", new BigInteger("9".repeat(100_000)));
      wrong.forEach((what, value) ->
          assertThat(in("en").text("rows", Map.of("n", value)).value())
              .as(what)
              .isEqualTo("{n} rows"));
      assertThat(in("en").text("when", Map.of("at", LocalDate.EPOCH)).value())
          .isEqualTo("at {at} on January 1, 1970");
      assertThat(in("en").text("when", Map.of("at", Instant.MAX)).value())
          .isEqualTo("at {at} on {at}");
      assertThat(in("en").text("greeting", Map.of("name", new int[0])).value())
          .isEqualTo("Hello {name}");
    }

    @Test
    void and_never_change_a_text_whatever_it_holds() throws Exception {
      for (String text : naughty()) {
        Map<String, Object> arguments = Map.of("name", text);
        assertThat(in.text("greeting", arguments).value()).isEqualTo("Hello " + text);
        String isolated = in.isolating().text("greeting", arguments).value();
        if (isolated.equals("Hello " + text)) {
          assertThat(new Bidi(text, Bidi.DIRECTION_LEFT_TO_RIGHT).isLeftToRight()).isTrue();
          continue;
        }
        assertThat(isolated).startsWith("Hello \u2068").endsWith("\u2069");
        assertThat(balanced(isolated)).as(isolated).isTrue();
        if (text.chars().noneMatch(c -> c >= 0x2066 && c <= 0x2069)) {
          assertThat(isolated).isEqualTo("Hello \u2068" + text + "\u2069");
        }
      }
    }

    private final Catalogue in = in("en");
  }

  /** In the style of the Big List of Naughty Strings. */
  private static List<String> naughty() {
    return List.of(
        "",
        "undefined",
        "{0}",
        "{name}",
        "'{name}'",
        "{",
        "}",
        "''",
        "#",
        "{n, plural, other {x}}",
        "$1",
        "\\",
        "%s%n",
        "<script>alert(1)</script>",
        "&amp;",
        "\0",
        "\u001b[31m",
        "\r\n",
        "\u202eabc",
        "\u2066a",
        "a\u2069b",
        "\u2069\u2069\u2068",
        "\u2067\u2066x\u2069",
        "\ud800",
        "\ufeff",
        "مرحبا",
        "Ṱ̺̺̕o͞ ̷",
        "😀👩‍👩‍👧",
        "１２３",
        "; DROP TABLE users",
        "../../etc/passwd",
        "x".repeat(100_000));
  }

  private static boolean balanced(String text) {
    int open = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      open += c >= 0x2066 && c <= 0x2068 ? 1 : c == 0x2069 ? -1 : 0;
      if (open < 0) {
        return false;
      }
    }
    return open == 0;
  }

  @Nested
  @DisplayName("isolate values")
  class Isolating {
    @Test
    void only_when_asked() {
      Map<String, Object> dan = Map.of("name", "דן");
      assertThat(in("en").text("greeting", dan).value()).isEqualTo("Hello דן");
      assertThat(in("en").isolating().text("greeting", dan).value())
          .isEqualTo("Hello \u2068דן\u2069");
    }

    @Test
    void in_words_from_right_to_left_always() {
      assertThat(in("ar").isolating().text("greeting", Map.of("name", "2026-06")).value())
          .contains("\u20682026-06\u2069");
      assertThat(in("en").isolating().text("rows", Map.of("n", 2)).value()).isEqualTo("2 rows");
      assertThat(in("en").isolating().text("greeting", Map.of("name", "2026-06 a")).value())
          .isEqualTo("Hello 2026-06 a");
    }

    @Test
    void of_every_kind_but_no_words_of_their_own() {
      Catalogue en = in("en").isolating();
      assertThat(en.text("greeting", Map.of("name", "\u202e")).value())
          .isEqualTo("Hello \u2068\u202e\u2069");
      assertThat(en.text("taste").value()).isEqualTo("colour");
      assertThat(en.textOr("x", "Label", ENGLISH, Map.of()).value()).isEqualTo("Label");
    }
  }

  @Nested
  @DisplayName("of a workflow")
  class OfAWorkflow {
    private static final String KEY = "ask.account.label";

    private Map<String, Bundle> own = Map.of();

    private void file(String tag, String text) {
      own = Map.of(tag, bundle(text));
    }

    private Catalogue in(String tag) {
      return loaded(loaded(load(PRODUCT)).with(List.of(new Layer.Workflow(own))))
          .in(Language.of(tag));
    }

    @Test
    void fall_back_to_the_text_in_its_definition_literally() {
      assertThat(in("de").textOr(KEY, "Account {x} '{'", ENGLISH, Map.of()))
          .isEqualTo(new Rendered("Account {x} '{'", "en"));
      assertThat(logged).isEmpty();
    }

    @Test
    void stand_in_its_own_folder() throws Exception {
      file("de", KEY + " = Konto {account}\n");
      assertThat(in("de").textOr(KEY, "Account", ENGLISH, Map.of("account", "204110")))
          .isEqualTo(new Rendered("Konto 204110", "de"));
      assertThat(in("fr").textOr(KEY, "Account", ENGLISH, Map.of()))
          .isEqualTo(new Rendered("Account", "en"));
    }

    @Test
    void can_be_written_in_any_language() throws Exception {
      file("en", KEY + " = Account\n");
      Language swedish = Language.of("sv");
      assertThat(in("fr").textOr(KEY, "Konto", swedish, Map.of()))
          .isEqualTo(new Rendered("Konto", "sv"));
      assertThat(in("en").textOr(KEY, "Konto", swedish, Map.of()))
          .isEqualTo(new Rendered("Account", "en"));
    }

    @Test
    void leave_the_product_as_it_is() throws Exception {
      Messages product = loaded(load(PRODUCT));
      file("de", "greeting = Moin {name}\n");
      Map<String, Object> anna = Map.of("name", "Anna");
      assertThat(in("de").text("greeting", anna).value()).isEqualTo("Moin Anna");
      assertThat(product.in(Language.of("de")).text("greeting", anna).value())
          .isEqualTo("Hallo Anna");
    }
  }

  @Nested
  @DisplayName("of a site")
  class OfASite {
    @Test
    void go_before_a_workflows_and_these_before_the_products_locale_by_locale() throws Exception {
      Layer site =
          new Layer.Site(
              Map.of("en", bundle("greeting = site en\n"), "de", bundle("taste = site de\n")));
      Layer flow =
          new Layer.Workflow(Map.of("de", bundle("greeting = flow de\ntaste = flow de\n")));
      Messages messages = loaded(loaded(load(PRODUCT, site)).with(List.of(flow)));
      assertThat(messages.in(Language.of("de")).text("greeting").value()).isEqualTo("flow de");
      assertThat(messages.in(Language.of("de")).text("taste").value()).isEqualTo("site de");
      assertThat(messages.in(Language.of("fr")).text("greeting").value()).isEqualTo("site en");
      Messages otherOrder = loaded(load(flow, site, PRODUCT));
      assertThat(otherOrder.in(Language.of("de")).text("taste").value()).isEqualTo("site de");
    }
  }

  @Nested
  @DisplayName("are refused as a whole")
  class Refused {
    @Test
    void with_every_problem_of_every_file() throws Exception {
      String files = "org/hitc/i18n/broken/messages/messages_";
      assertThat(problems(load(new Layer.Product(BrokenModule.class))))
          .anyMatch(p -> p.startsWith(files + "en.properties:2: rows: nothing fills in {total}"))
          .anyMatch(p -> p.startsWith(files + "en.properties:2: rows: {unused} is declared only"))
          .anyMatch(p -> p.startsWith(files + "de.properties:1: date: {d} is not that kind"))
          .anyMatch(p -> p.startsWith(files + "de.properties:2: ok: nothing fills in {who}"))
          .anyMatch(p -> p.startsWith(files + "de.properties:3: unknown: is not in messages_en"))
          .anyMatch(p -> p.startsWith(files + "de.properties:4: rows: a { without its }"))
          .hasSize(6);
    }

    @Test
    void when_a_module_has_no_source_messages() {
      assertThat(problems(load(new Layer.Product(String.class))))
          .containsExactly("java/lang/messages/messages_en.properties: is missing");
    }
  }
}
