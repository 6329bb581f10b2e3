package org.hitc.listener;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hitc.i18n.Characters;
import org.hitc.i18n.Entry;
import org.hitc.i18n.Kind;
import org.hitc.i18n.Language;
import org.hitc.i18n.Message;
import org.hitc.i18n.Metadata;
import org.hitc.i18n.check.BundleFile;
import org.hitc.workflow.engine.ProgramMessage;
import org.hitc.workflow.model.SourceText;
import org.hitc.workflow.model.Template;
import org.hitc.workflow.model.Template.Part;
import org.hitc.workflow.model.Workflow;

/** The texts of a workflow as the messages that its translations are made of. */
final class WorkflowSource {
  private WorkflowSource() {}

  /**
   * A message for each text: {@code Budget of $account} is {@code Budget of {account}}. What
   * programs say is not among them; translations of it are known by the form of their keys.
   *
   * @param file the definition, as findings call it
   * @param lines of the texts in it, by their keys
   */
  static BundleFile of(
      String file, Language language, Workflow workflow, Map<String, Integer> lines) {
    List<Entry> entries =
        SourceText.of(workflow).stream()
            .map(text ->
                new Entry(
                    text.key(),
                    pattern(text.text()),
                    lines.getOrDefault(text.key(), 1),
                    metadata(text)))
            .toList();
    return BundleFile.of(file, language, entries, ProgramMessage::isKey);
  }

  /** Says what the template says, under the names that {@link Template} gives its values. */
  static String pattern(Template text) {
    return text.parts().stream()
        .map(part ->
            switch (part) {
              case Part.Literal(String words) -> Message.quote(words);
              case Part.Refer(var to) -> "{" + to.argument() + "}";
            })
        .collect(Collectors.joining());
  }

  private static Metadata metadata(SourceText text) {
    Map<String, Kind> arguments = new TreeMap<>();
    text.text().references().forEach(to -> arguments.put(to.argument(), Kind.TEXT));
    return new Metadata(
        text.field()
            .map(field -> use(text.use()) + " \u201c" + oneLine(field) + "\u201d")
            .orElse(use(text.use())),
        Optional.of(arguments).filter(some -> !some.isEmpty()),
        OptionalInt.empty(),
        false,
        Optional.of(text.step().orElse("home page")),
        Metadata.NONE.origin());
  }

  /** A label may have what a comment may not. */
  private static String oneLine(String words) {
    return words
        .codePoints()
        .map(c -> Characters.forbidden(c) ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String use(SourceText.Use use) {
    return switch (use) {
      case WORKFLOW_TITLE -> "What the workflow is called, on the home page and above every page";
      case WORKFLOW_SUMMARY -> "What it is for, in a sentence below its name";
      case WORKFLOW_GROUP -> "Heading of the group that it is listed in";
      case FORM_TITLE -> "Heading of a page that asks for something";
      case FORM_BUTTON -> "Button that goes on with what was typed";
      case FIELD_LABEL -> "Label of a field";
      case FIELD_HINT -> "Hint below the field";
      case FIELD_CHOICE -> "One of the choices of the field";
      case PRINTOUT_TITLE -> "Heading above what a program printed";
      case REPORT_TITLE -> "Heading above a table";
      case COLUMN_LABEL -> "Heading of a column of the table";
      case CONFIRM_TITLE -> "Heading of the page that asks whether it shall be done";
      case CONFIRM_BUTTON -> "Button that does it";
      case DONE_TITLE -> "Heading of the page that says it is done";
      case DONE_TEXT -> "What follows from it, below that heading";
    };
  }
}
