package org.hitc.workflow.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hitc.channel.Refusal;
import org.hitc.workflow.model.ConfirmStep;
import org.hitc.workflow.model.Field;
import org.hitc.workflow.model.FieldType;
import org.hitc.workflow.model.Flow;
import org.hitc.workflow.model.FormStep;
import org.hitc.workflow.model.Next;
import org.hitc.workflow.model.Reference;
import org.hitc.workflow.model.ReportStep;
import org.hitc.workflow.model.RunStep;
import org.hitc.workflow.model.Step;
import org.hitc.workflow.model.Template;
import org.hitc.workflow.model.Template.Part;
import org.hitc.workflow.model.Workflow;

/** Moves visits of one workflow on. Holds nothing but the definition; may be shared by threads. */
public final class Engine {
  private final Workflow workflow;
  private final Route route;
  private final Assembler assembler;
  private final Results results;
  private final Set<String> argumentFields;

  public Engine(Workflow workflow) {
    this.workflow = workflow;
    this.route = new Route(workflow);
    this.assembler = new Assembler(workflow);
    this.results = new Results(workflow, route);
    this.argumentFields = argumentFields(route);
  }

  /**
   * What happens next. An event that cannot come at this position is refused ({@code WF_STEP}), and
   * so is a position of another definition ({@code WF_CONFIG}).
   */
  public Outcome advance(Position position, Event event, Context context) {
    return switch (position) {
      case Position.Beginning _ when event instanceof Event.Start start -> start(start, context);
      case Snapshot page when !page.hash().equals(workflow.hash()) -> otherDefinition();
      case Pending pending when !pending.hash().equals(workflow.hash()) -> otherDefinition();
      case Snapshot page when event instanceof Event.Submit submit -> submit(page, submit, context);
      case Snapshot page when event instanceof Event.Follow follow -> follow(page, follow, context);
      case Snapshot page when event instanceof Event.Again -> again(page, context);
      case Pending pending when event instanceof Event.JobEnded ended ->
          ended(pending, ended.results(), context);
      default ->
          refuse(
              Refusal.WF_STEP,
              event.getClass().getSimpleName() + " at " + position.getClass().getSimpleName());
    };
  }

  private Outcome start(Event.Start start, Context context) {
    return prefillRefused(start.values())
        .orElseGet(() ->
            begin(
                route.flow().first().orElseThrow(),
                Known.NOTHING,
                Secrets.NONE,
                start.values(),
                Optional.empty(),
                context));
  }

  private Optional<Outcome> prefillRefused(Map<String, List<String>> values) {
    Optional<FormStep> form =
        workflow.steps().stream()
            .filter(Flow::isPage)
            .findFirst()
            .filter(FormStep.class::isInstance)
            .map(FormStep.class::cast);
    for (Map.Entry<String, List<String>> entry : values.entrySet()) {
      Optional<Field> field = form.flatMap(f -> f.field(entry.getKey()));
      if (field.isEmpty() || isUnlinkable(field.get().type())) {
        return Optional.of(
            refuse(Refusal.WF_FIELD, "a link with a field that cannot be filled in"));
      }
      boolean many = field.get().type() instanceof FieldType.Many;
      if (entry.getValue().size() > 1 && !many) {
        return Optional.of(refuse(Refusal.WF_COUNT, "a link fills " + entry.getKey() + " twice"));
      }
      for (String value : entry.getValue()) {
        Optional<Fault> fault = Rules.inputLine(value);
        if (fault.isPresent()) {
          return Optional.of(refuse(fault.get().why(), "a link fills " + entry.getKey()));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isUnlinkable(FieldType type) {
    return type instanceof FieldType.Password || type instanceof FieldType.File;
  }

  private Outcome submit(Snapshot page, Event.Submit submit, Context context) {
    return switch (page.view()) {
      case View.Form _ when step(page) instanceof FormStep form ->
          submit(page, form, submit, context);
      case View.Confirm _ when step(page) instanceof ConfirmStep && isEmpty(submit) ->
          onward(page, context);
      case View.Report report when report.onward() && isEmpty(submit) -> onward(page, context);
      case View.Printout printout when printout.onward() && isEmpty(submit) ->
          onward(page, context);
      default -> refuse(Refusal.WF_STEP, page.step() + " takes no such answer");
    };
  }

  private static boolean isEmpty(Event.Submit submit) {
    return submit.values().isEmpty() && submit.files().isEmpty();
  }

  private Step step(Snapshot page) {
    return workflow.step(page.step()).orElseThrow();
  }

  private Outcome submit(Snapshot page, FormStep form, Event.Submit submit, Context context) {
    return switch (FormReader.read(form, page.offers(), argumentFields, submit, context.input())) {
      case FormReader.Read.Tampered(Refusal why, String detail) -> refuse(why, detail);
      case FormReader.Read.Bad(List<View.Problem> problems) ->
          new Outcome.Invalid(
              page.showing(
                  Draw.form(
                      form,
                      page.offers(),
                      submit.values(),
                      context.input().language(),
                      problems,
                      new Scope(page.known(), Secrets.NONE, context))));
      case FormReader.Read.Good(var answers, Secrets secrets) -> {
        Known known = page.known().withAnswers(form.name(), answers);
        int from = workflow.indexOf(form.name());
        int to = afterAnswer(form, from, answers);
        yield begin(to, route.jump(known, from, to), secrets, Map.of(), Optional.of(page), context);
      }
    };
  }

  /** The step that follows a form with these answers. */
  private int afterAnswer(FormStep form, int from, Map<String, Answer> answers) {
    if (form.next().orElse(null) instanceof Next.ByAnswer(String field, var targets)) {
      Optional<String> target =
          Optional.ofNullable(answers.get(field)).map(a -> targets.get(a.value()));
      if (target.isPresent()) {
        return workflow.indexOf(target.get());
      }
    }
    return route.flow().following(from).orElseThrow();
  }

  private Outcome onward(Snapshot page, Context context) {
    int from = workflow.indexOf(page.step());
    int to = route.flow().following(from).orElseThrow();
    Known known = route.jump(page.known().passing(page.step()), from, to);
    return begin(to, known, Secrets.NONE, Map.of(), Optional.of(page), context);
  }

  private Outcome follow(Snapshot page, Event.Follow follow, Context context) {
    if (!(page.view() instanceof View.Report)
        || !(step(page) instanceof ReportStep report)
        || report.drillDown().isEmpty()) {
      return refuse(Refusal.WF_STEP, page.step() + " has no rows to follow");
    }
    Optional<Offer> row =
        page.offers().stream()
            .filter(o -> o.field().isEmpty() && o.handle().equals(follow.handle()))
            .findFirst();
    if (row.isEmpty()) {
      return refuse(Refusal.WF_CHOICE, "row of " + page.step());
    }
    Map<String, Answer> columns = new HashMap<>();
    row.get()
        .row()
        .forEach((column, value) -> columns.put(Reference.ROW + column, Answer.of(value)));
    return begin(
        workflow.indexOf(report.drillDown().get()),
        page.known().withAnswers(page.step(), columns),
        Secrets.NONE,
        Map.of(),
        Optional.of(page),
        context);
  }

  private Outcome again(Snapshot page, Context context) {
    boolean repeatable =
        switch (page.view()) {
          case View.Report _ -> true;
          case View.Printout printout -> printout.again();
          case View.Stopped stopped -> stopped.changed() == Changed.NO;
          case View.Form _, View.Confirm _, View.Done _ -> false;
        };
    int from = workflow.indexOf(page.step());
    return repeatable && !route.mayWrite(from)
        ? begin(from, page.known(), Secrets.NONE, Map.of(), Optional.of(page), context)
        : refuse(Refusal.WF_STEP, page.step() + " is not done again");
  }

  private Outcome ended(Pending pending, List<ProgramResult> ended, Context context) {
    return switch (results.read(pending, ended, context)) {
      case Results.Read.Page(Outcome outcome) -> outcome;
      case Results.Read.Turn(RunStep run, Known known, int exit, Changed changed) -> {
        int from = workflow.indexOf(run.name());
        int to = afterExit(run, from, exit);
        List<String> ran = new ArrayList<>(pending.ran());
        pending.calls().forEach(call -> ran.add(call.step()));
        yield goOn(
            new Way(
                to,
                route.jump(known, from, to),
                pending.secrets(),
                pending.begin(),
                ran,
                changed,
                pending.prefill()),
            pending.from(),
            context);
      }
    };
  }

  private int afterExit(RunStep run, int from, int exit) {
    if (run.next().orElse(null) instanceof Next.ByExit(var targets, var other)) {
      Optional<String> target = Optional.ofNullable(targets.get(exit));
      if (target.isEmpty() && !run.successExit().contains(exit)) {
        target = other;
      }
      if (target.isPresent()) {
        return workflow.indexOf(target.get());
      }
    }
    return route.flow().following(from).orElseThrow();
  }

  /** Where to go on from, and with what. */
  private record Way(
      int from,
      Known known,
      Secrets secrets,
      Pending.Begin begin,
      List<String> ran,
      Changed changed,
      Map<String, List<String>> prefill) {}

  private Outcome begin(
      int from,
      Known known,
      Secrets secrets,
      Map<String, List<String>> prefill,
      Optional<Snapshot> origin,
      Context context) {
    Pending.Begin begin = new Pending.Begin(workflow.steps().get(from).name(), known);
    return goOn(
        new Way(from, known, secrets, begin, List.of(), Changed.NO, prefill), origin, context);
  }

  /** Towards the next page, or the next run that decides. */
  private Outcome goOn(Way way, Optional<Snapshot> origin, Context context) {
    Route.Leg leg = route.leg(way.from(), way.known(), way.ran());
    Known known = way.known().withPassedBy(leg.passedBy()).arriving(leg.end().name());
    Pending pending =
        new Pending(
            workflow.hash(),
            leg.end().name(),
            known,
            way.secrets(),
            leg.chain().stream().map(Planned::call).toList(),
            way.changed(),
            prefill(way, leg.end().name()),
            origin,
            way.begin(),
            way.ran());
    if (leg.chain().isEmpty()) {
      return ended(pending, List.of(), context);
    }
    return switch (assembler.assemble(leg.chain(), new Scope(known, way.secrets(), context))) {
      case Assembler.Assembled.Chain(List<Invocation> invocations) ->
          new Outcome.Run(invocations, pending);
      case Assembler.Assembled.Refused(Refusal why, String detail) ->
          new Outcome.Refuse(why, detail, way.changed());
    };
  }

  /** A form that the way comes back to shows what was answered there. */
  private static Map<String, List<String>> prefill(Way way, String end) {
    Map<String, List<String>> prefill = new HashMap<>(way.prefill());
    way.known().way().stream()
        .filter(passed -> passed.step().equals(end))
        .forEach(passed ->
            passed.answers().forEach((field, answer) -> prefill.put(field, answer.values())));
    return prefill;
  }

  private static Outcome otherDefinition() {
    return refuse(Refusal.WF_CONFIG, "the page was made by another version of the definition");
  }

  private static Outcome refuse(Refusal why, String detail) {
    return new Outcome.Refuse(why, detail, Changed.NO);
  }

  /** Names whose values can be the beginning of an argument. */
  private static Set<String> argumentFields(Route route) {
    return route
        .calls()
        .flatMap(call -> call.args().stream())
        .filter(Engine::beginsWithReference)
        .flatMap(template -> template.references().stream())
        .map(Reference::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean beginsWithReference(Template template) {
    return !template.parts().isEmpty() && template.parts().getFirst() instanceof Part.Refer;
  }
}
