package org.hitc.workflow.engine;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hitc.workflow.model.Choices;
import org.hitc.workflow.model.ConfirmStep;
import org.hitc.workflow.model.DoneStep;
import org.hitc.workflow.model.Field;
import org.hitc.workflow.model.FieldType;
import org.hitc.workflow.model.FormStep;
import org.hitc.workflow.model.Reference;
import org.hitc.workflow.model.Template;
import org.hitc.workflow.model.TextKeys;
import org.hitc.workflow.picture.Picture;

/** Makes views of steps. */
final class Draw {
  private Draw() {}

  static Words words(String key, Template template, Scope scope) {
    Map<String, String> arguments = new HashMap<>();
    for (Reference reference : template.references()) {
      arguments.put(reference.argument(), scope.value(reference).orElse(""));
    }
    return new Words(key, template.render(r -> scope.value(r).orElse("")), arguments);
  }

  static Words words(String key, String text) {
    return new Words(key, text, Map.of());
  }

  /**
   * A form.
   *
   * @param values what its fields show, by name; handles for what is chosen
   * @param typedIn language in which the values were typed; nothing when they are in {@link
   *     CanonicalForm}
   */
  static View.Form form(
      FormStep form,
      List<Offer> offers,
      Map<String, List<String>> values,
      Optional<String> typedIn,
      List<View.Problem> problems,
      Scope scope) {
    return new View.Form(
        words(TextKeys.title(form.name()), form.title(), scope),
        form.fields().stream().map(f -> field(form, f, offers, values)).toList(),
        typedIn,
        form.button().map(b -> words(TextKeys.button(form.name()), b)),
        problems);
  }

  /** What is about to change: every answer of these forms, and what held before. */
  static View.Confirm confirm(ConfirmStep confirm, List<FormStep> forms, Scope scope) {
    List<View.Change> changes = new ArrayList<>();
    for (FormStep form : forms) {
      answered(form, scope.known())
          .forEach(field ->
              changes.add(
                  new View.Change(
                      form.name(),
                      field.name(),
                      label(form, field),
                      Optional.ofNullable(scope.known().values().get(field.name()))
                          .map(now -> shown(form, field, Answer.of(now))),
                      shown(form, field, answer(scope.known(), field)))));
    }
    return new View.Confirm(
        words(TextKeys.title(confirm.name()), confirm.title(), scope),
        changes,
        confirm.button().map(b -> words(TextKeys.button(confirm.name()), b)));
  }

  static View.Done done(
      DoneStep done, List<FormStep> forms, Optional<ProgramMessage> message, Scope scope) {
    List<View.Fact> facts = new ArrayList<>();
    for (FormStep form : forms) {
      answered(form, scope.known())
          .forEach(field ->
              facts.add(
                  new View.Fact(
                      label(form, field), shown(form, field, answer(scope.known(), field)))));
    }
    return new View.Done(
        words(TextKeys.title(done.name()), done.title(), scope),
        done.text().map(t -> words(TextKeys.text(done.name()), t, scope)),
        facts,
        message);
  }

  private static Stream<Field> answered(FormStep form, Known known) {
    return form.fields().stream().filter(f -> known.answers().containsKey(f.name()));
  }

  private static Answer answer(Known known, Field field) {
    return known.answers().getOrDefault(field.name(), Answer.of(""));
  }

  private static Words label(FormStep form, Field field) {
    return words(TextKeys.label(form.name(), field.name()), field.label());
  }

  private static View.Shown shown(FormStep form, Field field, Answer answer) {
    if (answer.value().isEmpty()) {
      return new View.Shown.Nothing();
    }
    return switch (field.type()) {
      case FieldType.Checkbox() -> new View.Shown.YesNo(answer.value().equals("yes"));
      case FieldType.Password _ -> new View.Shown.Hidden();
      case FieldType.WholeNumber _ -> number(answer.value(), 0);
      case FieldType.Amount(int decimals, _, _) -> number(answer.value(), decimals);
      case FieldType.Date _ -> day(answer.value());
      case FieldType.Choice(Choices choices) -> chosen(form, field, choices, answer);
      case FieldType.Many(Choices choices, _, _) -> chosen(form, field, choices, answer);
      case FieldType.Pic _,
          FieldType.Text _,
          FieldType.Email _,
          FieldType.TextArea _,
          FieldType.File _ ->
          new View.Shown.Plain(answer.label());
    };
  }

  private static View.Shown chosen(FormStep form, Field field, Choices choices, Answer answer) {
    List<Words> labels = new ArrayList<>();
    for (int i = 0; i < answer.values().size(); i++) {
      String value = answer.values().get(i);
      labels.add(
          choices instanceof Choices.Fixed(var fixed)
              ? fixed.stream()
                  .filter(c -> c.value().equals(value))
                  .map(c -> words(TextKeys.choice(form.name(), field.name(), value), c.label()))
                  .findFirst()
                  .orElseGet(() -> words("", value))
              : words("", answer.labels().get(i)));
    }
    return new View.Shown.Chosen(labels);
  }

  /**
   * With the decimals of the field, so that what holds and what will hold are seen to be the same.
   * A program may have printed more of them, or no number.
   */
  private static View.Shown number(String text, int decimals) {
    Optional<BigDecimal> number = CanonicalForm.number(text);
    if (number.isEmpty()) {
      return new View.Shown.Plain(text);
    }
    BigDecimal bare = number.get().stripTrailingZeros();
    return new View.Shown.Decimal(bare.scale() > decimals ? bare : bare.setScale(decimals));
  }

  private static View.Shown day(String text) {
    return CanonicalForm.date(text).isPresent()
        ? new View.Shown.Day(text)
        : new View.Shown.Plain(text);
  }

  private static View.FieldView field(
      FormStep form, Field field, List<Offer> offers, Map<String, List<String>> values) {
    return new View.FieldView(
        field.name(),
        label(form, field),
        field.hint().map(h -> words(TextKeys.hint(form.name(), field.name()), h)),
        field.required(),
        control(form, field, offers),
        shownValues(field.type(), values.getOrDefault(field.name(), List.of())));
  }

  private static List<String> shownValues(FieldType type, List<String> values) {
    return switch (type) {
      case FieldType.Password _, FieldType.File _ -> List.of();
      case FieldType.Checkbox _ -> values.contains("yes") ? List.of("yes") : List.of();
      default -> values.stream().filter(v -> !v.isEmpty()).toList();
    };
  }

  private static View.Control control(FormStep form, Field field, List<Offer> offers) {
    return switch (field.type()) {
      case FieldType.Choice(Choices choices) ->
          new View.Control.One(options(form, field, choices, offers));
      case FieldType.Many(Choices choices, _, _) ->
          new View.Control.Many(options(form, field, choices, offers));
      case FieldType.Checkbox() -> new View.Control.Checkbox();
      case FieldType.Password(int maxLength, _) -> new View.Control.Secret(maxLength);
      case FieldType.TextArea(int maxLength, _, int rows) ->
          new View.Control.Lines(maxLength, rows);
      case FieldType.File(int maxBytes, var kinds) -> new View.Control.Upload(maxBytes, kinds);
      case FieldType type -> new View.Control.Line(TypedValue.maxLength(type), keypad(type));
    };
  }

  private static List<View.Option> options(
      FormStep form, Field field, Choices choices, List<Offer> offers) {
    boolean fixed = choices instanceof Choices.Fixed;
    return offers.stream()
        .filter(o -> o.field().equals(Optional.of(field.name())))
        .map(o ->
            new View.Option(
                o.handle(),
                words(
                    fixed ? TextKeys.choice(form.name(), field.name(), o.value()) : "", o.label())))
        .toList();
  }

  private static View.Keypad keypad(FieldType type) {
    return switch (type) {
      case FieldType.Pic(var picture) when picture.kind() == Picture.Kind.CODE ->
          View.Keypad.DIGITS;
      case FieldType.WholeNumber _, FieldType.Amount _ -> View.Keypad.DECIMAL;
      case FieldType.Date _ -> View.Keypad.DATE;
      case FieldType.Email _ -> View.Keypad.EMAIL;
      default -> View.Keypad.TEXT;
    };
  }
}
