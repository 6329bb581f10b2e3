package org.hitc.workflow.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hitc.channel.Refusal;
import org.hitc.workflow.model.Field;
import org.hitc.workflow.model.FieldType;
import org.hitc.workflow.model.FormStep;

/** Reads a submitted form: every field or nothing. */
final class FormReader {

  /** What became of a form. */
  sealed interface Read {
    /** Every field is right; passwords stand apart. */
    record Good(Map<String, Answer> answers, Map<String, String> secrets) implements Read {}

    /** To be shown again. */
    record Bad(List<View.Problem> problems) implements Read {}

    /** Not what the form can send. */
    record Tampered(Refusal why, String detail) implements Read {}
  }

  private final FormStep form;
  private final List<Offer> offers;
  private final Set<String> argumentFields;
  private final InputReader input;
  private final Map<String, Answer> answers = new LinkedHashMap<>();
  private final Map<String, String> secrets = new HashMap<>();
  private final List<View.Problem> problems = new ArrayList<>();

  private FormReader(
      FormStep form, List<Offer> offers, Set<String> argumentFields, InputReader input) {
    this.form = form;
    this.offers = offers;
    this.argumentFields = argumentFields;
    this.input = input;
  }

  /**
   * Reads a form.
   *
   * @param offers what the page of this form offered
   * @param argumentFields fields whose values begin arguments
   */
  static Read read(
      FormStep form,
      List<Offer> offers,
      Set<String> argumentFields,
      Map<String, List<String>> values,
      InputReader input) {
    return new FormReader(form, offers, argumentFields, input).read(values);
  }

  private Read read(Map<String, List<String>> values) {
    for (Map.Entry<String, List<String>> entry : values.entrySet()) {
      if (form.field(entry.getKey()).isEmpty()) {
        return new Read.Tampered(Refusal.WF_FIELD, "form " + form.name() + " has no such field");
      }
      if (entry.getValue().size() > 1) {
        return new Read.Tampered(Refusal.WF_COUNT, "field " + entry.getKey());
      }
    }
    for (Field field : form.fields()) {
      String typed = values.getOrDefault(field.name(), List.of("")).stream().findFirst().orElse("");
      if (field.type() instanceof FieldType.Choice) {
        Optional<Offer> chosen = offers.stream().filter(o -> isChosen(o, field, typed)).findFirst();
        if (chosen.isEmpty() && !typed.isEmpty()) {
          return new Read.Tampered(Refusal.WF_CHOICE, "field " + field.name());
        }
        choose(field, chosen);
      } else {
        type(field, typed);
      }
    }
    return problems.isEmpty() ? new Read.Good(answers, secrets) : new Read.Bad(problems);
  }

  private static boolean isChosen(Offer offer, Field field, String handle) {
    return offer.handle().equals(handle) && offer.field().equals(Optional.of(field.name()));
  }

  private void choose(Field field, Optional<Offer> chosen) {
    if (chosen.isPresent()) {
      accept(field, chosen.get().value(), chosen.get().label());
    } else if (field.required()) {
      refuse(field, Fault.of(Refusal.ARG_REQUIRED));
    } else {
      accept(field, "", "");
    }
  }

  private void type(Field field, String raw) {
    Optional<Fault> characters = Rules.characters(raw);
    if (characters.isPresent()) {
      refuse(field, characters.get());
      return;
    }
    boolean secret = field.type() instanceof FieldType.Password;
    String typed = secret ? Rules.normalise(raw) : strip(Rules.normalise(raw));
    if (typed.isEmpty()) {
      empty(field);
      return;
    }
    switch (TypedValue.check(field.type(), typed, input)) {
      case TypedValue.Result.Bad(Fault fault) -> refuse(field, fault);
      case TypedValue.Result.Good(String value) when secret -> secrets.put(field.name(), value);
      case TypedValue.Result.Good(String value) -> accept(field, value, value);
    }
  }

  private void empty(Field field) {
    if (field.type() instanceof FieldType.Checkbox) {
      accept(field, "no", "no");
    } else if (field.required()) {
      refuse(field, Fault.of(Refusal.ARG_REQUIRED));
    } else if (field.type() instanceof FieldType.Password) {
      secrets.put(field.name(), "");
    } else {
      accept(field, "", "");
    }
  }

  private void accept(Field field, String value, String label) {
    Optional<Fault> option =
        argumentFields.contains(field.name()) && !field.mayStartWithDash()
            ? Rules.notLikeAnOption(value)
            : Optional.empty();
    if (option.isPresent()) {
      refuse(field, option.get());
    } else {
      answers.put(field.name(), new Answer(value, label));
    }
  }

  private void refuse(Field field, Fault fault) {
    problems.add(new View.Problem(field.name(), fault.why(), fault.arguments(), Optional.empty()));
  }

  /** Without the blanks of any kind at both ends. */
  private static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && Character.isSpaceChar(text.charAt(from))) {
      from++;
    }
    while (to > from && Character.isSpaceChar(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }
}
