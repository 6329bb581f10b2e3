package org.hitc.workflow.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.workflow.extract.Cell;
import org.hitc.workflow.extract.ChoicesReader;
import org.hitc.workflow.extract.Table;
import org.hitc.workflow.extract.TableReader;
import org.hitc.workflow.model.Choices;
import org.hitc.workflow.model.Columns;
import org.hitc.workflow.model.ConfirmStep;
import org.hitc.workflow.model.DoneStep;
import org.hitc.workflow.model.Field;
import org.hitc.workflow.model.FieldType;
import org.hitc.workflow.model.FormStep;
import org.hitc.workflow.model.ReportStep;
import org.hitc.workflow.model.RunStep;
import org.hitc.workflow.model.Step;
import org.hitc.workflow.model.Template;
import org.hitc.workflow.model.Workflow;

/** Makes the page that a job leads to. */
final class Results {
  /** Rows of a report when its definition does not lower it. */
  static final int MAX_ROWS = 10_000;

  private final Workflow workflow;
  private final Route route;

  Results(Workflow workflow, Route route) {
    this.workflow = workflow;
    this.route = route;
  }

  Outcome show(Pending pending, List<ProgramResult> results, Context context) {
    for (int i = 0; i < pending.calls().size(); i++) {
      Pending.Call call = pending.calls().get(i);
      if (i >= results.size() || !results.get(i).program().equals(call.program())) {
        return stopped(pending, call, Refusal.JOB_START, Optional.empty(), "no result of " + call);
      }
      if (!isSuccess(call, results.get(i).ending())) {
        return failed(pending, call, results.get(i), context);
      }
    }
    Step step = workflow.step(pending.step()).orElseThrow();
    Scope scope = new Scope(pending.answers(), Map.of(), context);
    return switch (step) {
      case FormStep form -> form(pending, form, results, scope);
      case ReportStep report -> report(pending, report, results.getLast(), scope);
      case RunStep run -> text(pending, run, results.getLast(), scope);
      case DoneStep done -> page(pending, List.of(), Draw.done(done, scope));
      case ConfirmStep _ -> throw new IllegalStateException("a confirm is refused at load");
    };
  }

  private boolean isSuccess(Pending.Call call, Ending ending) {
    List<Integer> success =
        switch (workflow.step(call.step()).orElseThrow()) {
          case RunStep run -> run.successExit();
          case ReportStep report -> report.successExit();
          default -> List.of(0);
        };
    return ending instanceof Ending.Exited(int status) && success.contains(status);
  }

  private Outcome failed(
      Pending pending, Pending.Call call, ProgramResult result, Context context) {
    Optional<ProgramMessage> message = result.message();
    Refusal why =
        switch (result.ending()) {
          case Ending.Exited _ ->
              call.role() == Role.GUARD ? Refusal.JOB_REFUSED : Refusal.JOB_FAILED;
          case Ending.Signalled _ -> Refusal.JOB_SIGNAL;
          case Ending.Stopped(Refusal reason, _) -> reason;
        };
    return message
        .flatMap(m -> besideField(pending, why, m, context))
        .orElseGet(
            () -> stopped(pending, call, why, message, call.program() + ": " + result.ending()));
  }

  /** The submitted form with the program's message at the field that the definition names. */
  private Optional<Outcome> besideField(
      Pending pending, Refusal why, ProgramMessage message, Context context) {
    Optional<String> field =
        Optional.ofNullable(workflow.messages().get(message.ident()))
            .map(Workflow.MessagePlace::field);
    if (field.isEmpty()
        || pending.from().isEmpty()
        || !(workflow.step(pending.from().get().step()).orElseThrow() instanceof FormStep form)
        || form.field(field.get()).isEmpty()) {
      return Optional.empty();
    }
    Snapshot from = pending.from().get();
    Map<String, String> values = new HashMap<>();
    pending.answers().forEach((name, answer) -> values.put(name, answer.value()));
    View.Problem problem = new View.Problem(field.get(), why, Map.of(), Optional.of(message));
    View.Form view =
        Draw.form(
            form,
            from.offers(),
            handles(form, from.offers(), values),
            List.of(problem),
            new Scope(from.answers(), Map.of(), context));
    return Optional.of(
        new Outcome.Invalid(
            new Snapshot(from.hash(), from.step(), from.answers(), from.offers(), view)));
  }

  private Outcome stopped(
      Pending pending,
      Pending.Call call,
      Refusal why,
      Optional<ProgramMessage> message,
      String detail) {
    Optional<String> back = route.formAbove(pending.step()).map(FormStep::name);
    return page(pending, List.of(), new View.Stopped(why, call.program(), message, back, detail));
  }

  private Outcome form(Pending pending, FormStep form, List<ProgramResult> results, Scope scope) {
    List<Offer> offers = new ArrayList<>();
    for (Field field : form.fields()) {
      if (field.type() instanceof FieldType.Choice(Choices.Fixed(var choices))) {
        choices.forEach(c -> offers.add(offer(field, c.value(), c.label(), scope)));
      }
    }
    for (int i = 0; i < results.size(); i++) {
      Pending.Call call = pending.calls().get(i);
      Optional<Field> field = call.field().flatMap(form::field);
      if (field.isEmpty()) {
        continue;
      }
      switch (choices(results.get(i))) {
        case ChoicesReader.Read.Good(var choices) ->
            choices.forEach(c -> offers.add(offer(field.get(), c.value(), c.label(), scope)));
        case ChoicesReader.Read.Refused(Refusal why, int line, String reason) -> {
          return stopped(
              pending,
              call,
              why,
              Optional.empty(),
              call.program() + ": line " + line + ": " + reason);
        }
      }
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (Field field : form.fields()) {
      String initial = field.initial().map(t -> render(t, scope)).orElse("");
      String linked =
          pending.prefill().getOrDefault(field.name(), List.of()).stream()
              .findFirst()
              .orElse(initial);
      values.put(field.name(), linked);
    }
    return page(
        pending, offers, Draw.form(form, offers, handles(form, offers, values), List.of(), scope));
  }

  private static ChoicesReader.Read choices(ProgramResult result) {
    try {
      return ChoicesReader.read(result.stdout(), result.encoding());
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory are always read", e);
    }
  }

  private static String render(Template template, Scope scope) {
    return template.render(r -> scope.value(r).orElse(""));
  }

  private static Offer offer(Field field, String value, String label, Scope scope) {
    return new Offer(
        scope.context().handles().get(), Optional.of(field.name()), value, label, Map.of());
  }

  /** For choices, the handle of the offer with that value; for other fields the value itself. */
  private static Map<String, String> handles(
      FormStep form, List<Offer> offers, Map<String, String> values) {
    Map<String, String> shown = new HashMap<>();
    for (Field field : form.fields()) {
      String value = values.getOrDefault(field.name(), "");
      boolean choice = field.type() instanceof FieldType.Choice;
      shown.put(
          field.name(),
          choice
              ? offers.stream()
                  .filter(o -> o.field().equals(Optional.of(field.name())))
                  .filter(o -> o.value().equals(value))
                  .map(Offer::handle)
                  .findFirst()
                  .orElse("")
              : value);
    }
    return shown;
  }

  private Outcome text(Pending pending, RunStep run, ProgramResult result, Scope scope) {
    Template title = run.title().orElse(Template.literal(workflow.title()));
    return page(
        pending,
        List.of(),
        new View.Printout(
            Draw.words(run.name() + ".title", title, scope),
            result.program(),
            result.encoding().name(),
            Optional.empty(),
            Optional.empty()));
  }

  private Outcome report(Pending pending, ReportStep report, ProgramResult result, Scope scope) {
    Table table;
    try {
      table =
          TableReader.read(
              result.stdout(),
              result.encoding(),
              report.lines(),
              report.columns(),
              report.checkTotals(),
              Math.min(MAX_ROWS, report.limits().rows().orElse(MAX_ROWS)));
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory are always read", e);
    }
    Words title = Draw.words(report.name() + ".title", report.title(), scope);
    return switch (table) {
      case Table.Rows rows -> table(pending, report, result, rows, title, scope);
      case Table.Refused refused when refused.why() == Refusal.ROWS_SYNTAX ->
          page(
              pending,
              List.of(),
              new View.Printout(
                  title,
                  result.program(),
                  result.encoding().name(),
                  Optional.of(refused.why()),
                  Optional.of(result.program() + ": " + refused.detail())));
      case Table.Refused refused ->
          stopped(
              pending,
              pending.calls().getLast(),
              refused.why(),
              Optional.empty(),
              result.program() + ": " + refused.detail());
    };
  }

  private Outcome table(
      Pending pending,
      ReportStep report,
      ProgramResult result,
      Table.Rows table,
      Words title,
      Scope scope) {
    List<Columns.Heading> shown = report.columns().headings();
    List<Offer> offers = new ArrayList<>();
    List<View.RowView> rows = new ArrayList<>();
    for (List<Cell> cells : table.rows()) {
      Optional<String> follow = report.drillDown().map(_ -> scope.context().handles().get());
      follow.ifPresent(handle -> offers.add(rowOffer(handle, shown, cells)));
      rows.add(new View.RowView(cells, follow));
    }
    return page(
        pending,
        offers,
        new View.Report(
            title,
            result.program(),
            result.encoding().name(),
            shown.stream().map(c -> columnView(report, c)).toList(),
            rows,
            table.total(),
            report.checkTotals(),
            report.downloads().stream().map(Results::file).toList()));
  }

  private static Offer rowOffer(String handle, List<Columns.Heading> columns, List<Cell> cells) {
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      row.put(columns.get(i).name(), cells.get(i).asText());
    }
    String first = cells.getFirst().asText();
    return new Offer(handle, Optional.empty(), first, first, row);
  }

  private static View.ColumnView columnView(ReportStep report, Columns.Heading column) {
    return new View.ColumnView(
        column.name(),
        Draw.words(report.name() + "." + column.name() + ".label", column.label()),
        column.numeric());
  }

  private static View.File file(ReportStep.Download download) {
    return switch (download) {
      case CSV -> View.File.CSV;
      case ORIGINAL -> View.File.ORIGINAL;
      case XLSX -> throw new IllegalStateException("xlsx is refused at load");
    };
  }

  private Outcome page(Pending pending, List<Offer> offers, View view) {
    return new Outcome.Show(
        new Snapshot(workflow.hash(), pending.step(), pending.answers(), offers, view));
  }
}
