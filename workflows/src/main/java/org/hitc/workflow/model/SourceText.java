package org.hitc.workflow.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text of a definition that can be translated: what stands in the file is its source.
 *
 * @param key made of names, so that it stays when the text changes ({@link TextKeys})
 * @param use where people see it
 * @param step that it belongs to; absent for the workflow as a whole
 * @param field label of the field whose hint or choice it is
 * @param text the source
 */
public record SourceText(
    String key, Use use, Optional<String> step, Optional<String> field, Template text) {

  /** Where people see a text. */
  public enum Use {
    WORKFLOW_TITLE,
    WORKFLOW_SUMMARY,
    WORKFLOW_GROUP,
    FORM_TITLE,
    FORM_BUTTON,
    FIELD_LABEL,
    FIELD_HINT,
    FIELD_CHOICE,
    PRINTOUT_TITLE,
    REPORT_TITLE,
    COLUMN_LABEL,
    CONFIRM_TITLE,
    CONFIRM_BUTTON,
    DONE_TITLE,
    DONE_TEXT
  }

  /** All of a workflow, in the order of its file. */
  public static List<SourceText> of(Workflow workflow) {
    List<SourceText> texts = new ArrayList<>();
    texts.add(whole("title", Use.WORKFLOW_TITLE, workflow.title()));
    workflow.summary().ifPresent(s -> texts.add(whole("summary", Use.WORKFLOW_SUMMARY, s)));
    workflow.group().ifPresent(g -> texts.add(whole("group", Use.WORKFLOW_GROUP, g)));
    workflow.steps().forEach(step -> texts.addAll(of(step)));
    return List.copyOf(texts);
  }

  private static SourceText whole(String key, Use use, String text) {
    return new SourceText(key, use, Optional.empty(), Optional.empty(), Template.literal(text));
  }

  private static List<SourceText> of(Step step) {
    List<SourceText> texts = new ArrayList<>();
    String name = step.name();
    switch (step) {
      case FormStep form -> {
        texts.add(title(step, Use.FORM_TITLE, form.title()));
        form.button().ifPresent(b -> texts.add(button(step, Use.FORM_BUTTON, b)));
        form.fields().forEach(field -> texts.addAll(of(name, field)));
      }
      case RunStep run -> {
        if (run.output().orElse(null) instanceof Output.Text) {
          run.title().ifPresent(title -> texts.add(title(step, Use.PRINTOUT_TITLE, title)));
        }
      }
      case ReportStep report -> {
        texts.add(title(step, Use.REPORT_TITLE, report.title()));
        report
            .columns()
            .headings()
            .forEach(heading ->
                texts.add(
                    new SourceText(
                        TextKeys.label(name, heading.name()),
                        Use.COLUMN_LABEL,
                        Optional.of(name),
                        Optional.empty(),
                        Template.literal(heading.label()))));
      }
      case ConfirmStep confirm -> {
        texts.add(title(step, Use.CONFIRM_TITLE, confirm.title()));
        confirm.button().ifPresent(b -> texts.add(button(step, Use.CONFIRM_BUTTON, b)));
      }
      case DoneStep done -> {
        texts.add(title(step, Use.DONE_TITLE, done.title()));
        done.text()
            .ifPresent(text -> texts.add(of(TextKeys.text(name), Use.DONE_TEXT, step, text)));
      }
    }
    return texts;
  }

  private static SourceText title(Step step, Use use, Template text) {
    return of(TextKeys.title(step.name()), use, step, text);
  }

  private static SourceText button(Step step, Use use, String text) {
    return of(TextKeys.button(step.name()), use, step, Template.literal(text));
  }

  private static SourceText of(String key, Use use, Step step, Template text) {
    return new SourceText(key, use, Optional.of(step.name()), Optional.empty(), text);
  }

  private static List<SourceText> of(String form, Field field) {
    List<SourceText> texts = new ArrayList<>();
    String name = field.name();
    texts.add(
        new SourceText(
            TextKeys.label(form, name),
            Use.FIELD_LABEL,
            Optional.of(form),
            Optional.empty(),
            Template.literal(field.label())));
    field.hint().ifPresent(hint -> texts.add(about(field, form, TextKeys.hint(form, name), hint)));
    for (Choices.Choice choice : field.type().fixedChoices()) {
      texts.add(
          new SourceText(
              TextKeys.choice(form, name, choice.value()),
              Use.FIELD_CHOICE,
              Optional.of(form),
              Optional.of(field.label()),
              Template.literal(choice.label())));
    }
    return texts;
  }

  private static SourceText about(Field field, String form, String key, String hint) {
    return new SourceText(
        key, Use.FIELD_HINT, Optional.of(form), Optional.of(field.label()), Template.literal(hint));
  }
}
