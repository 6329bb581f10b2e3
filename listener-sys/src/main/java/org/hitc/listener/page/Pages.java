package org.hitc.listener.page;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.Page;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Text;
import org.hitc.i18n.Formats;
import org.hitc.listener.visit.StoredPage;
import org.hitc.workflow.engine.Argument;
import org.hitc.workflow.engine.ProgramMessage;
import org.hitc.workflow.engine.View;
import org.hitc.workflow.engine.Words;
import org.hitc.workflow.extract.Cell;

/** Makes the page of a view in the words of its reader. */
public final class Pages {
  private Pages() {}

  /** What the program of a page printed, page by page. */
  public interface Printouts {
    /** The printed pages of this job, with control characters made visible. */
    List<Page.Sheet> sheets(String reference, String encoding);
  }

  /**
   * The page at an address.
   *
   * @param printouts asked only when the view shows what was printed
   */
  public static Page of(
      StoredPage stored, PageAddress address, Reader reader, Printouts printouts) {
    return switch (stored.snapshot().view()) {
      case View.Form form -> form(form, stored, address, reader);
      case View.Report report -> report(report, stored, address, reader);
      case View.Printout printout -> printout(printout, stored, address, reader, printouts);
      case View.Stopped stopped -> stopped(stopped, stored, address, reader);
      case View.Done done ->
          new Page.Done(
              frame(reader, reader.definition(done.title()), stored.reference()),
              done.text().map(reader::definition).orElse(Text.of("")),
              reader.words().formats().dateTime(stored.made()));
    };
  }

  /** What is around every screen of this reader. */
  public static Page.Frame frame(Reader reader, Text title, Optional<String> reference) {
    return new Page.Frame(
        title,
        reader.words().language().tag(),
        reader.displayName(),
        reader.words().formats().time(reader.signedInUntil()),
        reference);
  }

  private static Page form(View.Form form, StoredPage stored, PageAddress address, Reader reader) {
    Map<String, Text> labels = new HashMap<>();
    form.fields().forEach(f -> labels.put(f.name(), reader.definition(f.label())));
    List<Page.Problem> problems =
        form.problems().stream()
            .map(p -> problem(p, labels.getOrDefault(p.field(), Text.of(p.field())), reader))
            .toList();
    List<Page.Field> fields =
        form.fields().stream().map(f -> field(f, labels, problems, reader)).toList();
    return new Page.Form(
        frame(reader, reader.definition(form.title()), stored.reference()),
        address,
        stored.ticket(),
        fields,
        problems,
        form.button()
            .map(reader::definition)
            .orElseGet(() -> reader.message("form.continue", Map.of())));
  }

  private static Page.Field field(
      View.FieldView field, Map<String, Text> labels, List<Page.Problem> problems, Reader reader) {
    return new Page.Field(
        field.name(),
        labels.getOrDefault(field.name(), Text.of(field.name())),
        field.hint().map(reader::definition),
        field.required(),
        control(field.control(), reader),
        field.values(),
        problems.stream()
            .filter(p -> p.field().equals(Optional.of(field.name())))
            .map(Page.Problem::words)
            .findFirst());
  }

  private static Page.Control control(View.Control control, Reader reader) {
    return switch (control) {
      case View.Control.Line line ->
          new Page.Control.Line(line.maxLength(), Page.Keypad.valueOf(line.keypad().name()));
      case View.Control.One one ->
          new Page.Control.One(
              one.options().stream()
                  .map(o -> new Page.Option(o.handle(), reader.definition(o.label())))
                  .toList());
      case View.Control.Checkbox _ -> new Page.Control.Checkbox();
      case View.Control.Secret secret -> new Page.Control.Secret(secret.maxLength());
    };
  }

  private static Page.Problem problem(View.Problem problem, Text label, Reader reader) {
    Text words =
        problem
            .message()
            .map(m -> reader.or(m.messageKey(), m.words()))
            .orElseGet(() -> reader.message(problem.why().messageKey(), arguments(problem, label)));
    return new Page.Problem(Optional.of(problem.field()), words, problem.why());
  }

  private static Map<String, Object> arguments(View.Problem problem, Text label) {
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
                }));
    arguments.put("field", label.value());
    arguments.put("bound", bound(problem.arguments()));
    return arguments;
  }

  /** Which of the two bounds of a range there are, for words that choose by it. */
  private static String bound(Map<String, Argument> arguments) {
    return arguments.containsKey("min") && arguments.containsKey("max")
        ? "both"
        : arguments.containsKey("min") ? "min" : "max";
  }

  private static Page report(
      View.Report report, StoredPage stored, PageAddress address, Reader reader) {
    Formats formats = reader.words().formats();
    Text followWords = reader.message("report.follow", Map.of());
    List<Page.Row> rows =
        report.rows().stream()
            .map(r -> row(r.cells(), r.follow().map(h -> new Page.Option(h, followWords)), formats))
            .toList();
    String caption = report.totalsChecked().isEmpty() ? "report.caption" : "report.caption_totals";
    return new Page.Report(
        frame(reader, reader.definition(report.title()), stored.reference()),
        address,
        reader.message(caption, Map.of("rows", report.rows().size())),
        formats.time(stored.made()),
        trail(stored, address, reader),
        report.columns().stream()
            .map(c -> new Page.Column(c.name(), reader.definition(c.label()), c.numeric()))
            .toList(),
        rows,
        report.total().map(cells -> row(named(cells, reader), Optional.empty(), formats)),
        report.files().stream().map(f -> Page.Download.valueOf(f.name())).toList());
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

  private static Page printout(
      View.Printout printout,
      StoredPage stored,
      PageAddress address,
      Reader reader,
      Printouts printouts) {
    return new Page.Printout(
        frame(reader, reader.definition(printout.title()), stored.reference()),
        address,
        printout.why().map(why -> reader.message(why.messageKey(), Map.of())),
        reader.words().formats().time(stored.made()),
        trail(stored, address, reader),
        stored.reference().map(r -> printouts.sheets(r, printout.encoding())).orElse(List.of()),
        List.of(Page.Download.ORIGINAL));
  }

  private static Page stopped(
      View.Stopped stopped, StoredPage stored, PageAddress address, Reader reader) {
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
            .map(a -> crumb(a, address, reader));
    return new Page.Stopped(
        frame(reader, words, stored.reference()), stopped.why(), words, original, back);
  }

  private static List<Page.Crumb> trail(StoredPage stored, PageAddress address, Reader reader) {
    return stored.trail().stream().map(a -> crumb(a, address, reader)).toList();
  }

  private static Page.Crumb crumb(
      StoredPage.Ancestor ancestor, PageAddress address, Reader reader) {
    Words title = ancestor.title();
    return new Page.Crumb(
        reader.definition(title),
        new PageAddress(address.workflow(), address.visit(), ancestor.page()));
  }
}
