package org.hitc.workflow.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
    record Good(Map<String, Answer> answers, Secrets secrets) implements Read {}

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
      Event.Submit submit,
      InputReader input) {
    return new FormReader(form, offers, argumentFields, input).read(submit);
  }

  private Read read(Event.Submit submit) {
    Optional<Read> tampered = tampered(submit);
    if (tampered.isPresent()) {
      return tampered.get();
    }
    for (Field field : form.fields()) {
      List<String> sent = submit.values().getOrDefault(field.name(), List.of());
      switch (field.type()) {
        case FieldType.Choice _ -> choose(field, chosen(field, sent));
        case FieldType.Many(_, int min, int max) -> choose(field, chosen(field, sent), min, max);
        case FieldType.File(int maxBytes, var kinds) ->
            upload(field, Optional.ofNullable(submit.files().get(field.name())), maxBytes, kinds);
        default -> type(field, sent.stream().findFirst().orElse(""));
      }
    }
    return problems.isEmpty()
        ? new Read.Good(answers, new Secrets(secrets))
        : new Read.Bad(problems);
  }

  private Optional<Read> tampered(Event.Submit submit) {
    for (Map.Entry<String, List<String>> entry : submit.values().entrySet()) {
      Optional<Field> field = form.field(entry.getKey());
      if (field.isEmpty() || field.get().type() instanceof FieldType.File) {
        return tampered(Refusal.WF_FIELD, "form " + form.name() + " has no such field");
      }
      List<String> sent = entry.getValue();
      boolean many = field.get().type() instanceof FieldType.Many;
      if ((!many && sent.size() > 1) || new HashSet<>(sent).size() < sent.size()) {
        return tampered(Refusal.WF_COUNT, "field " + entry.getKey());
      }
      boolean offered = many || field.get().type() instanceof FieldType.Choice;
      List<String> handles = sent.stream().filter(h -> !h.isEmpty()).toList();
      if (offered && chosen(field.get(), handles).size() < handles.size()) {
        return tampered(Refusal.WF_CHOICE, "field " + entry.getKey());
      }
    }
    for (String name : submit.files().keySet()) {
      if (form.field(name).filter(f -> f.type() instanceof FieldType.File).isEmpty()) {
        return tampered(Refusal.WF_FIELD, "form " + form.name() + " takes no such file");
      }
    }
    return Optional.empty();
  }

  private static Optional<Read> tampered(Refusal why, String detail) {
    return Optional.of(new Read.Tampered(why, detail));
  }

  /** The offers of a field that these handles name, in the order of the page. */
  private List<Offer> chosen(Field field, List<String> handles) {
    return offers.stream()
        .filter(o -> o.field().equals(Optional.of(field.name())) && handles.contains(o.handle()))
        .toList();
  }

  private void choose(Field field, List<Offer> chosen) {
    if (chosen.isEmpty() && field.required()) {
      refuse(field, Fault.of(Refusal.ARG_REQUIRED));
    } else {
      accept(field, chosen.stream().findFirst().map(FormReader::answer).orElse(Answer.of("")));
    }
  }

  private void choose(Field field, List<Offer> chosen, int min, int max) {
    int most = Math.min(max, Math.toIntExact(offers.stream().filter(o -> isOf(o, field)).count()));
    if (chosen.size() < min || chosen.size() > most) {
      refuse(
          field,
          new Fault(
              Refusal.WF_COUNT,
              Map.of("min", new Argument.Count(min), "max", new Argument.Count(most))));
    } else {
      accept(
          field,
          new Answer(
              chosen.stream().map(Offer::value).toList(),
              chosen.stream().map(Offer::label).toList()));
    }
  }

  private static boolean isOf(Offer offer, Field field) {
    return offer.field().equals(Optional.of(field.name()));
  }

  private static Answer answer(Offer offer) {
    return Answer.of(offer.value(), offer.label());
  }

  private void upload(
      Field field, Optional<Event.UploadedFile> file, int maxBytes, List<String> kinds) {
    if (file.isEmpty()) {
      empty(field);
      return;
    }
    String name = Visible.of(Rules.normalise(file.get().name()));
    String lower = name.toLowerCase(java.util.Locale.ROOT);
    if (file.get().bytes() > maxBytes) {
      refuse(field, fileFault("size", maxBytes, kinds));
    } else if (!kinds.isEmpty() && kinds.stream().noneMatch(k -> lower.endsWith("." + k))) {
      refuse(field, fileFault("kind", maxBytes, kinds));
    } else {
      accept(field, Answer.of(file.get().path(), name));
    }
  }

  private static Fault fileFault(String expected, int maxBytes, List<String> kinds) {
    return new Fault(
        Refusal.ARG_FILE,
        Map.of(
            "expected", new Argument.Word(expected),
            "max", new Argument.Count(maxBytes / 1024),
            "kinds", new Argument.Word(String.join(", ", kinds))));
  }

  private void type(Field field, String raw) {
    boolean lines = field.type() instanceof FieldType.TextArea;
    String text = lines ? raw.replace("\r\n", "\n").stripTrailing() : raw;
    Optional<Fault> characters = Rules.characters(lines ? text.replace("\n", "") : text);
    if (characters.isPresent()) {
      refuse(field, characters.get());
      return;
    }
    boolean secret = field.type() instanceof FieldType.Password;
    String typed = secret || lines ? Rules.normalise(text) : strip(Rules.normalise(text));
    if (typed.isEmpty()) {
      empty(field);
      return;
    }
    switch (TypedValue.check(field.type(), typed, input)) {
      case TypedValue.Result.Bad(Fault fault) -> refuse(field, fault);
      case TypedValue.Result.Good(String value) when secret -> secrets.put(field.name(), value);
      case TypedValue.Result.Good(String value) -> accept(field, Answer.of(value));
    }
  }

  private void empty(Field field) {
    if (field.type() instanceof FieldType.Checkbox) {
      accept(field, Answer.of("no"));
    } else if (field.required()) {
      refuse(field, Fault.of(Refusal.ARG_REQUIRED));
    } else if (field.type() instanceof FieldType.Password) {
      secrets.put(field.name(), "");
    } else {
      accept(field, Answer.of(""));
    }
  }

  private void accept(Field field, Answer answer) {
    Optional<Fault> option =
        argumentFields.contains(field.name()) && !field.mayStartWithDash()
            ? answer.values().stream().flatMap(v -> Rules.notLikeAnOption(v).stream()).findFirst()
            : Optional.empty();
    if (option.isPresent()) {
      refuse(field, option.get());
    } else {
      answers.put(field.name(), answer);
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
