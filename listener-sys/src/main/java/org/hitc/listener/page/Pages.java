package org.hitc.listener.page;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.Arrangement;
import org.hitc.channel.Page;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Refusal;
import org.hitc.channel.Text;
import org.hitc.i18n.Formats;
import org.hitc.listener.visit.StoredPage;
import org.hitc.workflow.engine.Argument;
import org.hitc.workflow.engine.Changed;
import org.hitc.workflow.engine.ProgramMessage;
import org.hitc.workflow.engine.View;
import org.hitc.workflow.engine.Visible;
import org.hitc.workflow.engine.Words;
import org.hitc.workflow.extract.Cell;

/**
 * Makes the page of a view in the words of its reader.
 *
 * @param printouts asked only when the view shows what was printed
 * @param entries what stands in forms, in the reader's language
 */
public record Pages(Reader reader, Printouts printouts, Entries entries) {
  /**
   * Statuses from which on the fault is not the reader's, so that the reader asks what it has done.
   */
  private static final int FAULT = 500;

  /** What the program of a page printed, page by page. */
  public interface Printouts {
    /** The printed pages of this job, with control characters made visible. */
    Printed sheets(String reference, String encoding);
  }

  /**
   * What was printed.
   *
   * @param complete false when there is more than a page can show
   */
  public record Printed(List<Page.Sheet> sheets, boolean complete) {
    public Printed {
      sheets = List.copyOf(sheets);
    }
  }

  /** The page at an address, as it is to be shown. */
  public Page of(StoredPage stored, PageAddress address, Arrangement arrangement) {
    return switch (stored.snapshot().view()) {
      case View.Form form -> form(form, stored, address);
      case View.Confirm confirm -> confirm(confirm, stored, address);
      case View.Report report when arrangement.text() -> printout(report, stored, address);
      case View.Report report -> report(report, stored, address, arrangement);
      case View.Printout printout -> printout(printout, stored, address);
      case View.Stopped stopped -> stopped(stopped, stored, address);
      case View.Done done -> done(done, stored, address, arrangement);
    };
  }

  /** What is around every screen of this reader. */
  public static Page.Frame frame(Reader reader, Text title, Optional<String> reference) {
    return new Page.Frame(
        title,
        reader.words().language().tag(),
        reader.displayName(),
        reader.words().formats().time(reader.signedInUntil()),
        Math.toIntExact(reader.left().toSeconds()),
        reference);
  }

  private Page form(View.Form form, StoredPage stored, PageAddress address) {
    Map<String, Text> labels = new HashMap<>();
    form.fields().forEach(f -> labels.put(f.name(), reader.definition(f.label())));
    List<Page.Problem> problems =
        form.problems().stream()
            .map(p -> problem(p, labels.getOrDefault(p.field(), Text.of(p.field()))))
            .toList();
    List<Page.Field> fields =
        form.fields().stream().map(f -> field(form, f, labels, problems)).toList();
    return new Page.Form(
        frame(reader, reader.definition(form.title()), stored.reference()),
        address,
        ticket(stored),
        trail(stored, address),
        fields,
        problems,
        form.button()
            .map(reader::definition)
            .orElseGet(() -> reader.message("form.continue", Map.of())));
  }

  private Page.Field field(
      View.Form form, View.FieldView field, Map<String, Text> labels, List<Page.Problem> problems) {
    return new Page.Field(
        field.name(),
        labels.getOrDefault(field.name(), Text.of(field.name())),
        field.hint().map(reader::definition).or(() -> example(field.control())),
        field.required(),
        control(field.control(), reader),
        entries.of(form, field),
        problems.stream()
            .filter(p -> p.field().equals(Optional.of(field.name())))
            .map(Page.Problem::words)
            .findFirst());
  }

  /** How a day is typed, which each language does in another way. */
  private Optional<Text> example(View.Control control) {
    return control instanceof View.Control.Line(_, View.Keypad keypad) && keypad == View.Keypad.DATE
        ? Optional.of(
            reader.message("form.example", Map.of("example", entries.exampleDay(Map.of()))))
        : Optional.empty();
  }

  private String ticket(StoredPage stored) {
    return PageTicket.of(stored, entries.language().tag());
  }

  private static Page.Control control(View.Control control, Reader reader) {
    return switch (control) {
      case View.Control.Line line ->
          new Page.Control.Line(line.maxLength(), Page.Keypad.valueOf(line.keypad().name()));
      case View.Control.One one -> new Page.Control.One(Options.of(one.options(), reader));
      case View.Control.Many many -> new Page.Control.Many(Options.of(many.options(), reader));
      case View.Control.Lines lines -> new Page.Control.Lines(lines.maxLength(), lines.rows());
      case View.Control.Upload upload -> new Page.Control.Upload(upload.maxBytes(), upload.kinds());
      case View.Control.Checkbox _ -> new Page.Control.Checkbox();
      case View.Control.Secret secret -> new Page.Control.Secret(secret.maxLength());
    };
  }

  private Page confirm(View.Confirm confirm, StoredPage stored, PageAddress address) {
    return new Page.Confirm(
        frame(reader, reader.definition(confirm.title()), stored.reference()),
        address,
        ticket(stored),
        trail(stored, address),
        confirm.changes().stream().map(c -> change(c, stored, address)).toList(),
        confirm.changes().stream().anyMatch(c -> c.now().isPresent()),
        confirm
            .button()
            .map(reader::definition)
            .orElseGet(() -> reader.message("confirm.button", Map.of())));
  }

  private Page.Change change(View.Change change, StoredPage stored, PageAddress address) {
    Optional<Page.FieldLink> edit =
        stored.trail().reversed().stream()
            .filter(a -> a.step().equals(change.form()))
            .findFirst()
            .map(a ->
                new Page.FieldLink(
                    new PageAddress(address.workflow(), address.visit(), a.page()),
                    change.field()));
    return new Page.Change(
        reader.definition(change.label()),
        change.now().map(this::shown),
        shown(change.after()),
        !change.now().equals(Optional.of(change.after())),
        edit);
  }

  /** A value in the reader's language. */
  private Text shown(View.Shown shown) {
    Formats formats = reader.words().formats();
    return switch (shown) {
      case View.Shown.Plain(String text) -> Text.of(Visible.of(text.replace('\n', ' ')));
      case View.Shown.YesNo(boolean yes) ->
          reader.message(yes ? "value.yes" : "value.no", Map.of());
      case View.Shown.Decimal(BigDecimal value) -> Text.of(formats.decimal(value));
      case View.Shown.Day(String iso) -> Text.of(formats.date(LocalDate.parse(iso)));
      case View.Shown.Nothing _ -> reader.message("value.nothing", Map.of());
      case View.Shown.Hidden _ -> reader.message("value.hidden", Map.of());
      case View.Shown.Chosen(var labels) ->
          labels.size() == 1
              ? reader.definition(labels.getFirst())
              : labels.isEmpty()
                  ? reader.message("value.nothing", Map.of())
                  : Text.of(
                      formats.list(
                          labels.stream().map(l -> reader.definition(l).value()).toList()));
    };
  }

  private Page.Problem problem(View.Problem problem, Text label) {
    Text words =
        problem
            .message()
            .map(m -> reader.or(m.messageKey(), m.words()))
            .orElseGet(() -> reader.message(problem.why().messageKey(), arguments(problem, label)));
    return new Page.Problem(Optional.of(problem.field()), words, problem.why());
  }

  private Map<String, Object> arguments(View.Problem problem, Text label) {
    Map<String, Object> arguments = new HashMap<>();
    problem
        .arguments()
        .forEach((name, value) ->
            arguments.put(
                name,
                switch (value) {
                  case Argument.Word word -> word.value();
                  case Argument.Count count -> count.value();
                  case Argument.Decimal decimal -> decimal.value();
                  case Argument.Day(String iso) -> entries.day(LocalDate.parse(iso));
                }));
    arguments.put("field", label.value());
    arguments.put("bound", bound(problem.arguments()));
    arguments.put("example", example(problem));
    return arguments;
  }

  /** Something that would have been taken, where a word for the form is not enough. */
  private String example(View.Problem problem) {
    Map<String, Argument> mentioned = problem.arguments();
    return mentioned.get("decimals") instanceof Argument.Count(long decimals)
        ? entries.exampleNumber(Math.toIntExact(decimals), mentioned)
        : problem.why() == Refusal.ARG_DATE ? entries.exampleDay(mentioned) : "";
  }

  /** Which of the two bounds of a range there are, for words that choose by it. */
  private static String bound(Map<String, Argument> arguments) {
    return arguments.containsKey("min") && arguments.containsKey("max")
        ? "both"
        : arguments.containsKey("min") ? "min" : "max";
  }

  private Page report(
      View.Report report, StoredPage stored, PageAddress address, Arrangement wish) {
    Formats formats = reader.words().formats();
    ArrangedRows arranged = ArrangedRows.of(report, wish, formats.order());
    Text followWords = reader.message("report.follow", Map.of());
    List<Page.Row> rows =
        arranged.rows().stream()
            .map(r -> row(r.cells(), r.follow().map(h -> new Page.Option(h, followWords)), formats))
            .toList();
    String caption = report.totalsChecked().isEmpty() ? "report.caption" : "report.caption_totals";
    return new Page.Report(
        frame(reader, reader.definition(report.title()), stored.reference()),
        address,
        reader.message(caption, Map.of("rows", report.rows().size())),
        formats.time(stored.made()),
        trail(stored, address),
        arranged.arrangement(),
        arranged.parts(),
        note(report, arranged),
        report.columns().stream()
            .map(c -> new Page.Column(c.name(), reader.definition(c.label()), c.numeric()))
            .toList(),
        rows,
        report.total().map(cells -> row(named(cells, reader), Optional.empty(), formats)),
        Charts.of(report, reader),
        report.files().stream().map(f -> Page.Download.valueOf(f.name())).toList(),
        onward(report.onward(), stored));
  }

  /** Which rows are shown, when it is not all of them. */
  private Optional<Text> note(View.Report report, ArrangedRows arranged) {
    if (arranged.matching() == report.rows().size() && arranged.parts() == 1) {
      return Optional.empty();
    }
    return Optional.of(
        reader.message(
            "report.shown",
            Map.of(
                "first", arranged.first(),
                "last", arranged.last(),
                "matching", arranged.matching(),
                "all", report.rows().size())));
  }

  private Optional<Page.Onward> onward(boolean leads, StoredPage stored) {
    return leads
        ? Optional.of(new Page.Onward(ticket(stored), reader.message("form.continue", Map.of())))
        : Optional.empty();
  }

  /** The cells of a total line, which has no text of its own, beginning with a word for it. */
  static List<Cell> named(List<Cell> total, Reader reader) {
    if (!(total.getFirst() instanceof Cell.Empty)) {
      return total;
    }
    List<Cell> named = new ArrayList<>(total);
    named.set(0, new Cell.Text(reader.message("report.total", Map.of()).value()));
    return named;
  }

  private static Page.Row row(List<Cell> cells, Optional<Page.Option> follow, Formats formats) {
    return new Page.Row(cells.stream().map(c -> cell(c, formats)).toList(), follow);
  }

  private static Page.Cell cell(Cell cell, Formats formats) {
    return switch (cell) {
      case Cell.Text text -> new Page.Cell(text.value(), false);
      case Cell.Numeric number ->
          new Page.Cell(
              formats.decimal(number.value()), number.value().compareTo(BigDecimal.ZERO) < 0);
      case Cell.Empty _ -> new Page.Cell("", false);
    };
  }

  /** S17: a report as it was printed. */
  private Page printout(View.Report report, StoredPage stored, PageAddress address) {
    return printout(
        report.title(), report.encoding(), Optional.empty(), stored, address, true, true, false);
  }

  private Page printout(View.Printout printout, StoredPage stored, PageAddress address) {
    return printout(
        printout.title(),
        printout.encoding(),
        printout.why().map(why -> reader.message(why.messageKey(), Map.of())),
        stored,
        address,
        false,
        printout.again(),
        printout.onward());
  }

  private Page printout(
      Words title,
      String encoding,
      Optional<Text> note,
      StoredPage stored,
      PageAddress address,
      boolean table,
      boolean again,
      boolean onward) {
    Printed printed =
        stored
            .reference()
            .map(r -> printouts.sheets(r, encoding))
            .orElse(new Printed(List.of(), true));
    return new Page.Printout(
        frame(reader, reader.definition(title), stored.reference()),
        address,
        note(note, printed.complete()),
        reader.words().formats().time(stored.made()),
        trail(stored, address),
        printed.sheets(),
        List.of(Page.Download.ORIGINAL),
        table,
        again,
        onward(onward, stored));
  }

  /** Nothing is left out without a word. */
  private Optional<Text> note(Optional<Text> why, boolean complete) {
    if (complete) {
      return why;
    }
    Text cut = reader.message("printout.cut", Map.of());
    return Optional.of(
        why.map(w -> new Text(w.value() + ". " + cut.value(), w.language())).orElse(cut));
  }

  private Page stopped(View.Stopped stopped, StoredPage stored, PageAddress address) {
    Text title = reader.message(stopped.why().messageKey(), Map.of());
    Text words = stopped.message().map(m -> reader.or(m.messageKey(), m.words())).orElse(title);
    Optional<Text> original =
        stopped
            .message()
            .map(ProgramMessage::words)
            .filter(own -> !own.equals(words.value()))
            .map(own -> new Text(own, Optional.of(reader.source().tag())));
    Optional<Page.Crumb> back =
        stopped
            .back()
            .flatMap(step ->
                stored.trail().reversed().stream().filter(a -> a.step().equals(step)).findFirst())
            .map(a -> crumb(a, address));
    boolean again = stopped.changed() == Changed.NO && !stopped.writes();
    return new Page.Stopped(
        frame(reader, words, stored.reference()),
        stopped.why(),
        words,
        original,
        consequence(stopped.changed(), stopped.writes(), stopped.why(), reader),
        help(stopped.changed(), stopped.why(), reader),
        trail(stored, address),
        back,
        again ? Optional.of(address) : Optional.empty());
  }

  /** Whether anything was changed, where that is a question. */
  static Optional<Text> consequence(Changed changed, boolean writes, Refusal why, Reader reader) {
    return switch (changed) {
      case NO ->
          writes || why.status() >= FAULT
              ? Optional.of(reader.message("problem.nothing_changed", Map.of()))
              : Optional.empty();
      case MAYBE -> Optional.of(reader.message("problem.may_have_changed", Map.of()));
      case YES -> Optional.of(reader.message("problem.has_changed", Map.of()));
    };
  }

  /**
   * What to do about a refusal; those of typed values say it themselves. Where something may have
   * changed, that is said instead: nobody is told to try again.
   */
  static Optional<Text> help(Changed changed, Refusal why, Reader reader) {
    if (changed != Changed.NO) {
      return Optional.empty();
    }
    return Optional.of(reader.or(why.messageKey() + ".help", ""))
        .filter(text -> !text.value().isEmpty());
  }

  private Page done(
      View.Done done, StoredPage stored, PageAddress address, Arrangement arrangement) {
    String at = reader.words().formats().dateTime(stored.made());
    Optional<Text> said = done.message().map(m -> reader.or(m.messageKey(), m.words()));
    Text text = done.text().map(reader::definition).orElse(Text.of(""));
    return new Page.Done(
        frame(reader, reader.definition(done.title()), stored.reference()),
        text.value().isEmpty() ? said.orElse(text) : text,
        at,
        arrangement.done()
            ? Optional.of(reader.message("done.already", Map.of("at", at)))
            : Optional.empty(),
        done.answers().stream()
            .map(f -> new Page.Fact(reader.definition(f.label()), shown(f.value())))
            .toList(),
        address.workflow());
  }

  private List<Page.Crumb> trail(StoredPage stored, PageAddress address) {
    return stored.trail().stream().map(a -> crumb(a, address)).toList();
  }

  private Page.Crumb crumb(StoredPage.Ancestor ancestor, PageAddress address) {
    return new Page.Crumb(
        reader.definition(ancestor.title()),
        new PageAddress(address.workflow(), address.visit(), ancestor.page()),
        ancestor.arrangement());
  }
}
