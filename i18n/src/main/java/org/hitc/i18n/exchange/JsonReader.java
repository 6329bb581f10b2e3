package org.hitc.i18n.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one value of JSON (RFC 8259), strictly: no name twice, nothing behind it. */
final class JsonReader {
  private static final int DEEPEST = 16;
  private static final Pattern WORD =
      Pattern.compile("true|false|null|-?(?:0|[1-9][0-9]{0,30})(?:\\.[0-9]{1,30})?");

  private final String text;
  private int at;
  private int line = 1;

  private JsonReader(String text) {
    this.text = text;
  }

  static Json read(String text) throws NotReadableException {
    JsonReader reader = new JsonReader(text);
    Json value = reader.value(0);
    reader.blanks();
    if (reader.at < text.length()) {
      throw reader.wrong("goes on behind its end");
    }
    return value;
  }

  private NotReadableException wrong(String words) {
    return new NotReadableException(line, "is no JSON: " + words);
  }

  private void blanks() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      line += text.charAt(at) == '\n' ? 1 : 0;
      at++;
    }
  }

  /** The next character that is no blank. */
  private char peek() throws NotReadableException {
    blanks();
    if (at == text.length()) {
      throw wrong("ends too early");
    }
    return text.charAt(at);
  }

  private boolean take(char c) throws NotReadableException {
    boolean there = peek() == c;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char c) throws NotReadableException {
    if (!take(c)) {
      throw wrong("a " + c + " is missing");
    }
  }

  private Json value(int depth) throws NotReadableException {
    if (depth > DEEPEST) {
      throw wrong("nested deeper than " + DEEPEST);
    }
    return switch (peek()) {
      case '{' -> fields(depth);
      case '[' -> array(depth);
      case '"' -> new Json.Text(string());
      default -> word();
    };
  }

  private Json fields(int depth) throws NotReadableException {
    int first = line;
    expect('{');
    Map<String, Json> byName = new LinkedHashMap<>();
    if (!take('}')) {
      do {
        if (peek() != '"') {
          throw wrong("a name stands in quotes");
        }
        String name = string();
        expect(':');
        if (byName.putIfAbsent(name, value(depth + 1)) != null) {
          throw wrong("a name stands twice");
        }
      } while (take(','));
      expect('}');
    }
    return new Json.Fields(first, byName);
  }

  private Json array(int depth) throws NotReadableException {
    expect('[');
    List<Json> items = new ArrayList<>();
    if (!take(']')) {
      do {
        items.add(value(depth + 1));
      } while (take(','));
      expect(']');
    }
    return new Json.Array(items);
  }

  private Json word() throws NotReadableException {
    Matcher word = WORD.matcher(text).region(at, text.length());
    if (!word.lookingAt()) {
      throw wrong("a value is missing");
    }
    at = word.end();
    return new Json.Word(word.group());
  }

  private String string() throws NotReadableException {
    StringBuilder value = new StringBuilder();
    at++;
    while (true) {
      char c = next();
      if (c == '"') {
        return value.toString();
      }
      if (c < ' ') {
        throw wrong("a control character in a text");
      }
      value.append(c == '\\' ? escaped() : c);
    }
  }

  private char next() throws NotReadableException {
    if (at == text.length()) {
      throw wrong("ends too early");
    }
    at++;
    return text.charAt(at - 1);
  }

  private char escaped() throws NotReadableException {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
          int digit = "0123456789abcdef".indexOf(Character.toLowerCase(next()));
          if (digit < 0) {
            throw wrong("\\u has four hexadecimal digits");
          }
          unit = unit * 16 + digit;
        }
        yield (char) unit;
      }
      default -> throw wrong("an unknown escape");
    };
  }
}
