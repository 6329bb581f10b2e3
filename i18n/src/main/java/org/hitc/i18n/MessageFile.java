package org.hitc.i18n;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reader of {@code messages_<tag>.properties}: UTF-8, {@code key = value}, comments with {@code #},
 * a backslash at the end of a line continues it; a backslash and n is a new line, and u with four
 * hexadecimal digits a UTF-16 unit; before a blank or another backslash it means that. Stricter
 * than {@link java.util.Properties}: whatever is not exactly this is a problem, and all problems
 * are found at once.
 */
public final class MessageFile {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*");

  private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9A-Fa-f]{4}|.|$)");

  private final String name;
  private final List<Problem> problems;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, Integer> lineOfKey = new HashMap<>();
  private final List<Comment> comments = new ArrayList<>();

  /** One line of a comment, without its sign. */
  record Comment(int line, String words) {}

  private MessageFile(String name, List<Problem> problems) {
    this.name = name;
    this.problems = problems;
  }

  /**
   * Its entries, in order.
   *
   * @param name how a report calls the file
   * @param problems takes what is wrong with it
   */
  public static List<Entry> read(String name, byte[] bytes, List<Problem> problems) {
    MessageFile file = new MessageFile(name, problems);
    if (bytes.length > Limits.FILE_BYTES) {
      file.problem(Rule.L16, 0, "is larger than " + (Limits.FILE_BYTES >> 20) + " MiB");
      return List.of();
    }
    file.readLines(file.decode(bytes));
    return List.copyOf(file.entries);
  }

  /** Whether a message may have this key. */
  public static boolean isKey(String key) {
    return key.length() <= Limits.KEY_CHARACTERS && KEY.matcher(key).matches();
  }

  private void problem(int line, String words) {
    problem(Rule.L01, line, words);
  }

  private void problem(Rule rule, int line, String words) {
    problems.add(new Problem(name, line, rule, "", words));
  }

  /**
   * A value as a file has it behind {@code key = }: on one line, and such that an editor that takes
   * blanks away at the ends of lines takes none of the value.
   */
  public static String escape(String value) {
    StringBuilder out = new StringBuilder(value.length());
    int last = value.length() - 1;
    for (int i = 0; i <= last; i++) {
      char c = value.charAt(i);
      if (c == '\n') {
        out.append("\\n");
      } else if (c == '\\') {
        out.append("\\\\");
      } else if ((i == 0 || i == last) && Character.isWhitespace(c)) {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /**
   * A value from what {@link #escape} made of it.
   *
   * @return empty when it has an escape or a character that a message file may not have
   */
  public static Optional<String> unescape(String text) {
    MessageFile file = new MessageFile("", new ArrayList<>());
    return file.unescape(1, text);
  }

  /** Lines without their ends; one that cannot be decoded is reported and left empty. */
  private List<String> decode(byte[] bytes) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int at = 0; at <= bytes.length; at++) {
      if (at == bytes.length || bytes[at] == '\n') {
        int end = at > start && bytes[at - 1] == '\r' ? at - 1 : at;
        lines.add(decodeLine(lines.size() + 1, ByteBuffer.wrap(bytes, start, end - start)));
        start = at + 1;
      }
    }
    return lines;
  }

  private String decodeLine(int line, ByteBuffer bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      text.codePoints()
          .filter(Characters::forbidden)
          .findFirst()
          .ifPresent(c -> problem(Rule.L11, line, "has the character " + Characters.name(c)));
      return text;
    } catch (CharacterCodingException _) {
      problem(line, "is not UTF-8");
      return "";
    }
  }

  private void readLines(List<String> lines) {
    int at = 0;
    while (at < lines.size()) {
      int number = at + 1;
      String line = lines.get(at).stripLeading();
      at++;
      if (line.startsWith("#")) {
        comments.add(new Comment(number, line.substring(1).strip()));
      } else if (line.isEmpty()) {
        detachComments();
      } else {
        StringBuilder whole = new StringBuilder(line);
        while (continues(whole) && at < lines.size()) {
          whole.setLength(whole.length() - 1);
          whole.append(lines.get(at).stripLeading());
          at++;
        }
        entry(number, whole.toString());
        comments.clear();
      }
    }
    detachComments();
  }

  /** Whether the value goes on in the next line. */
  public static boolean continues(CharSequence line) {
    int backslashes = 0;
    while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  /** A comment with a blank line below it is about the file; then it says nothing of a message. */
  private void detachComments() {
    for (Comment comment : comments) {
      if (comment.words().startsWith("@")) {
        problem(comment.line(), comment.words() + " stands above no message");
      }
    }
    comments.clear();
  }

  private void entry(int line, String text) {
    int equals = text.indexOf('=');
    String key = equals < 0 ? "" : text.substring(0, equals).strip();
    if (equals < 0) {
      problem(line, "is neither a comment nor key = value");
    } else if (!isKey(key)) {
      problem(line, "a key consists of letters, digits, _ and -, in parts joined by dots");
    } else if (lineOfKey.containsKey(key)) {
      problem(line, key + " stands in line " + lineOfKey.get(key) + " already");
    } else if (entries.size() == Limits.FILE_KEYS) {
      problem(Rule.L16, line, "the file has more than " + Limits.FILE_KEYS + " keys");
    } else {
      lineOfKey.put(key, line);
      Metadata metadata = MetadataReader.read(comments, this::problem);
      unescape(line, text.substring(equals + 1).stripLeading())
          .ifPresent(value -> add(new Entry(key, value, line, metadata)));
    }
  }

  private void add(Entry entry) {
    if (entry.value().isBlank()) {
      if (!entry.metadata().origin().missing()) {
        problem(entry.line(), entry.key() + " has no words; leave it out instead");
      }
    } else if (entry.value().length() > Limits.PATTERN_CHARACTERS) {
      problem(
          Rule.L16,
          entry.line(),
          entry.key() + " is longer than " + Limits.PATTERN_CHARACTERS + " characters");
    } else if (!Normalizer.isNormalized(entry.value(), Normalizer.Form.NFC)) {
      problem(entry.line(), entry.key() + " is not in Unicode normalization form C");
    } else {
      entries.add(entry);
    }
  }

  private Optional<String> unescape(int line, String text) {
    StringBuilder value = new StringBuilder(text.length());
    Matcher escape = ESCAPE.matcher(text);
    int from = 0;
    while (escape.find()) {
      value.append(text, from, escape.start());
      from = escape.end();
      switch (escape.group(1)) {
        case "n" -> value.append('\n');
        case "\\", " " -> value.append(escape.group(1));
        case String unit when unit.length() == 5 -> value.append(utf16(unit));
        default -> {
          problem(line, escape.group() + " is not an escape");
          return Optional.empty();
        }
      }
    }
    value.append(text, from, text.length());
    return from == 0 ? Optional.of(text) : allowed(line, value.toString());
  }

  private static char utf16(String unit) {
    return (char) Integer.parseInt(unit, 1, unit.length(), 16);
  }

  /** An escape could bring in what the line itself may not contain. */
  private Optional<String> allowed(int line, String value) {
    var forbidden =
        value.codePoints().filter(c -> c != '\n' && Characters.forbidden(c)).findFirst();
    if (forbidden.isPresent()) {
      problem(Rule.L11, line, "has the character " + Characters.name(forbidden.getAsInt()));
      return Optional.empty();
    }
    return Optional.of(value);
  }
}
