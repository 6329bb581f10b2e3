package org.hitc.listener;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hitc.listener.config.Program;
import org.hitc.listener.desk.Definition;
import org.hitc.listener.launcher.Entry;
import org.hitc.listener.launcher.Policies;
import org.hitc.listener.launcher.Policy;
import org.hitc.listener.launcher.protocol.Ask;
import org.hitc.workflow.model.FieldType;
import org.hitc.workflow.model.FormStep;
import org.hitc.workflow.model.ProgramCall;
import org.hitc.workflow.model.Reference;
import org.hitc.workflow.model.RunAs;
import org.hitc.workflow.model.Template;
import org.hitc.workflow.model.Template.Part;
import org.hitc.workflow.model.Workflow;

/**
 * What workflows run, as whom, with which arguments: for the auditor, and against what the launcher
 * would refuse.
 */
final class LaunchCheck {
  private final Map<String, Definition> definitions;
  private final Map<String, Program> programs;

  /**
   * @param definitions by the names of their files
   * @param programs the registered ones, by name
   */
  LaunchCheck(Map<String, Definition> definitions, Map<String, Program> programs) {
    this.definitions = definitions;
    this.programs = programs;
  }

  /**
   * What the launcher would refuse.
   *
   * @param launcher true when {@code listener.yaml} names one
   * @param file its policy
   */
  List<Finding> findings(boolean launcher, Path file) {
    List<Launched> launched = launched();
    if (!launcher) {
      return launched.stream().map(one -> one.warning("no launcher is configured")).toList();
    }
    if (!Files.exists(file)) {
      return List.of(
          Finding.error(file.toString(), "there is no policy of the launcher", "LAUNCH_REFUSED"));
    }
    return switch (Policies.read(file)) {
      case Policies.Result.Bad(List<String> problems) ->
          problems.stream()
              .map(problem -> Finding.error(file.toString(), problem, "LAUNCH_REFUSED"))
              .toList();
      case Policies.Result.Good(Policy policy) ->
          launched.stream()
              .flatMap(one -> objection(policy, one).map(one::error).stream())
              .toList();
    };
  }

  /** A line for each program that a workflow runs. */
  List<String> runs() {
    List<String> lines = new ArrayList<>();
    for (Definition definition : sorted()) {
      for (Workflow.Call call : definition.workflow().calls()) {
        lines.add(
            "%s.%s  %s  %s  as %s  with %s"
                .formatted(
                    definition.workflow().name(),
                    call.step(),
                    call.program().program(),
                    Optional.ofNullable(programs.get(call.program().program()))
                        .map(program -> program.path().toString())
                        .orElse("?"),
                    call.program().runAs().word(),
                    words(call.program().args(), "no arguments")
                        + (call.program().stdin().isEmpty()
                            ? ""
                            : ", input " + words(call.program().stdin(), ""))));
      }
    }
    return lines;
  }

  private static String words(List<Template> templates, String none) {
    return templates.isEmpty()
        ? none
        : templates.stream().map(Template::toString).collect(Collectors.joining(" | "));
  }

  private List<Definition> sorted() {
    return definitions.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }

  /** One program that would run as somebody else. */
  private record Launched(Workflow workflow, Workflow.Call call, String account) {
    String place() {
      return workflow.name() + ".yaml";
    }

    String words(String reason) {
      return "step '%s' runs '%s' as %s: %s"
          .formatted(call.step(), call.program().program(), call.program().runAs().word(), reason);
    }

    Finding error(String reason) {
      return Finding.error(place(), words(reason), "LAUNCH_REFUSED");
    }

    Finding warning(String reason) {
      return Finding.warning(place(), words(reason), "LAUNCH_REFUSED");
    }
  }

  private List<Launched> launched() {
    List<Launched> all = new ArrayList<>();
    for (Definition definition : sorted()) {
      Workflow workflow = definition.workflow();
      for (Workflow.Call call : workflow.calls()) {
        account(call.program().runAs())
            .ifPresent(account -> all.add(new Launched(workflow, call, account)));
      }
    }
    return all;
  }

  private static Optional<String> account(RunAs as) {
    return switch (as) {
      case RunAs.Service _ -> Optional.empty();
      case RunAs.SignedIn _ -> Optional.of(Ask.Run.SIGNED_IN);
      case RunAs.Account(String name) -> Optional.of(name);
    };
  }

  private Optional<String> objection(Policy policy, Launched one) {
    String name = one.call().program().program();
    Optional<Path> own = policy.entry(name).map(Entry::program);
    Optional<Path> registered = Optional.ofNullable(programs.get(name)).map(Program::path);
    if (own.isPresent() && registered.isPresent() && !own.equals(registered)) {
      return Optional.of(
          "the launcher has " + own.get() + " under this name, programs.yaml " + registered.get());
    }
    ProgramCall call = one.call().program();
    if (Stream.concat(call.args().stream(), call.stdin().stream())
        .anyMatch(template -> is(FieldType.File.class, one.workflow(), template))) {
      return Optional.of("an uploaded file can be read by the service alone");
    }
    List<Template> args = call.args();
    return args.stream().anyMatch(template -> is(FieldType.Many.class, one.workflow(), template))
        ? policy.entry(name).isEmpty()
            ? policy.objection(name, one.account(), List.of())
            : Optional.empty()
        : policy.objection(name, one.account(), args.stream().map(LaunchCheck::known).toList());
  }

  /** What an argument is whatever is answered. */
  private static Optional<String> known(Template template) {
    return template.references().isEmpty()
        ? Optional.of(template.render(_ -> ""))
        : Optional.empty();
  }

  /** True when it is the value of such a field; one of several choices becomes several. */
  private static boolean is(Class<? extends FieldType> type, Workflow workflow, Template template) {
    return template.parts().size() == 1
        && template.parts().getFirst() instanceof Part.Refer(Reference to)
        && workflow.steps().stream()
            .filter(FormStep.class::isInstance)
            .map(FormStep.class::cast)
            .flatMap(form -> form.field(to.name()).stream())
            .anyMatch(field -> type.isInstance(field.type()));
  }
}
