package org.hitc.workflow.model;

import java.util.ArrayList;
import java.util.List;

/** The keys under which the words of a workflow can be translated: they are made of its names. */
public final class TextKeys {
  private TextKeys() {}

  /** All of a workflow, in the order of its file. */
  public static List<String> of(Workflow workflow) {
    List<String> keys = new ArrayList<>(List.of("title"));
    workflow.summary().ifPresent(_ -> keys.add("summary"));
    workflow.group().ifPresent(_ -> keys.add("group"));
    workflow.steps().forEach(step -> step(step, keys));
    return List.copyOf(keys);
  }

  private static void step(Step step, List<String> keys) {
    switch (step) {
      case FormStep form -> {
        keys.add(title(form.name()));
        form.button().ifPresent(_ -> keys.add(button(form.name())));
        form.fields().forEach(field -> field(form.name(), field, keys));
      }
      case RunStep run -> {
        if (run.output().orElse(null) instanceof Output.Text) {
          run.title().ifPresent(_ -> keys.add(title(run.name())));
        }
      }
      case ReportStep report -> {
        keys.add(title(report.name()));
        report.columns().headings().forEach(h -> keys.add(label(report.name(), h.name())));
      }
      case ConfirmStep confirm -> {
        keys.add(title(confirm.name()));
        confirm.button().ifPresent(_ -> keys.add(button(confirm.name())));
      }
      case DoneStep done -> {
        keys.add(title(done.name()));
        done.text().ifPresent(_ -> keys.add(text(done.name())));
      }
    }
  }

  private static void field(String form, Field field, List<String> keys) {
    keys.add(label(form, field.name()));
    field.hint().ifPresent(_ -> keys.add(hint(form, field.name())));
    fixed(field.type()).forEach(c -> keys.add(choice(form, field.name(), c.value())));
  }

  private static List<Choices.Choice> fixed(FieldType type) {
    return switch (type) {
      case FieldType.Choice(Choices.Fixed(var choices)) -> choices;
      case FieldType.Many(Choices.Fixed(var choices), _, _) -> choices;
      default -> List.of();
    };
  }

  /** Of a step. */
  public static String title(String step) {
    return step + ".title";
  }

  /** Of a form or a confirm. */
  public static String button(String step) {
    return step + ".button";
  }

  /** Of a done. */
  public static String text(String step) {
    return step + ".text";
  }

  /** Of a field or of a column. */
  public static String label(String step, String name) {
    return step + "." + name + ".label";
  }

  /** Of a field. */
  public static String hint(String form, String field) {
    return form + "." + field + ".hint";
  }

  /** Of one choice that the file says. */
  public static String choice(String form, String field, String value) {
    return form + "." + field + ".choices." + value;
  }
}
