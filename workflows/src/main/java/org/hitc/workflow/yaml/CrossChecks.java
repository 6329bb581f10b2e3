package org.hitc.workflow.yaml;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hitc.workflow.model.Flow;
import org.hitc.workflow.model.FormStep;
import org.hitc.workflow.model.Step;
import org.hitc.workflow.model.Workflow.MessagePlace;

/** What can be checked only when all steps have been read. */
final class CrossChecks {
  private final Draft draft;
  private final List<Step> steps;

  CrossChecks(Draft draft, List<Step> steps) {
    this.draft = draft;
    this.steps = List.copyOf(steps);
  }

  void check(Map<String, MessagePlace> messages) {
    messages(messages);
    FlowCheck flowCheck = new FlowCheck(draft, steps);
    if (!flowCheck.targetsAreGood()) {
      new ReferenceCheck(draft).names();
      return;
    }
    Flow flow = new Flow(steps);
    flowCheck.ways(flow);
    boolean rows = new ChoiceCheck(draft, steps).check();
    ReferenceCheck references = new ReferenceCheck(draft);
    references.check(steps, flow);
    if (rows) {
      references.rows(steps, flow);
    }
  }

  private void messages(Map<String, MessagePlace> messages) {
    Set<String> fields = new TreeSet<>();
    steps.forEach(step -> {
      if (step instanceof FormStep form) {
        form.fields().forEach(f -> fields.add(f.name()));
      }
    });
    messages.forEach((ident, place) -> {
      if (!fields.contains(place.field())) {
        draft
            .problems()
            .add(
                draft.markOf("messages." + ident),
                "FIELD_UNKNOWN",
                "message " + ident + " names no field: " + place.field(),
                Suggestion.cure(place.field(), fields));
      }
    });
  }
}
