package org.hitc.listener.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.listener.audit.AuditRecord.Value;

/**
 * Reads the one JSON that {@link Json} writes: a flat object of texts, whole numbers, flags and
 * lists of texts, without white space. Anything else is no record.
 */
final class RecordReader {
  private final String json;
  private int at;

  private RecordReader(String json) {
    this.json = json;
  }

  /**
   * The record of a line.
   *
   * @param bytes without the line end
   * @return nothing when the line is not whole
   */
  static Optional<AuditRecord> read(byte[] bytes) {
    Optional<Line> line = Line.read(bytes);
    if (line.isEmpty()) {
      return Optional.empty();
    }
    try {
      Map<String, Value> fields = new RecordReader(new String(bytes, ISO_8859_1)).object();
      String event = fields.remove("event") instanceof Value.Text(String text) ? text : "";
      List.of("n", "prev", "at", "sha256").forEach(fields::remove);
      return Optional.of(new AuditRecord(line.get().number(), line.get().at(), event, fields));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private Map<String, Value> object() {
    Map<String, Value> fields = new LinkedHashMap<>();
    expect('{');
    do {
      String name = text();
      expect(':');
      if (fields.put(name, value()) != null) {
        throw new IllegalArgumentException("a field twice: " + name);
      }
    } while (next(','));
    expect('}');
    if (at != json.length()) {
      throw new IllegalArgumentException("something follows the object");
    }
    return fields;
  }

  private Value value() {
    if (peek() == '"') {
      return new Value.Text(text());
    }
    if (next('[')) {
      return new Value.Texts(texts());
    }
    if (json.startsWith("true", at)) {
      at += 4;
      return new Value.Flag(true);
    }
    if (json.startsWith("false", at)) {
      at += 5;
      return new Value.Flag(false);
    }
    int start = at;
    at += peek() == '-' ? 1 : 0;
    while (at < json.length() && json.charAt(at) >= '0' && json.charAt(at) <= '9') {
      at++;
    }
    return new Value.Whole(Long.parseLong(json, start, at, 10));
  }

  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    if (next(']')) {
      return texts;
    }
    do {
      texts.add(text());
    } while (next(','));
    expect(']');
    return texts;
  }

  private String text() {
    expect('"');
    StringBuilder text = new StringBuilder();
    for (char c = take(); c != '"'; c = take()) {
      text.append(c == '\\' ? escaped() : c);
    }
    return text.toString();
  }

  private char escaped() {
    char c = take();
    if (c != 'u') {
      return c;
    }
    if (at + 4 > json.length()) {
      throw new IllegalArgumentException("the object does not end");
    }
    at += 4;
    return (char) Integer.parseInt(json, at - 4, at, 16);
  }

  private char peek() {
    if (at == json.length()) {
      throw new IllegalArgumentException("the object does not end");
    }
    return json.charAt(at);
  }

  private char take() {
    char c = peek();
    at++;
    return c;
  }

  private boolean next(char c) {
    boolean there = peek() == c;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char c) {
    if (take() != c) {
      throw new IllegalArgumentException("expected " + c);
    }
  }
}
