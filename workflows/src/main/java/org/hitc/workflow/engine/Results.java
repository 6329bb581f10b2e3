package org.hitc.workflow.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.hitc.channel.Refusal;
import org.hitc.workflow.extract.Cell;
import org.hitc.workflow.extract.ChoicesReader;
import org.hitc.workflow.extract.Table;
import org.hitc.workflow.extract.TableReader;
import org.hitc.workflow.extract.ValuesReader;
import org.hitc.workflow.model.Choices;
import org.hitc.workflow.model.Columns;
import org.hitc.workflow.model.ConfirmStep;
import org.hitc.workflow.model.DoneStep;
import org.hitc.workflow.model.Field;
import org.hitc.workflow.model.FieldType;
import org.hitc.workflow.model.FormStep;
import org.hitc.workflow.model.Limits;
import org.hitc.workflow.model.Output;
import org.hitc.workflow.model.ReportStep;
import org.hitc.workflow.model.RunStep;
import org.hitc.workflow.model.Template;
import org.hitc.workflow.model.TextKeys;
import org.hitc.workflow.model.Workflow;

/** Makes of the end of a chain the page it leads to, or what the next part of the way needs. */
final class Results {
  /** Rows of a report when its definition does not lower it. */
  static final int MAX_ROWS = 10_000;

  /** Longest value that a program printed and a choice or an argument is made of, in characters. */
  private static final int MAX_VALUE = 256;

  private final Workflow workflow;
  private final Route route;

  Results(Workflow workflow, Route route) {
    this.workflow = workflow;
    this.route = route;
  }

  /** What a chain has led to. */
  sealed interface Read {
    /** A page. */
    record Page(Outcome outcome) implements Read {}

    /** A run that decides what comes next, and what is known behind it. */
    record Turn(RunStep run, Known known, int exit, Changed changed) implements Read {}
  }

  /** One chain that has ended, with all that is needed to speak about it. */
  private record Ended(Pending pending, List<ProgramResult> results, Changed changed, Scope scope) {
    Known known() {
      return pending.known();
    }

    ProgramResult last() {
      return results.getLast();
    }
  }

  Read read(Pending pending, List<ProgramResult> results, Context context) {
    Ended ended =
        new Ended(
            pending,
            results,
            changed(pending, results),
            new Scope(pending.known(), Secrets.NONE, context));
    for (int i = 0; i < pending.calls().size(); i++) {
      Pending.Call call = pending.calls().get(i);
      if (i >= results.size() || !results.get(i).program().equals(call.program())) {
        return stopped(ended, call, Refusal.JOB_START, Optional.empty(), "no result of " + call);
      }
      if (!isSuccess(call, results.get(i).ending())) {
        return failed(ended, call, results.get(i));
      }
    }
    return switch (workflow.step(pending.step()).orElseThrow()) {
      case FormStep form -> form(ended, form);
      case ConfirmStep confirm -> page(ended, List.of(), confirm(ended, confirm));
      case ReportStep report -> report(ended, report);
      case DoneStep done -> page(ended, List.of(), done(ended, done));
      case RunStep run when run.output().isEmpty() -> turn(ended, run, pending.known());
      case RunStep run -> output(ended, run, run.output().get());
    };
  }

  private static Changed changed(Pending pending, List<ProgramResult> results) {
    Changed changed = pending.changed();
    for (int i = 0; i < Math.min(results.size(), pending.calls().size()); i++) {
      Pending.Call call = pending.calls().get(i);
      changed =
          changed.and(
              Changed.by(call.writes(), call.success(), call.unchanged(), results.get(i).ending()));
    }
    return changed;
  }

  private static boolean isSuccess(Pending.Call call, Ending ending) {
    return ending instanceof Ending.Exited(int status) && call.success().contains(status);
  }

  private Read failed(Ended ended, Pending.Call call, ProgramResult result) {
    Optional<ProgramMessage> message = result.message();
    boolean business =
        call.role() == Role.GUARD
            || message.filter(m -> m.severity() != ProgramMessage.Severity.FATAL).isPresent();
    Refusal why =
        switch (result.ending()) {
          case Ending.Exited _ -> business ? Refusal.JOB_REFUSED : Refusal.JOB_FAILED;
          case Ending.Signalled _ -> Refusal.JOB_SIGNAL;
          case Ending.Stopped(Refusal reason, _) -> reason;
        };
    return message
        .flatMap(m -> besideField(ended, why, m))
        .orElseGet(() ->
            stopped(
                ended,
                call,
                why,
                message,
                call.program() + ": " + result.ending() + vmsHint(result, message)));
  }

  /** Programs that came from VMS end with an odd status when all is well. */
  private static String vmsHint(ProgramResult result, Optional<ProgramMessage> message) {
    return result.ending().equals(new Ending.Exited(1)) && message.isEmpty()
        ? " (when the program says success the VMS way, with an odd number: success_exit: [1])"
        : "";
  }

  /** The submitted form with the program's message at the field that the definition names. */
  private Optional<Read> besideField(Ended ended, Refusal why, ProgramMessage message) {
    Optional<String> field =
        Optional.ofNullable(workflow.messages().get(message.ident()))
            .map(Workflow.MessagePlace::field);
    Optional<Snapshot> from = ended.pending().from();
    if (ended.changed() != Changed.NO
        || field.isEmpty()
        || from.isEmpty()
        || !(workflow.step(from.get().step()).orElseThrow() instanceof FormStep form)
        || form.field(field.get()).isEmpty()) {
      return Optional.empty();
    }
    Map<String, List<String>> values = new HashMap<>();
    ended.known().answers().forEach((name, answer) -> values.put(name, answer.values()));
    List<Offer> offers = from.get().offers();
    View.Form view =
        Draw.form(
            form,
            offers,
            handles(form, offers, values),
            Optional.empty(),
            List.of(new View.Problem(field.get(), why, Map.of(), Optional.of(message))),
            new Scope(from.get().known(), Secrets.NONE, ended.scope().context()));
    return Optional.of(new Read.Page(new Outcome.Show(from.get().showing(view), Changed.NO)));
  }

  private Read stopped(
      Ended ended,
      Pending.Call call,
      Refusal why,
      Optional<ProgramMessage> message,
      String detail) {
    Pending pending = ended.pending();
    boolean writes = route.mayWrite(workflow.indexOf(pending.begin().step()));
    return new Read.Page(
        new Outcome.Show(
            pending.stopped(
                new View.Stopped(
                    why,
                    call.program(),
                    message,
                    ended.changed(),
                    writes || ended.changed() != Changed.NO,
                    route.lastForm(ended.known()).map(FormStep::name),
                    detail)),
            ended.changed()));
  }

  /** The last program has run as it should; what it printed is not what was agreed. */
  private Read unreadable(Ended ended, Refusal why, String detail) {
    return stopped(
        ended,
        ended.pending().calls().getLast(),
        why,
        Optional.empty(),
        ended.last().program() + ": " + detail);
  }

  private View confirm(Ended ended, ConfirmStep confirm) {
    return Draw.confirm(confirm, route.forms(), ended.scope());
  }

  private View done(Ended ended, DoneStep done) {
    Optional<ProgramMessage> message = Optional.empty();
    for (int i = 0; i < ended.results().size(); i++) {
      if (ended.pending().calls().get(i).writes()) {
        message = ended.results().get(i).message();
      }
    }
    return Draw.done(done, route.forms(), message, ended.scope());
  }

  private Read output(Ended ended, RunStep run, Output output) {
    return switch (output) {
      case Output.Text _ -> text(ended, run);
      case Output.Values(var names) -> values(ended, run, names);
      case Output.Rows rows -> rows(ended, run, rows);
    };
  }

  private static Read turn(Ended ended, RunStep run, Known known) {
    if (!(ended.last().ending() instanceof Ending.Exited(int exit))) {
      throw new IllegalStateException("success is an exit status");
    }
    Known behind = run.next().isPresent() ? known.withTaken(run.name(), exit) : known;
    return new Read.Turn(run, behind, exit, ended.changed());
  }

  private Read values(Ended ended, RunStep run, List<String> names) {
    return switch (readAll(ended.last(), in -> ValuesReader.read(in, ended.last().encoding()))) {
      case ValuesReader.Read.Refused(Refusal why, int line, String reason) ->
          unreadable(ended, why, "line " + line + ": " + reason);
      case ValuesReader.Read.Good(Map<String, String> values) -> {
        List<String> missing = names.stream().filter(n -> !values.containsKey(n)).toList();
        yield missing.isEmpty()
            ? turn(ended, run, ended.known().withValues(run.name(), values))
            : unreadable(
                ended, Refusal.VALUES_SYNTAX, "it printed no " + String.join(", ", missing));
      }
    };
  }

  private Read rows(Ended ended, RunStep run, Output.Rows rows) {
    return switch (table(
        ended.last(), rows.lines(), rows.columns(), rows.checkTotals(), run.limits())) {
      case Table.Refused refused -> unreadable(ended, refused.why(), refused.detail());
      case Table.Rows table ->
          turn(ended, run, kept(ended.known(), run.name(), rows.columns(), table));
    };
  }

  /** Of the rows only what later forms offer. */
  private Known kept(Known known, String step, Columns columns, Table.Rows table) {
    List<String> names = columns.headings().stream().map(Columns.Heading::name).toList();
    Map<String, Known.Kept> kept = new HashMap<>();
    for (FormStep form : route.forms()) {
      for (Field field : form.fields()) {
        fromRows(field.type())
            .filter(rows -> rows.report().equals(step))
            .ifPresent(rows ->
                kept.put(
                    field.name(),
                    kept(table, names.indexOf(rows.value()), names.indexOf(rows.label()))));
      }
    }
    return kept.isEmpty() ? known : known.withRows(step, kept);
  }

  /** One choice more than a form takes is enough to refuse them all there. */
  private static Known.Kept kept(Table.Rows table, int value, int label) {
    return new Known.Kept(
        table.rows().stream()
            .map(row ->
                new Known.Choice(row.get(value).asText().strip(), row.get(label).asText().strip()))
            .distinct()
            .limit(ChoicesReader.MAX_CHOICES + 1L)
            .toList());
  }

  private static Optional<Choices.FromRows> fromRows(FieldType type) {
    return choices(type)
        .filter(Choices.FromRows.class::isInstance)
        .map(Choices.FromRows.class::cast);
  }

  private static Optional<Choices> choices(FieldType type) {
    return switch (type) {
      case FieldType.Choice(Choices choices) -> Optional.of(choices);
      case FieldType.Many(Choices choices, _, _) -> Optional.of(choices);
      default -> Optional.empty();
    };
  }

  private Read form(Ended ended, FormStep form) {
    List<Offer> offers = new ArrayList<>();
    for (Field field : form.fields()) {
      switch (offered(ended, field)) {
        case Offered.Choices(var choices) ->
            choices.forEach(c -> offers.add(offer(field, c, ended.scope())));
        case Offered.Refused(Refusal why, int call, String detail) -> {
          return stopped(ended, callOf(ended, call), why, Optional.empty(), detail);
        }
      }
    }
    Map<String, List<String>> values = new HashMap<>();
    for (Field field : form.fields()) {
      List<String> initial =
          field
              .initial()
              .map(t -> List.of(t.render(r -> ended.scope().value(r).orElse(""))))
              .orElse(List.of());
      values.put(field.name(), ended.pending().prefill().getOrDefault(field.name(), initial));
    }
    return page(
        ended,
        offers,
        Draw.form(
            form,
            offers,
            handles(form, offers, values),
            Optional.empty(),
            List.of(),
            ended.scope()));
  }

  /** The choices of a field. */
  private sealed interface Offered {
    record Choices(List<ChoicesReader.Printed> choices) implements Offered {}

    /** None of them; {@code call} is the place of the program in the chain, or -1. */
    record Refused(Refusal why, int call, String detail) implements Offered {}
  }

  private static Pending.Call callOf(Ended ended, int call) {
    return call >= 0
        ? ended.pending().calls().get(call)
        : new Pending.Call(
            ended.pending().step(),
            "",
            Role.CHOICES,
            Optional.empty(),
            List.of(0),
            false,
            List.of());
  }

  private Offered offered(Ended ended, Field field) {
    return switch (choices(field.type()).orElse(null)) {
      case null -> new Offered.Choices(List.of());
      case Choices.Fixed(var fixed) ->
          new Offered.Choices(
              fixed.stream().map(c -> new ChoicesReader.Printed(c.value(), c.label())).toList());
      case Choices.FromProgram _ -> printed(ended, field);
      case Choices.FromRows(String report, String value, _) ->
          ofRows(ended.known().rows(field.name()), report, value);
    };
  }

  private static Offered printed(Ended ended, Field field) {
    List<Pending.Call> calls = ended.pending().calls();
    for (int i = 0; i < calls.size(); i++) {
      if (calls.get(i).field().equals(Optional.of(field.name()))) {
        ProgramResult result = ended.results().get(i);
        int call = i;
        return switch (readAll(result, in -> ChoicesReader.read(in, result.encoding()))) {
          case ChoicesReader.Read.Good(var choices) -> new Offered.Choices(choices);
          case ChoicesReader.Read.Refused(Refusal why, int line, String reason) ->
              new Offered.Refused(why, call, result.program() + ": line " + line + ": " + reason);
        };
      }
    }
    throw new IllegalStateException("no program printed the choices of " + field.name());
  }

  private static Offered ofRows(Optional<Known.Kept> kept, String report, String value) {
    if (kept.isEmpty()) {
      return new Offered.Refused(Refusal.WF_STEP, -1, "no rows of " + report + " are known here");
    }
    List<Known.Choice> rows = kept.get().choices();
    Predicate<String> bad = text -> text.length() > MAX_VALUE || Rules.characters(text).isPresent();
    if (rows.stream()
        .anyMatch(c -> c.value().isEmpty() || bad.test(c.value()) || bad.test(c.label()))) {
      return new Offered.Refused(
          Refusal.ROWS_SYNTAX, -1, "a row of " + report + " has no usable " + value);
    }
    return rows.size() > ChoicesReader.MAX_CHOICES
        ? new Offered.Refused(
            Refusal.ROWS_LIMIT,
            -1,
            report + " has more than " + ChoicesReader.MAX_CHOICES + " rows to choose from")
        : new Offered.Choices(
            rows.stream().map(c -> new ChoicesReader.Printed(c.value(), c.label())).toList());
  }

  private static Offer offer(Field field, ChoicesReader.Printed choice, Scope scope) {
    String label = choice.label().isEmpty() ? choice.value() : choice.label();
    return new Offer(
        scope.context().handles().get(),
        Optional.of(field.name()),
        choice.value(),
        label,
        Map.of());
  }

  /** For choices, the handles of the offers with these values; for others the values themselves. */
  private static Map<String, List<String>> handles(
      FormStep form, List<Offer> offers, Map<String, List<String>> values) {
    Map<String, List<String>> shown = new HashMap<>();
    for (Field field : form.fields()) {
      List<String> own = values.getOrDefault(field.name(), List.of());
      shown.put(
          field.name(),
          choices(field.type()).isPresent()
              ? offers.stream()
                  .filter(o -> o.field().equals(Optional.of(field.name())))
                  .filter(o -> own.contains(o.value()))
                  .map(Offer::handle)
                  .toList()
              : own);
    }
    return shown;
  }

  private Read text(Ended ended, RunStep run) {
    Template title = run.title().orElse(Template.literal(workflow.title()));
    return page(
        ended,
        List.of(),
        new View.Printout(
            Draw.words(TextKeys.title(run.name()), title, ended.scope()),
            ended.last().program(),
            ended.last().encoding().name(),
            Optional.empty(),
            Optional.empty(),
            !run.writes(),
            isOnward(run.name())));
  }

  private boolean isOnward(String step) {
    return route.flow().following(workflow.indexOf(step)).isPresent();
  }

  private Read report(Ended ended, ReportStep report) {
    Words title = Draw.words(TextKeys.title(report.name()), report.title(), ended.scope());
    return switch (table(
        ended.last(), report.lines(), report.columns(), report.checkTotals(), report.limits())) {
      case Table.Rows rows -> table(ended, report, rows, title);
      case Table.Refused refused when refused.why() == Refusal.ROWS_TOTAL ->
          unreadable(ended, refused.why(), refused.detail());
      case Table.Refused refused ->
          page(
              ended,
              List.of(),
              new View.Printout(
                  title,
                  ended.last().program(),
                  ended.last().encoding().name(),
                  Optional.of(refused.why()),
                  Optional.of(ended.last().program() + ": " + refused.detail()),
                  true,
                  false));
    };
  }

  private static Table table(
      ProgramResult result,
      ReportStep.Lines lines,
      Columns columns,
      List<String> checkTotals,
      Limits limits) {
    return readAll(
        result,
        in ->
            TableReader.read(
                in,
                result.encoding(),
                lines,
                columns,
                checkTotals,
                Math.min(MAX_ROWS, limits.rows().orElse(MAX_ROWS))));
  }

  /** A reader of what a program printed. */
  private interface Reader<T> {
    T read(InputStream in) throws IOException;
  }

  private static <T> T readAll(ProgramResult result, Reader<T> reader) {
    try (InputStream in = result.stdout()) {
      return reader.read(in);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("what " + result.program() + " printed", e);
    }
  }

  private Read table(Ended ended, ReportStep report, Table.Rows table, Words title) {
    List<Columns.Heading> headings = report.columns().headings();
    List<Offer> offers = new ArrayList<>();
    List<View.RowView> rows = new ArrayList<>();
    for (List<Cell> cells : table.rows()) {
      Optional<String> follow =
          report.drillDown().map(_ -> ended.scope().context().handles().get());
      follow.ifPresent(handle -> offers.add(rowOffer(handle, headings, cells)));
      rows.add(new View.RowView(cells, follow));
    }
    View.Report view =
        new View.Report(
            title,
            ended.last().program(),
            ended.last().encoding().name(),
            headings.stream().map(h -> columnView(report, h)).toList(),
            rows,
            table.total(),
            report.checkTotals(),
            report.chart(),
            report.downloads().stream().map(d -> View.File.valueOf(d.name())).toList(),
            isOnward(report.name()));
    Known known = kept(ended.known(), report.name(), report.columns(), table);
    return new Read.Page(
        new Outcome.Show(
            new Snapshot(workflow.hash(), report.name(), known, offers, view), ended.changed()));
  }

  private static Offer rowOffer(String handle, List<Columns.Heading> headings, List<Cell> cells) {
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < headings.size(); i++) {
      row.put(headings.get(i).name(), cells.get(i).asText());
    }
    String first = cells.getFirst().asText();
    return new Offer(handle, Optional.empty(), first, first, row);
  }

  private static View.ColumnView columnView(ReportStep report, Columns.Heading heading) {
    return new View.ColumnView(
        heading.name(),
        Draw.words(TextKeys.label(report.name(), heading.name()), heading.label()),
        heading.numeric());
  }

  private Read page(Ended ended, List<Offer> offers, View view) {
    return new Read.Page(
        new Outcome.Show(
            new Snapshot(workflow.hash(), ended.pending().step(), ended.known(), offers, view),
            ended.changed()));
  }
}
