package org.hitc.workflow.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.workflow.model.Choices;
import org.hitc.workflow.model.DoneStep;
import org.hitc.workflow.model.Field;
import org.hitc.workflow.model.FieldType;
import org.hitc.workflow.model.FormStep;
import org.hitc.workflow.model.Reference;
import org.hitc.workflow.model.Template;
import org.hitc.workflow.picture.Picture;

/** Makes views of steps. */
final class Draw {
  private Draw() {}

  static Words words(String key, Template template, Scope scope) {
    Map<String, String> arguments = new HashMap<>();
    for (Reference reference : template.references()) {
      arguments.put(reference.name(), scope.value(reference).orElse(""));
    }
    return new Words(key, template.render(r -> scope.value(r).orElse("")), arguments);
  }

  static Words words(String key, String text) {
    return new Words(key, text, Map.of());
  }

  /**
   * A form.
   *
   * @param values what its fields show, by name
   */
  static View.Form form(
      FormStep form,
      List<Offer> offers,
      Map<String, String> values,
      List<View.Problem> problems,
      Scope scope) {
    return new View.Form(
        words(form.name() + ".title", form.title(), scope),
        form.fields().stream().map(f -> field(form, f, offers, values)).toList(),
        form.button().map(b -> words(form.name() + ".button", b)),
        problems);
  }

  static View.Done done(DoneStep done, Scope scope) {
    return new View.Done(
        words(done.name() + ".title", done.title(), scope),
        done.text().map(t -> words(done.name() + ".text", t, scope)));
  }

  private static View.FieldView field(
      FormStep form, Field field, List<Offer> offers, Map<String, String> values) {
    String key = form.name() + "." + field.name();
    boolean secret = field.type() instanceof FieldType.Password;
    String value = secret ? "" : values.getOrDefault(field.name(), "");
    boolean unticked = field.type() instanceof FieldType.Checkbox && !value.equals("yes");
    return new View.FieldView(
        field.name(),
        words(key + ".label", field.label()),
        field.hint().map(h -> words(key + ".hint", h)),
        field.required(),
        control(key, field, offers),
        value.isEmpty() || unticked ? List.of() : List.of(value));
  }

  private static View.Control control(String key, Field field, List<Offer> offers) {
    return switch (field.type()) {
      case FieldType.Choice(Choices choices) ->
          new View.Control.One(
              offers.stream()
                  .filter(o -> o.field().equals(Optional.of(field.name())))
                  .map(o -> option(key, o, choices instanceof Choices.Fixed))
                  .toList());
      case FieldType.Checkbox() -> new View.Control.Checkbox();
      case FieldType.Password(int maxLength, _) -> new View.Control.Secret(maxLength);
      case FieldType type -> new View.Control.Line(TypedValue.maxLength(type), keypad(type));
    };
  }

  private static View.Option option(String key, Offer offer, boolean fixed) {
    String optionKey = fixed ? key + ".choices." + offer.value() : "";
    return new View.Option(offer.handle(), words(optionKey, offer.label()));
  }

  private static View.Keypad keypad(FieldType type) {
    return switch (type) {
      case FieldType.Pic(var picture) when picture.kind() == Picture.Kind.CODE ->
          View.Keypad.DIGITS;
      case FieldType.WholeNumber _, FieldType.Amount _ -> View.Keypad.DECIMAL;
      case FieldType.Email _ -> View.Keypad.EMAIL;
      default -> View.Keypad.TEXT;
    };
  }
}
