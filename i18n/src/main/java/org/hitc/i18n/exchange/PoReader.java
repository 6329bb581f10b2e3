package org.hitc.i18n.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads PO, line by line. */
final class PoReader {
  private static final int QUOTES = 2;

  private final String[] lines;
  private final Intake intake = new Intake();
  private Optional<String> header = Optional.empty();
  private int at;

  PoReader(String text) {
    this.lines = text.split("\n", -1);
  }

  /** One entry as it is read. */
  private static final class Item {
    private final int line;
    private final List<String> notes = new ArrayList<>();
    private boolean fuzzy;
    private Optional<String> was = Optional.empty();
    private Optional<String> key = Optional.empty();
    private Optional<String> source = Optional.empty();
    private Optional<String> target = Optional.empty();

    Item(int line) {
      this.line = line;
    }
  }

  Exchange read() throws NotReadableException {
    while (at < lines.length) {
      if (lines[at].isBlank()) {
        at++;
      } else {
        item();
      }
    }
    String words = header.orElse("");
    return intake.done(field(words, PoWriter.SOURCE_LANGUAGE), field(words, PoWriter.LANGUAGE));
  }

  private static String field(String header, String name) {
    return header
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).strip().replace('_', '-'))
        .findFirst()
        .orElse("");
  }

  /** Up to the next empty line, or to the end of its msgstr. */
  private void item() throws NotReadableException {
    Item item = new Item(at + 1);
    boolean comments = false;
    while (at < lines.length && !lines[at].isBlank() && item.target.isEmpty()) {
      String line = lines[at].strip();
      if (line.startsWith("#")) {
        comment(line, item);
        comments = true;
        at++;
      } else if (line.startsWith("msgctxt ")) {
        item.key = once(item.key, string("msgctxt "));
      } else if (line.startsWith("msgid ")) {
        item.source = once(item.source, string("msgid "));
      } else if (line.startsWith("msgstr ")) {
        item.target = Optional.of(string("msgstr "));
      } else {
        throw new NotReadableException(
            at + 1, "is none of msgctxt, msgid, msgstr and comments; plurals are ICU's");
      }
    }
    if (item.source.isPresent() && item.target.isPresent()) {
      add(item, item.source.get(), item.target.get());
    } else if (item.source.isPresent() || item.key.isPresent() || !comments) {
      throw new NotReadableException(item.line, "a message without msgid or msgstr");
    }
  }

  private Optional<String> once(Optional<String> before, String now) throws NotReadableException {
    if (before.isPresent()) {
      throw new NotReadableException(at, "a message without msgstr");
    }
    return Optional.of(now);
  }

  private void add(Item item, String source, String target) throws NotReadableException {
    if (item.key.isEmpty() && source.isEmpty()) {
      if (header.isPresent()) {
        throw new NotReadableException(item.line, "a second header");
      }
      header = Optional.of(target);
      return;
    }
    intake.add(item.line, item.key.orElse(""), source, target, !item.fuzzy, item.was, item.notes);
  }

  private void comment(String line, Item item) throws NotReadableException {
    if (line.startsWith("#. ")) {
      item.notes.add(line.substring(3));
    } else if (line.startsWith("#,")) {
      item.fuzzy |= List.of(line.substring(2).split("[, ]+", -1)).contains("fuzzy");
    } else if (line.startsWith("#| msgid ")) {
      item.was = Optional.of(unquoted(line.substring("#| msgid ".length()).strip()));
    } else if (line.startsWith("#| \"")) {
      item.was = Optional.of(item.was.orElse("") + unquoted(line.substring(3).strip()));
    }
    // Other comments belong to the translator, or are of messages that are gone.
  }

  /** The string behind this word, with those in the lines below. */
  private String string(String word) throws NotReadableException {
    StringBuilder text =
        new StringBuilder(unquoted(lines[at].strip().substring(word.length()).strip()));
    at++;
    while (at < lines.length && lines[at].strip().startsWith("\"")) {
      text.append(unquoted(lines[at].strip()));
      at++;
    }
    return text.toString();
  }

  private String unquoted(String string) throws NotReadableException {
    if (string.length() < QUOTES || !string.startsWith("\"") || !string.endsWith("\"")) {
      throw new NotReadableException(at + 1, "a text stands in quotes");
    }
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < string.length() - 1; i++) {
      char c = string.charAt(i);
      if (c == '"') {
        throw new NotReadableException(at + 1, "a quote in a text is written \\\"");
      }
      if (c == '\\') {
        i++;
        text.append(escaped(i < string.length() - 1 ? string.charAt(i) : ' '));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private char escaped(char c) throws NotReadableException {
    return switch (c) {
      case 'n' -> '\n';
      case '"', '\\' -> c;
      default -> throw new NotReadableException(at + 1, "an escape is one of \\n \\\" \\\\");
    };
  }
}
