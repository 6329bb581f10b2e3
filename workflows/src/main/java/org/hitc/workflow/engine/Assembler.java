package org.hitc.workflow.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hitc.channel.Refusal;
import org.hitc.workflow.model.FormStep;
import org.hitc.workflow.model.Reference;
import org.hitc.workflow.model.Template;
import org.hitc.workflow.model.Template.Part;
import org.hitc.workflow.model.Workflow;

/**
 * Fills values into arguments and input lines; nothing gets there without passing {@link Rules}.
 */
final class Assembler {

  /** A chain that can run, or why it cannot. */
  sealed interface Assembled {
    record Chain(List<Invocation> invocations) implements Assembled {}

    record Refused(Refusal why, String detail) implements Assembled {}
  }

  /** Carries a refusal out of the loops of this class; never leaves it. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final Refusal why;

    RefusedException(Refusal why, String detail) {
      super(detail);
      this.why = why;
    }
  }

  private final Workflow workflow;

  Assembler(Workflow workflow) {
    this.workflow = workflow;
  }

  Assembled assemble(List<Planned> chain, Scope scope) {
    try {
      List<Invocation> invocations = new ArrayList<>();
      for (Planned planned : chain) {
        invocations.add(invocation(planned, scope));
      }
      return new Assembled.Chain(List.copyOf(invocations));
    } catch (RefusedException e) {
      return new Assembled.Refused(e.why, String.valueOf(e.getMessage()));
    }
  }

  private Invocation invocation(Planned planned, Scope scope) throws RefusedException {
    String program = planned.program().program();
    return new Invocation(
        planned.call().step(),
        program,
        fill(planned.program().args(), scope, program, Stream::of, this::argument),
        fill(
            planned.program().stdin(),
            scope,
            program,
            value -> Stream.of(value.split("\n", -1)),
            (_, line) -> Rules.inputLine(line)),
        planned.call().role(),
        planned.call().success(),
        planned.encoding(),
        planned.limits(),
        planned.program().runAs(),
        planned.call().writes(),
        planned.call().unchanged());
  }

  private static List<String> fill(
      List<Template> templates,
      Scope scope,
      String program,
      Function<String, Stream<String>> lines,
      BiFunction<Template, String, Optional<Fault>> rule)
      throws RefusedException {
    List<String> filled = new ArrayList<>();
    for (Template template : templates) {
      String where = template + " of program " + program;
      for (Reference reference : template.references()) {
        if (scope.value(reference).isEmpty()) {
          throw new RefusedException(Refusal.WF_STEP, reference + " is not known: " + where);
        }
      }
      for (String value : values(template, scope, lines)) {
        Optional<Fault> fault = rule.apply(template, value);
        if (fault.isPresent()) {
          throw new RefusedException(fault.get().why(), where);
        }
        filled.add(value);
      }
    }
    return filled;
  }

  /**
   * One template is one argument or one input line; a field in which several are chosen is as many
   * of them, and a text of several lines as many input lines.
   */
  private static List<String> values(
      Template template, Scope scope, Function<String, Stream<String>> lines) {
    boolean alone = template.parts().size() == 1;
    Stream<String> values =
        alone && template.parts().getFirst() instanceof Part.Refer(Reference only)
            ? scope.each(only).orElseThrow().stream().flatMap(lines)
            : Stream.of(template.render(r -> scope.value(r).orElseThrow()));
    return values.map(Rules::normalise).toList();
  }

  private Optional<Fault> argument(Template template, String argument) {
    return Rules.argument(argument, mayStartWithDash(template));
  }

  /** A beginning that the definition wrote itself is its author's; the rest must be allowed to. */
  private boolean mayStartWithDash(Template template) {
    return template.parts().isEmpty()
        || switch (template.parts().getFirst()) {
          case Part.Literal _ -> true;
          case Part.Refer refer ->
              template.references().stream().allMatch(this::fieldMayStartWithDash)
                  && fieldMayStartWithDash(refer.to());
        };
  }

  private boolean fieldMayStartWithDash(Reference reference) {
    return workflow.steps().stream()
        .filter(FormStep.class::isInstance)
        .map(FormStep.class::cast)
        .flatMap(form -> form.field(reference.name()).stream())
        .anyMatch(field -> field.mayStartWithDash());
  }
}
