package org.hitc.listener.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hitc.listener.page.Fixture.ADDRESS;
import static org.hitc.listener.page.Fixture.report;
import static org.hitc.listener.page.Fixture.row;
import static org.hitc.listener.page.Fixture.stored;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hitc.channel.Arrangement;
import org.hitc.channel.Page;
import org.hitc.channel.Refusal;
import org.hitc.channel.Text;
import org.hitc.listener.visit.StoredPage;
import org.hitc.workflow.engine.Argument;
import org.hitc.workflow.engine.Changed;
import org.hitc.workflow.engine.ProgramMessage;
import org.hitc.workflow.engine.View;
import org.junit.jupiter.api.Test;

/** What people read of a view. */
class PagesTest {
  private final Reader reader = Fixture.reader();
  private final Pages pages = pages(reader);

  private static Pages pages(Reader reader) {
    return new Pages(
        reader,
        (_, _) -> {
          throw new AssertionError("no printout is shown here");
        },
        Fixture.typing().entries(reader.words().language()));
  }

  private Page page(View view) {
    return pages.of(stored(view), ADDRESS, Arrangement.PLAIN);
  }

  private Page.Stopped stopped(
      Refusal why, Changed changed, boolean writes, Optional<ProgramMessage> message) {
    return (Page.Stopped)
        page(
            new View.Stopped(
                why, "print", message, changed, writes, Optional.of("ask"), "the detail"));
  }

  private Optional<String> consequence(Refusal why, Changed changed, boolean writes) {
    return stopped(why, changed, writes, Optional.empty()).consequence().map(Text::value);
  }

  private Optional<String> words(String key) {
    String words = reader.message(key, Map.of()).value();
    assertThat(words).as("a key without words").doesNotStartWith("[");
    return Optional.of(words);
  }

  @Test
  void a_page_that_stops_says_whether_anything_was_changed_where_that_is_a_question() {
    assertThat(consequence(Refusal.JOB_REFUSED, Changed.NO, false)).isEmpty();
    assertThat(consequence(Refusal.JOB_REFUSED, Changed.NO, true))
        .isEqualTo(words("problem.nothing_changed"));
    assertThat(consequence(Refusal.JOB_FAILED, Changed.MAYBE, true))
        .isEqualTo(words("problem.may_have_changed"));
    assertThat(consequence(Refusal.JOB_FAILED, Changed.YES, true))
        .isEqualTo(words("problem.has_changed"));
  }

  @Test
  void only_what_changes_nothing_is_offered_again() {
    assertThat(stopped(Refusal.BUSY, Changed.NO, false, Optional.empty()).again())
        .contains(ADDRESS);
    assertThat(stopped(Refusal.BUSY, Changed.NO, true, Optional.empty()).again()).isEmpty();
    assertThat(stopped(Refusal.BUSY, Changed.MAYBE, true, Optional.empty()).again()).isEmpty();
  }

  @Test
  void the_detail_for_the_programmer_is_on_no_page() {
    assertThat(stopped(Refusal.JOB_FAILED, Changed.NO, false, Optional.empty()).toString())
        .doesNotContain("the detail");
  }

  @Test
  void a_confirm_shows_what_was_and_what_will_be_and_where_to_correct_it() {
    Page.Confirm page =
        (Page.Confirm)
            page(
                new View.Confirm(
                    Fixture.words("Check"),
                    List.of(
                        new View.Change(
                            "ask",
                            "to",
                            Fixture.words("To"),
                            Optional.of(new View.Shown.Plain("old\nplace")),
                            new View.Shown.Plain("new\u0007")),
                        new View.Change(
                            "other",
                            "p",
                            Fixture.words("Password"),
                            Optional.empty(),
                            new View.Shown.Hidden())),
                    Optional.empty()));
    assertThat(page.changes().get(0).now().map(Text::value)).contains("old place");
    assertThat(page.changes().get(0).after().value()).isEqualTo("new\u2407");
    assertThat(page.changes().get(0).edit()).isPresent();
    assertThat(page.changes().get(1).edit()).isEmpty();
    assertThat(page.changes().get(1).after().value())
        .isEqualTo(words("value.hidden").orElseThrow());
  }

  @Test
  void a_receipt_says_when_and_that_it_was_done_before() {
    View done =
        new View.Done(Fixture.words("Changed"), Optional.empty(), List.of(), Optional.empty());
    Page.Done first = (Page.Done) page(done);
    assertThat(first.already()).isEmpty();
    Arrangement again = Arrangement.of(Map.of("done", List.of("1"))).orElseThrow();
    Page.Done second = (Page.Done) pages.of(stored(done), ADDRESS, again);
    assertThat(second.already().orElseThrow().value()).contains(second.at());
  }

  private static final Map<String, Argument> BOUNDS =
      Map.of("min", new Argument.Day("2027-01-31"), "max", new Argument.Day("2027-12-31"));

  private static View.Form form(Optional<String> typedIn, View.Keypad keypad, String... values) {
    return form(typedIn, keypad, List.of(), values);
  }

  private static View.Form form(
      Optional<String> typedIn, View.Keypad keypad, List<View.Problem> problems, String... values) {
    View.FieldView field =
        new View.FieldView(
            "f",
            Fixture.words("Field"),
            Optional.empty(),
            true,
            new View.Control.Line(64, keypad),
            List.of(values));
    return new View.Form(Fixture.words("Ask"), List.of(field), typedIn, Optional.empty(), problems);
  }

  private static List<String> shown(String language, View.Form form) {
    return field(language, form).values();
  }

  private static Page.Field field(String language, View.Form form) {
    Pages pages = pages(Fixture.reader(language));
    return ((Page.Form) pages.of(stored(form), ADDRESS, Arrangement.PLAIN)).fields().getFirst();
  }

  private static String error(
      String language, View.Keypad keypad, Refusal why, Map<String, Argument> arguments) {
    List<View.Problem> problems = List.of(new View.Problem("f", why, arguments, Optional.empty()));
    Page.Field field = field(language, form(Optional.of("en"), keypad, problems));
    return Fixture.unmarked(field.error().orElseThrow());
  }

  @Test
  void what_a_definition_a_program_or_a_link_says_stands_in_the_form_as_its_reader_types_it() {
    View.Form amount = form(Optional.empty(), View.Keypad.DECIMAL, "-1234.50");
    assertThat(shown("en", amount)).containsExactly("-1234.50");
    assertThat(shown("de", amount)).containsExactly("-1234,50");
    View.Form day = form(Optional.empty(), View.Keypad.DATE, "2026-11-03");
    assertThat(shown("en", day)).containsExactly("11/3/2026");
    assertThat(shown("de", day)).containsExactly("03.11.2026");
    for (View.Keypad other : List.of(View.Keypad.TEXT, View.Keypad.DIGITS, View.Keypad.EMAIL)) {
      assertThat(shown("de", form(Optional.empty(), other, "1.5"))).containsExactly("1.5");
    }
  }

  @Test
  void what_was_typed_stands_as_it_was_typed_in_its_language_and_means_the_same_in_another() {
    View.Form german = form(Optional.of("de"), View.Keypad.DECIMAL, "1.234");
    assertThat(shown("de", german)).containsExactly("1.234");
    assertThat(shown("en", german)).containsExactly("1234");
    View.Form english = form(Optional.of("en"), View.Keypad.DECIMAL, "1.234");
    assertThat(shown("en", english)).containsExactly("1.234");
    assertThat(shown("de", english)).containsExactly("1,234");
    View.Form day = form(Optional.of("en"), View.Keypad.DATE, "3/11/2026");
    assertThat(shown("de", day)).containsExactly("11.03.2026");
  }

  @Test
  void what_says_nothing_where_it_comes_from_is_not_taken_for_something_here() {
    assertThat(shown("en", form(Optional.of("de"), View.Keypad.DECIMAL, "12a")))
        .containsExactly("12a");
    assertThat(shown("en", form(Optional.of("de"), View.Keypad.DECIMAL, "1234.56"))).isEmpty();
    assertThat(shown("en", form(Optional.empty(), View.Keypad.DECIMAL, "1,234"))).isEmpty();
    assertThat(shown("de", form(Optional.empty(), View.Keypad.DATE, "not yet")))
        .containsExactly("not yet");
    assertThat(shown("en", form(Optional.of("xx"), View.Keypad.DATE, "3/11/2026"))).isEmpty();
  }

  @Test
  void an_error_shows_what_would_be_taken_as_its_reader_types_it() {
    Map<String, Argument> number =
        Map.of(
            "expected", new Argument.Word("number"),
            "decimals", new Argument.Count(2),
            "min", new Argument.Decimal(new BigDecimal("-99")),
            "max", new Argument.Decimal(new BigDecimal("99999")));
    assertThat(error("en", View.Keypad.DECIMAL, Refusal.ARG_FORMAT, number))
        .isEqualTo("Field must be a number with at most 2 decimals, for example 1234.50");
    assertThat(error("de", View.Keypad.DECIMAL, Refusal.ARG_FORMAT, number))
        .endsWith("zum Beispiel 1234,50");
    Map<String, Argument> small = new HashMap<>(number);
    small.put("decimals", new Argument.Count(0));
    small.put("max", new Argument.Decimal(new BigDecimal("99")));
    assertThat(error("en", View.Keypad.DECIMAL, Refusal.ARG_FORMAT, small))
        .isEqualTo("Field must be a whole number, for example 99");
  }

  @Test
  void an_error_of_a_day_says_what_is_wrong_with_it() {
    assertThat(day("en", "form", Map.of()))
        .isEqualTo("Field must be a date, for example 11/23/2026");
    assertThat(day("de", "year", Map.of())).contains("alle vier Ziffern", "23.11.2026");
    assertThat(day("en", "calendar", Map.of())).contains("Gregorian", "11/23/2026");
    assertThat(day("en", "day", Map.of())).contains("no such day", "11/23/2026");
    assertThat(day("en", "form", BOUNDS)).contains("1/31/2027");
    assertThat(day("en", "range", BOUNDS)).isEqualTo("Field must be from 1/31/2027 to 12/31/2027");
    assertThat(day("de", "range", Map.of("max", new Argument.Day("2027-12-31"))))
        .isEqualTo("Field darf nicht nach 31.12.2027 liegen");
  }

  private static String day(String language, String reason, Map<String, Argument> bounds) {
    Map<String, Argument> arguments = new HashMap<>(bounds);
    arguments.put("reason", new Argument.Word(reason));
    return error(language, View.Keypad.DATE, Refusal.ARG_DATE, arguments);
  }

  @Test
  void a_day_has_an_example_where_the_definition_says_nothing() {
    Page.Field day = field("de", form(Optional.empty(), View.Keypad.DATE));
    assertThat(day.hint().map(Fixture::unmarked)).contains("Zum Beispiel 23.11.2026");
    assertThat(field("de", form(Optional.empty(), View.Keypad.DECIMAL)).hint()).isEmpty();
  }

  @Test
  void what_was_understood_is_said_with_all_decimals_and_the_month_in_words() {
    View.Confirm confirm =
        new View.Confirm(
            Fixture.words("Check"),
            List.of(
                change(new View.Shown.Decimal(new BigDecimal("1234.50"))),
                change(new View.Shown.Day("2026-11-03"))),
            Optional.empty());
    Page.Confirm page =
        (Page.Confirm) pages(Fixture.reader("de")).of(stored(confirm), ADDRESS, Arrangement.PLAIN);
    assertThat(page.changes().get(0).after().value()).isEqualTo("1.234,50");
    assertThat(page.changes().get(1).after().value()).isEqualTo("3. November 2026");
  }

  private static View.Change change(View.Shown after) {
    return new View.Change("ask", "f", Fixture.words("Field"), Optional.empty(), after);
  }

  @Test
  void a_ticket_says_in_which_language_its_page_was_shown_and_is_no_ticket_of_another() {
    StoredPage page = stored(form(Optional.empty(), View.Keypad.TEXT));
    String ticket =
        ((Page.Form) pages(Fixture.reader("de")).of(page, ADDRESS, Arrangement.PLAIN)).ticket();
    assertThat(ticket).matches("[0-9a-z]{1,64}");
    assertThat(PageTicket.language(page, ticket)).contains("de");
    assertThat(PageTicket.of(page, "x".repeat(16))).hasSize(64);
    for (String other :
        List.of("", page.ticket() + "6", page.ticket() + "zz", "b" + ticket.substring(1))) {
      assertThat(PageTicket.language(page, other)).as(other).isEmpty();
    }
  }

  @Test
  void a_chart_is_drawn_of_some_rows_and_described_in_words() {
    Page.Chart chart =
        Charts.of(report(row("Pens", "5"), row("Paper", "-1.50"), row("Ink", "")), reader)
            .orElseThrow();
    assertThat(chart.categories()).containsExactly("Pens", "Paper", "Ink");
    assertThat(chart.series().getFirst().values().getLast()).isZero();
    assertThat(chart.description().value()).contains("Pens", "Paper");
    assertThat(Charts.of(report(), reader)).isEmpty();
    View.RowView[] many =
        IntStream.range(0, Charts.MOST + 1)
            .mapToObj(i -> row("r" + i, "1"))
            .toArray(View.RowView[]::new);
    assertThat(Charts.of(report(many), reader)).isEmpty();
  }
}
