package org.hitc.workflow.yaml;

import java.util.List;
import java.util.Optional;
import org.hitc.workflow.model.Choices;
import org.hitc.workflow.model.Columns;
import org.hitc.workflow.model.Field;
import org.hitc.workflow.model.FieldType;
import org.hitc.workflow.model.FormStep;
import org.hitc.workflow.model.Next;
import org.hitc.workflow.model.Output;
import org.hitc.workflow.model.ReportStep;
import org.hitc.workflow.model.RunStep;
import org.hitc.workflow.model.Step;

/** Checks choices that come from rows, and answers that choose the way. */
final class ChoiceCheck {
  private final Draft draft;
  private final List<Step> steps;

  ChoiceCheck(Draft draft, List<Step> steps) {
    this.draft = draft;
    this.steps = steps;
  }

  /** Checks all of them; false when there are no such rows. */
  boolean check() {
    boolean good = true;
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof FormStep form) {
        for (Field field : form.fields()) {
          int below = i;
          good &= rows(field.type()).map(rows -> check(field, rows, below)).orElse(true);
        }
        if (form.next().orElse(null) instanceof Next.ByAnswer byAnswer) {
          check(form, byAnswer);
        }
      }
    }
    return good;
  }

  static Optional<Choices.FromRows> rows(FieldType type) {
    return switch (type) {
      case FieldType.Choice(Choices.FromRows rows) -> Optional.of(rows);
      case FieldType.Many(Choices.FromRows rows, _, _) -> Optional.of(rows);
      default -> Optional.empty();
    };
  }

  private boolean check(Field field, Choices.FromRows rows, int below) {
    Optional<Columns> columns =
        steps.stream()
            .limit(below)
            .filter(s -> s.name().equals(rows.report()))
            .flatMap(s -> columns(s).stream())
            .findFirst();
    Place place = draft.markOf("rows." + field.name());
    List<String> offered =
        steps.stream().limit(below).filter(s -> columns(s).isPresent()).map(Step::name).toList();
    if (columns.isEmpty()) {
      draft
          .problems()
          .add(
              place,
              "ROWS_UNKNOWN",
              "no report or run with output: rows above is called " + rows.report(),
              offered.isEmpty()
                  ? "put the report above this form"
                  : Suggestion.cure(rows.report(), offered));
      return false;
    }
    List<String> names = columns.get().headings().stream().map(Columns.Heading::name).toList();
    for (String name : List.of(rows.value(), rows.label())) {
      if (!names.contains(name)) {
        draft
            .problems()
            .add(
                place,
                "COLUMN_UNKNOWN",
                rows.report() + " has no column " + name,
                Suggestion.cure(name, names));
        return true;
      }
    }
    return true;
  }

  private static Optional<Columns> columns(Step step) {
    return switch (step) {
      case ReportStep report -> Optional.of(report.columns());
      case RunStep run when run.output().orElse(null) instanceof Output.Rows rows ->
          Optional.of(rows.columns());
      default -> Optional.empty();
    };
  }

  private void check(FormStep form, Next.ByAnswer next) {
    Optional<Field> field = form.field(next.field());
    String mark = "next." + form.name();
    if (field.isEmpty()) {
      draft
          .problems()
          .add(
              draft.markOf(mark),
              "FIELD_UNKNOWN",
              "next: goes by " + next.field() + ", which is no field of " + form.name(),
              Suggestion.cure(next.field(), form.fields().stream().map(Field::name).toList()));
      return;
    }
    Optional<List<String>> answers = answers(field.get().type());
    if (answers.isEmpty()) {
      draft
          .problems()
          .add(
              draft.markOf(mark),
              "NEXT_FIELD",
              "next: cannot go by " + next.field() + ": its answers are not listed here",
              "a field with choices: [...], or a checkbox (yes, no)");
      return;
    }
    next.targets().keySet().stream()
        .sorted()
        .filter(answer -> !answers.get().contains(answer))
        .forEach(answer ->
            draft
                .problems()
                .add(
                    draft.markOf(mark + "." + answer),
                    "ANSWER_UNKNOWN",
                    next.field() + " is never answered with '" + answer + "'",
                    Suggestion.cure(answer, answers.get())));
  }

  /** All answers there can be, when the definition lists them. */
  private static Optional<List<String>> answers(FieldType type) {
    return switch (type) {
      case FieldType.Choice(Choices.Fixed(var choices)) ->
          Optional.of(choices.stream().map(Choices.Choice::value).toList());
      case FieldType.Checkbox() -> Optional.of(List.of("yes", "no"));
      default -> Optional.empty();
    };
  }
}
