package org.hitc.i18n.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Messages in JSON: a list of objects with key, source, target, state, was, notes. */
final class JsonFormat {
  private static final int VISIBLE = 0x20;

  private JsonFormat() {}

  static String write(Exchange exchange) {
    StringBuilder out = new StringBuilder("{\n");
    out.append("  \"source\": ").append(quoted(exchange.source())).append(",\n");
    out.append("  \"target\": ").append(quoted(exchange.target())).append(",\n");
    out.append("  \"messages\": [");
    String separator = "\n";
    for (Unit unit : exchange.units()) {
      out.append(separator).append("    {\n");
      field(out, "key", unit.key());
      field(out, "source", unit.source());
      unit.target().ifPresent(target -> field(out, "target", target));
      unit.was().ifPresent(was -> field(out, "was", was));
      if (!unit.notes().isEmpty()) {
        List<String> notes = unit.notes().stream().map(JsonFormat::quoted).toList();
        out.append("      \"notes\": [").append(String.join(", ", notes)).append("],\n");
      }
      out.append("      \"state\": ").append(quoted(name(unit.state()))).append("\n    }");
      separator = ",\n";
    }
    return out.append("\n  ]\n}\n").toString();
  }

  private static String name(Unit.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static void field(StringBuilder out, String name, String value) {
    out.append("      ").append(quoted(name)).append(": ").append(quoted(value)).append(",\n");
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c == '\n') {
        out.append("\\n");
      } else if (c < VISIBLE) {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  static Exchange read(String text) throws NotReadableException {
    if (!(JsonReader.read(text) instanceof Json.Fields file)) {
      throw new NotReadableException(1, "is no object with source, target and messages");
    }
    if (!(file.byName().get("messages") instanceof Json.Array(List<Json> messages))) {
      throw new NotReadableException(file.line(), "has no list of messages");
    }
    Intake intake = new Intake();
    for (Json message : messages) {
      if (!(message instanceof Json.Fields fields)) {
        throw new NotReadableException(file.line(), "has a message that is no object");
      }
      unit(fields, intake);
    }
    return intake.done(text(file, "source").orElse(""), text(file, "target").orElse(""));
  }

  private static void unit(Json.Fields fields, Intake intake) throws NotReadableException {
    Map<String, Json> byName = fields.byName();
    List<String> notes = new ArrayList<>();
    if (byName.get("notes") instanceof Json.Array(List<Json> items)) {
      for (Json item : items) {
        if (!(item instanceof Json.Text(String note))) {
          throw new NotReadableException(fields.line(), "a note is a text");
        }
        notes.add(note);
      }
    } else if (byName.containsKey("notes")) {
      throw new NotReadableException(fields.line(), "notes is a list");
    }
    String state = text(fields, "state").orElse(name(Unit.State.TRANSLATED));
    if (List.of(Unit.State.values()).stream().noneMatch(known -> name(known).equals(state))) {
      throw new NotReadableException(fields.line(), "a state is missing, stale or translated");
    }
    Optional<String> source = text(fields, "source");
    if (source.isEmpty()) {
      throw new NotReadableException(fields.line(), "a message has no source");
    }
    intake.add(
        fields.line(),
        text(fields, "key").orElse(""),
        source.get(),
        text(fields, "target").orElse(""),
        state.equals(name(Unit.State.TRANSLATED)),
        text(fields, "was"),
        notes);
  }

  private static Optional<String> text(Json.Fields fields, String name)
      throws NotReadableException {
    Json value = fields.byName().get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Json.Text(String text)) {
      return Optional.of(text);
    }
    throw new NotReadableException(fields.line(), name + " is a text");
  }
}
