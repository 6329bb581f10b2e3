package org.hitc.listener.page;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hitc.workflow.engine.Answer;
import org.hitc.workflow.engine.Known;
import org.hitc.workflow.model.Field;
import org.hitc.workflow.model.FieldType;
import org.hitc.workflow.model.FormStep;
import org.hitc.workflow.model.Workflow;

/** What a page was made for, in a few words: the short answers that led to it. */
public final class Parameters {
  private static final int MOST = 6;
  private static final int LONGEST = 60;

  private Parameters() {}

  /** The values of short answers, in the order of the file; nothing secret, no path. */
  public static List<String> of(Workflow workflow, Known known) {
    return workflow.steps().stream()
        .flatMap(s -> s instanceof FormStep form ? form.fields().stream() : Stream.empty())
        .filter(Parameters::isShort)
        .flatMap(f -> Optional.ofNullable(known.answers().get(f.name())).stream())
        .map(Answer::value)
        .filter(value -> !value.isEmpty() && value.length() <= LONGEST)
        .limit(MOST)
        .toList();
  }

  private static boolean isShort(Field field) {
    return switch (field.type()) {
      case FieldType.Password _, FieldType.TextArea _, FieldType.File _, FieldType.Checkbox _ ->
          false;
      case FieldType.Pic _,
          FieldType.Text _,
          FieldType.WholeNumber _,
          FieldType.Amount _,
          FieldType.Date _,
          FieldType.Choice _,
          FieldType.Many _,
          FieldType.Email _ ->
          true;
    };
  }
}
