package org.hitc.workflow.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hitc.workflow.model.Step;
import org.hitc.workflow.model.Workflow;
import org.hitc.workflow.model.Workflow.MessagePlace;

/** Reads definition files. */
public final class WorkflowLoader {
  private final KnownPrograms programs;

  /** A loader. */
  public WorkflowLoader(KnownPrograms programs) {
    this.programs = programs;
  }

  /**
   * A loader.
   *
   * @param programs names of the registered programs
   */
  public WorkflowLoader(Set<String> programs) {
    this(KnownPrograms.named(programs));
  }

  /**
   * Reads one file.
   *
   * @param file its name, such as {@code budget_12.yaml}; for the problems
   * @param companions the files beside it
   */
  public Loaded load(String file, byte[] bytes, Companions companions) {
    Checked checked = check(file, bytes, companions);
    return checked
        .workflow()
        .<Loaded>map(Loaded.Good::new)
        .orElseGet(() -> new Loaded.Bad(checked.problems()));
  }

  /** As {@link #load}, with warnings about what can be used all the same. */
  public Checked check(String file, byte[] bytes, Companions companions) {
    YamlDocument document = YamlDocument.parse(file, bytes);
    Copybooks copybooks = new Copybooks(file, companions, document.problems());
    Optional<Workflow> workflow =
        document
            .root()
            .flatMap(root -> read(root, bytes, copybooks))
            .filter(_ -> !document.problems().hasErrors());
    Map<String, Integer> lines =
        workflow
            .flatMap(good -> document.root().map(root -> TextLines.of(root, good)))
            .orElse(Map.of());
    return new Checked(workflow, document.problems().all(), lines);
  }

  private Optional<Workflow> read(YamlMap root, byte[] bytes, Copybooks copybooks) {
    root.only("workflow", "title", "summary", "group", "roles", "run_as", "messages", "steps");
    root.require("workflow", "title", "roles", "steps");
    Draft draft = new Draft(root.problems(), programs, copybooks);
    Optional<String> name = draft.name(root, "workflow");
    Optional<String> title = root.text("title").map(YamlText::value);
    Optional<String> summary = root.text("summary").map(YamlText::value);
    Optional<String> group = root.text("group").map(YamlText::value);
    List<String> roles = roles(root, draft);
    draft.runAs(root).ifPresent(draft::runAllAs);
    Map<String, MessagePlace> messages = messages(root, draft);
    List<Step> steps = steps(root, draft);
    if (!root.problems().hasGaps() && !steps.isEmpty()) {
      new CrossChecks(draft, steps).check(messages);
    } else {
      // With a gap, more cannot be said for certain.
      new ReferenceCheck(draft).names();
    }
    if (name.isEmpty() || title.isEmpty() || roles.isEmpty() || steps.isEmpty()) {
      return Optional.empty();
    }
    return root.problems().hasErrors()
        ? Optional.empty()
        : Optional.of(
            new Workflow(
                name.get(),
                title.get(),
                summary,
                group,
                roles,
                steps,
                messages,
                copybooks.hash(bytes)));
  }

  private static List<String> roles(YamlMap root, Draft draft) {
    List<String> roles = new ArrayList<>();
    for (YamlText role : root.texts("roles")) {
      draft.name(role, "a role").ifPresent(roles::add);
    }
    if (root.value("roles").orElse(null) instanceof YamlList(_, var items) && items.isEmpty()) {
      root.problems()
          .add(root.placeOf("roles"), Idents.VALUE_FORM, "no role", "such as roles: [everyone]");
    }
    return roles;
  }

  private static Map<String, MessagePlace> messages(YamlMap root, Draft draft) {
    Map<String, MessagePlace> messages = new HashMap<>();
    root.map("messages")
        .ifPresent(map -> {
          for (String ident : map.keys()) {
            Optional<YamlMap> place = map.map(ident);
            place.ifPresent(p -> p.only("field"));
            place.ifPresent(p -> p.require("field"));
            place
                .flatMap(p -> draft.name(p, "field"))
                .ifPresent(field -> messages.put(ident, new MessagePlace(field)));
            place.ifPresent(p -> draft.mark("messages." + ident, p.placeOf("field")));
          }
        });
    return messages;
  }

  private static List<Step> steps(YamlMap root, Draft draft) {
    List<Step> steps = new ArrayList<>();
    StepReader reader = new StepReader(draft);
    List<YamlValue> items = root.list("steps").map(YamlList::items).orElse(List.of());
    for (YamlValue item : items) {
      if (item instanceof YamlMap map) {
        reader.read(map, steps.size()).ifPresent(steps::add);
      } else {
        root.problems()
            .add(
                item.place(),
                Idents.VALUE_KIND,
                "a step has keys with values",
                "such as - form: ask");
      }
    }
    if (root.has("steps") && items.isEmpty()) {
      root.problems()
          .add(root.placeOf("steps"), Idents.VALUE_FORM, "no step", "such as - form: ask");
    }
    return steps;
  }
}
