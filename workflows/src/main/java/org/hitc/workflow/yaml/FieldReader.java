package org.hitc.workflow.yaml;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hitc.workflow.model.Choices;
import org.hitc.workflow.model.Field;
import org.hitc.workflow.model.FieldType;
import org.hitc.workflow.model.Names;
import org.hitc.workflow.model.Template;
import org.hitc.workflow.picture.Picture;

/** Reads the fields of a form. */
final class FieldReader {
  private static final Set<String> TYPES =
      Set.of(
          "text",
          "number",
          "amount",
          "date",
          "choice",
          "many",
          "checkbox",
          "email",
          "textarea",
          "password",
          "file");
  private static final int DEFAULT_LENGTH = 80;
  private static final int MAX_LENGTH = 2_000;
  private static final int MAX_CHOSEN = 100;
  private static final int DEFAULT_ROWS = 5;
  private static final int MAX_ROWS = 40;

  /** What still passes the hole with all that stands around it. */
  private static final long MAX_FILE = 512L << 10;

  private final Draft draft;
  private final int index;

  FieldReader(Draft draft, int index) {
    this.draft = draft;
    this.index = index;
  }

  Optional<Field> read(YamlMap fields, String name) {
    Optional<YamlMap> found = fields.map(name);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    YamlMap map = found.get();
    if (!Names.isName(name)) {
      draft.name(new YamlText(fields.placeOf(name), name), "a field");
      return Optional.empty();
    }
    draft.field(name, fields.placeOf(name));
    map.only(
        "label",
        "hint",
        "required",
        "default",
        "may_start_with_dash",
        "pic",
        "type",
        "choices",
        "max_length",
        "max_bytes",
        "min",
        "max",
        "decimals",
        "rows",
        "max_size",
        "kinds");
    map.require("label");
    Optional<String> label = map.text("label").map(YamlText::value);
    Optional<String> hint = map.text("hint").map(YamlText::value);
    boolean required = map.bool("required").orElse(true);
    Optional<Template> initial =
        map.text("default").flatMap(t -> draft.template(t, index, Draft.Use.TEXT));
    boolean dash = map.bool("may_start_with_dash").orElse(false);
    Optional<FieldType> type = type(map, name);
    if (type.orElse(null) instanceof FieldType.Password && initial.isPresent()) {
      draft
          .problems()
          .add(
              map.placeOf("default"),
              "SECRET_USE",
              "a password has no default",
              "remove the default");
    }
    return label.flatMap(l -> type.map(t -> new Field(name, l, hint, t, required, initial, dash)));
  }

  private Optional<FieldType> type(YamlMap map, String name) {
    List<String> kinds = List.of("pic", "choices", "type").stream().filter(map::has).toList();
    if (kinds.contains("pic") && kinds.size() > 1) {
      draft
          .problems()
          .add(map.placeOf("pic"), "FIELD_KIND", "a pic is a type by itself", "remove one of them");
      return Optional.empty();
    }
    if (map.has("pic")) {
      onlyFor(map, "a pic", "pic");
      return pic(map);
    }
    String type = map.oneOf("type", TYPES).orElse(map.has("choices") ? "choice" : "text");
    return switch (type) {
      case "text" -> {
        onlyFor(map, "type: " + type, "type", "max_length", "max_bytes");
        int length = length(map);
        yield Optional.of(new FieldType.Text(length, bytes(map, length)));
      }
      case "password" -> {
        onlyFor(map, "type: " + type, "type", "max_length", "max_bytes");
        int length = length(map);
        yield Optional.of(new FieldType.Password(length, bytes(map, length)));
      }
      case "number" -> {
        onlyFor(map, "type: " + type, "type", "min", "max");
        yield Optional.of(
            new FieldType.WholeNumber(decimal(map, "min", 0), decimal(map, "max", 0)));
      }
      case "amount" -> {
        onlyFor(map, "type: " + type, "type", "min", "max", "decimals");
        int decimals = map.integer("decimals", 0, 9).orElse(2);
        yield Optional.of(
            new FieldType.Amount(
                decimals, decimal(map, "min", decimals), decimal(map, "max", decimals)));
      }
      case "date" -> {
        onlyFor(map, "type: " + type, "type", "min", "max");
        yield Optional.of(new FieldType.Date(day(map, "min"), day(map, "max")));
      }
      case "email" -> {
        onlyFor(map, "type: " + type, "type");
        yield Optional.of(new FieldType.Email());
      }
      case "checkbox" -> {
        onlyFor(map, "type: " + type, "type");
        yield Optional.of(new FieldType.Checkbox());
      }
      case "choice" -> {
        onlyFor(map, "type: " + type, "type", "choices");
        map.require("choices");
        yield choices(map, name).map(FieldType.Choice::new);
      }
      case "many" -> {
        onlyFor(map, "type: " + type, "type", "choices", "min", "max");
        map.require("choices");
        boolean required = map.bool("required").orElse(true);
        int min = map.integer("min", 0, MAX_CHOSEN).orElse(required ? 1 : 0);
        int max = map.integer("max", 1, MAX_CHOSEN).orElse(MAX_CHOSEN);
        if (min > max) {
          draft
              .problems()
              .add(map.placeOf("min"), Idents.VALUE_FORM, "min is more than max", "exchange them");
        }
        yield choices(map, name).map(c -> new FieldType.Many(c, min, max));
      }
      case "textarea" -> {
        onlyFor(map, "type: " + type, "type", "max_length", "max_bytes", "rows");
        int length = length(map);
        int rows = map.integer("rows", 2, MAX_ROWS).orElse(DEFAULT_ROWS);
        yield Optional.of(new FieldType.TextArea(length, bytes(map, length), rows));
      }
      default -> file(map);
    };
  }

  private Optional<FieldType> file(YamlMap map) {
    onlyFor(map, "type: file", "type", "max_size", "kinds");
    Optional<Long> size = map.bytes("max_size");
    if (size.filter(s -> s > MAX_FILE).isPresent()) {
      draft
          .problems()
          .add(
              map.placeOf("max_size"),
              Idents.VALUE_FORM,
              "a file larger than 512KiB cannot pass the hole",
              "at most 512KiB");
    }
    List<String> kinds = new ArrayList<>();
    for (YamlText kind : map.texts("kinds")) {
      if (kind.value().matches("[a-z0-9]{1,10}")) {
        kinds.add(kind.value());
      } else {
        draft
            .problems()
            .add(
                kind.place(),
                Idents.VALUE_FORM,
                "'" + kind.value() + "' is not the ending of a file's name",
                "such as csv, without the dot");
      }
    }
    return Optional.of(
        new FieldType.File(Math.toIntExact(Math.min(MAX_FILE, size.orElse(MAX_FILE))), kinds));
  }

  /** Keys that say more about one type mean nothing beside the others. */
  private static void onlyFor(YamlMap map, String what, String... more) {
    List<String> known =
        new ArrayList<>(List.of("label", "hint", "required", "default", "may_start_with_dash"));
    known.addAll(List.of(more));
    map.onlyBeside(what, known);
  }

  private Optional<FieldType> pic(YamlMap map) {
    Optional<Picture> picture = PictureReader.read(map);
    if (picture.filter(p -> p.kind() == Picture.Kind.NUMBER).isPresent()) {
      draft
          .problems()
          .add(
              map.placeOf("pic"),
              "FIELD_KIND",
              "people do not type edited pictures",
              "use type: number or type: amount");
      return Optional.empty();
    }
    return picture.map(FieldType.Pic::new);
  }

  private static int length(YamlMap map) {
    return map.integer("max_length", 1, MAX_LENGTH).orElse(DEFAULT_LENGTH);
  }

  private static int bytes(YamlMap map, int length) {
    return map.integer("max_bytes", 1, 4 * MAX_LENGTH).orElse(length);
  }

  private Optional<BigDecimal> decimal(YamlMap map, String key, int decimals) {
    Optional<YamlText> text = map.text(key);
    if (text.isPresent() && !text.get().value().matches("-?[0-9]{1,18}(\\.[0-9]{1,9})?")) {
      draft
          .problems()
          .add(text.get().place(), Idents.VALUE_FORM, "not a number", "such as 0, -5 or 1000.00");
      return Optional.empty();
    }
    return text.map(t -> new BigDecimal(t.value()))
        .filter(n -> n.scale() <= decimals || wrongScale(text.get(), decimals));
  }

  private boolean wrongScale(YamlText text, int decimals) {
    draft
        .problems()
        .add(
            text.place(),
            Idents.VALUE_FORM,
            "more than " + decimals + " decimals",
            "round it, or set decimals");
    return false;
  }

  private Optional<LocalDate> day(YamlMap map, String key) {
    return map.text(key)
        .flatMap(text -> {
          try {
            return Optional.of(LocalDate.parse(text.value()));
          } catch (DateTimeException _) {
            draft
                .problems()
                .add(text.place(), Idents.VALUE_FORM, "not a day", "such as 2026-11-23");
            return Optional.empty();
          }
        });
  }

  private Optional<Choices> choices(YamlMap map, String field) {
    return switch (map.value("choices").orElse(null)) {
      case null -> Optional.empty();
      case YamlList list -> fixed(list);
      case YamlMap source -> {
        source.only("rows", "value", "label", "program", "args", "stdin", "run_as");
        yield source.has("rows") ? rows(source, field) : program(source);
      }
      case YamlText text -> {
        draft
            .problems()
            .add(
                text.place(),
                Idents.VALUE_KIND,
                "'choices' has text where a list or a program is wanted",
                "such as [yes, no], { program: list_periods } or { rows: budget, value: object }");
        yield Optional.empty();
      }
    };
  }

  private Optional<Choices> rows(YamlMap source, String field) {
    source.onlyBeside("rows", List.of("rows", "value", "label"));
    source.require("value");
    draft.mark("rows." + field, source.placeOf("rows"));
    Optional<String> value = draft.name(source, "value");
    Optional<String> label = source.has("label") ? draft.name(source, "label") : value;
    return draft
        .name(source, "rows")
        .flatMap(rows -> value.flatMap(v -> label.map(l -> new Choices.FromRows(rows, v, l))));
  }

  private Optional<Choices> program(YamlMap source) {
    source.onlyBeside("program", List.of("program", "args", "stdin", "run_as"));
    source.require("program");
    return draft.call(source, "program", index).map(Choices.FromProgram::new);
  }

  private Optional<Choices> fixed(YamlList list) {
    List<Choices.Choice> choices = new ArrayList<>();
    Set<String> values = new HashSet<>();
    for (YamlValue item : list.items()) {
      Optional<Choices.Choice> choice =
          switch (item) {
            case YamlText text -> Optional.of(new Choices.Choice(text.value(), text.value()));
            case YamlMap map -> choice(map);
            case YamlList _ -> Optional.empty();
          };
      if (choice.isEmpty() || choice.get().value().isBlank() || !values.add(choice.get().value())) {
        draft
            .problems()
            .add(
                item.place(),
                "CHOICE_FORM",
                "not a choice, or the same value a second time",
                "such as yearly, or { value: yearly, label: Yearly report }");
      } else {
        choices.add(choice.get());
      }
    }
    if (choices.isEmpty()) {
      draft.problems().add(list.place(), Idents.VALUE_FORM, "no choice", "such as [yearly]");
      return Optional.empty();
    }
    return Optional.of(new Choices.Fixed(choices));
  }

  private static Optional<Choices.Choice> choice(YamlMap map) {
    map.only("value", "label");
    map.require("value", "label");
    return map.text("value")
        .flatMap(v -> map.text("label").map(l -> new Choices.Choice(v.value(), l.value())));
  }
}
