package org.hitc.listener.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.workflow.engine.Answer;
import org.hitc.workflow.engine.Known;
import org.hitc.workflow.model.Field;
import org.hitc.workflow.model.FieldType;
import org.hitc.workflow.model.FormStep;
import org.hitc.workflow.model.Template;
import org.hitc.workflow.model.Workflow;
import org.junit.jupiter.api.Test;

/** What a page was made for, in a few words. */
class ParametersTest {

  private static List<String> of(Map<FieldType, String> answered, List<FieldType> order) {
    List<Field> fields = new ArrayList<>();
    Map<String, Answer> answers = new HashMap<>();
    for (FieldType type : order) {
      String name = "f" + fields.size();
      fields.add(new Field(name, "F", Optional.empty(), type, false, Optional.empty(), false));
      Optional.ofNullable(answered.get(type)).ifPresent(v -> answers.put(name, Answer.of(v)));
    }
    Workflow workflow =
        new Workflow(
            "w",
            "W",
            Optional.empty(),
            Optional.empty(),
            List.of("everyone"),
            List.of(
                new FormStep(
                    "ask", Template.literal("Ask"), fields, Optional.empty(), Optional.empty())),
            Map.of(),
            "0".repeat(64));
    Known known =
        new Known(
            List.of(
                new Known.Passed(
                    "ask",
                    List.of(),
                    answers,
                    Map.of("f9", "printed"),
                    Map.of(),
                    Optional.empty())),
            List.of());
    return Parameters.of(workflow, known);
  }

  @Test
  void are_short_answers_in_the_order_of_the_file_and_nothing_secret() {
    FieldType text = new FieldType.Text(100, 100);
    FieldType number = new FieldType.WholeNumber(Optional.empty(), Optional.empty());
    FieldType password = new FieldType.Password(10, 10);
    FieldType lines = new FieldType.TextArea(10, 10, 2);
    FieldType file = new FieldType.File(10, List.of());
    assertThat(
            of(
                Map.of(
                    text, "204110", number, "7", password, "secret", lines, "a\nb", file, "/spool"),
                List.of(number, password, lines, file, text)))
        .containsExactly("7", "204110");
  }

  @Test
  void leave_out_what_is_empty_or_long_or_too_much() {
    FieldType text = new FieldType.Text(100, 100);
    assertThat(of(Map.of(text, ""), List.of(text))).isEmpty();
    assertThat(of(Map.of(text, "x".repeat(61)), List.of(text))).isEmpty();
    assertThat(of(Map.of(text, "a"), List.of(text, text, text, text, text, text, text, text)))
        .hasSize(6);
  }
}
