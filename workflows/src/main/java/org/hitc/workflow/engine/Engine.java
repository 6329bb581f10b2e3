package org.hitc.workflow.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hitc.channel.Refusal;
import org.hitc.workflow.model.Field;
import org.hitc.workflow.model.FieldType;
import org.hitc.workflow.model.FormStep;
import org.hitc.workflow.model.ProgramCall;
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
    this.argumentFields = argumentFields(workflow, route);
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
      case Pending pending when event instanceof Event.JobEnded ended ->
          results.show(pending, ended.results(), context);
      default ->
          new Outcome.Refuse(
              Refusal.WF_STEP,
              event.getClass().getSimpleName() + " at " + position.getClass().getSimpleName());
    };
  }

  private Outcome start(Event.Start start, Context context) {
    Optional<Outcome> refused = prefillRefused(start.values());
    return refused.orElseGet(() ->
        goOn(
            0,
            route.pageFrom(0).orElseThrow(),
            new Scope(Map.of(), Map.of(), context),
            start.values(),
            Optional.empty()));
  }

  private Optional<Outcome> prefillRefused(Map<String, List<String>> values) {
    Optional<FormStep> form =
        route.pageFrom(0).filter(FormStep.class::isInstance).map(FormStep.class::cast);
    for (Map.Entry<String, List<String>> entry : values.entrySet()) {
      Optional<Field> field = form.flatMap(f -> f.field(entry.getKey()));
      if (field.isEmpty() || field.get().type() instanceof FieldType.Password) {
        return Optional.of(
            refuse(Refusal.WF_FIELD, "a link with a field that cannot be filled in"));
      }
      if (entry.getValue().size() > 1) {
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

  private Outcome submit(Snapshot page, Event.Submit submit, Context context) {
    if (!(page.view() instanceof View.Form)
        || !(workflow.step(page.step()).orElseThrow() instanceof FormStep form)) {
      return refuse(Refusal.WF_STEP, page.step() + " is not a form");
    }
    return switch (FormReader.read(
        form, page.offers(), argumentFields, submit.values(), context.input())) {
      case FormReader.Read.Tampered(Refusal why, String detail) -> refuse(why, detail);
      case FormReader.Read.Bad(List<View.Problem> problems) ->
          new Outcome.Invalid(again(page, form, submit.values(), problems, context));
      case FormReader.Read.Good(var answers, var secrets) -> {
        int next = workflow.indexOf(form.name()) + 1;
        yield goOn(
            next,
            route.pageFrom(next).orElseThrow(),
            new Scope(merge(page.answers(), answers), secrets, context),
            Map.of(),
            Optional.of(page));
      }
    };
  }

  private static Snapshot again(
      Snapshot page,
      FormStep form,
      Map<String, List<String>> typed,
      List<View.Problem> problems,
      Context context) {
    Map<String, String> values = new HashMap<>();
    typed.forEach((name, all) -> all.stream().findFirst().ifPresent(v -> values.put(name, v)));
    Scope scope = new Scope(page.answers(), Map.of(), context);
    return new Snapshot(
        page.hash(),
        page.step(),
        page.answers(),
        page.offers(),
        Draw.form(form, page.offers(), values, problems, scope));
  }

  private Outcome follow(Snapshot page, Event.Follow follow, Context context) {
    if (!(page.view() instanceof View.Report)
        || !(workflow.step(page.step()).orElseThrow() instanceof ReportStep report)
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
    Map<String, Answer> answers = new HashMap<>(page.answers());
    answers.keySet().removeIf(name -> name.startsWith(Reference.ROW));
    row.get()
        .row()
        .forEach((column, value) -> answers.put(Reference.ROW + column, Answer.of(value)));
    Step target = workflow.step(report.drillDown().get()).orElseThrow();
    return goOn(
        workflow.indexOf(target.name()),
        target,
        new Scope(answers, Map.of(), context),
        Map.of(),
        Optional.of(page));
  }

  /**
   * Towards a page.
   *
   * @param from index of the first step that has not been passed yet
   */
  private Outcome goOn(
      int from,
      Step page,
      Scope scope,
      Map<String, List<String>> prefill,
      Optional<Snapshot> origin) {
    List<Planned> chain = route.chain(from, page);
    Pending pending =
        new Pending(
            workflow.hash(),
            page.name(),
            scope.answers(),
            chain.stream().map(Planned::call).toList(),
            prefill,
            origin);
    if (chain.isEmpty()) {
      return results.show(pending, List.of(), scope.context());
    }
    return switch (assembler.assemble(chain, scope)) {
      case Assembler.Assembled.Chain(List<Invocation> invocations) ->
          new Outcome.Run(invocations, pending);
      case Assembler.Assembled.Refused(Refusal why, String detail) -> refuse(why, detail);
    };
  }

  private static Map<String, Answer> merge(Map<String, Answer> older, Map<String, Answer> newer) {
    Map<String, Answer> merged = new HashMap<>(older);
    merged.putAll(newer);
    return merged;
  }

  private static Outcome otherDefinition() {
    return refuse(Refusal.WF_CONFIG, "the page was made by another version of the definition");
  }

  private static Outcome refuse(Refusal why, String detail) {
    return new Outcome.Refuse(why, detail);
  }

  /** Names whose values can be the beginning of an argument. */
  private static Set<String> argumentFields(Workflow workflow, Route route) {
    return workflow.steps().stream()
        .flatMap(step -> calls(step, route))
        .flatMap(call -> call.args().stream())
        .filter(Engine::beginsWithReference)
        .flatMap(template -> template.references().stream())
        .map(Reference::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<ProgramCall> calls(Step step, Route route) {
    return switch (step) {
      case RunStep run -> Stream.of(run.call());
      case ReportStep report -> Stream.of(report.call());
      case FormStep form -> route.choicesCalls(form);
      default -> Stream.empty();
    };
  }

  private static boolean beginsWithReference(Template template) {
    return !template.parts().isEmpty() && template.parts().getFirst() instanceof Part.Refer;
  }
}
