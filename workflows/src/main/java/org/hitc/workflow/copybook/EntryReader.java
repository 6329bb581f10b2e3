package org.hitc.workflow.copybook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the clauses of one entry, which may stand in any order. */
final class EntryReader {
  static final int MAX_OCCURS = 1_000;

  private static final Set<String> CLAUSES =
      Set.of(
          "PIC",
          "PICTURE",
          "USAGE",
          "VALUE",
          "VALUES",
          "OCCURS",
          "SIGN",
          "LEADING",
          "TRAILING",
          "BLANK",
          "JUST",
          "JUSTIFIED",
          "SYNC",
          "SYNCHRONIZED",
          "GLOBAL",
          "EXTERNAL",
          "REDEFINES",
          "RENAMES",
          "DISPLAY",
          "IS");

  private static final Set<String> BINARY =
      Set.of(
          "COMP",
          "COMPUTATIONAL",
          "BINARY",
          "PACKED-DECIMAL",
          "POINTER",
          "INDEX",
          "NATIONAL",
          "DISPLAY-1",
          "PROCEDURE-POINTER",
          "FUNCTION-POINTER");

  private final List<Token> tokens;
  private final List<Mistake> mistakes;
  private int at;

  private Optional<Token> picture = Optional.empty();
  private int occurs = 1;
  private Optional<Entry.SignClause> sign = Optional.empty();
  private boolean blankWhenZero;

  /**
   * A reader.
   *
   * @param tokens of the entry, without its period; at least one
   */
  EntryReader(List<Token> tokens, List<Mistake> mistakes) {
    this.tokens = new ArrayList<>(tokens);
    this.mistakes = mistakes;
  }

  /** The entry; empty for what says nothing about the layout, and for what is no entry. */
  Optional<Entry> read() {
    Token start = tokens.get(at++);
    if (!start.text().matches("[0-9]{1,2}")) {
      notAnEntry(start);
      return Optional.empty();
    }
    int level = Integer.parseInt(start.text());
    if (level == 88) {
      return Optional.empty();
    }
    if ((level < 1 || level > 49) && level != 77) {
      unsupported(start, "level " + start.text(), "01 to 49, or 77");
      return Optional.empty();
    }
    Optional<Token> name = name();
    while (at < tokens.size()) {
      clause(tokens.get(at++));
    }
    return Optional.of(new Entry(level, start, name, picture, occurs, sign, blankWhenZero));
  }

  private void notAnEntry(Token start) {
    if (Set.of("COPY", "REPLACE", "EXEC", "++INCLUDE", "-INC").contains(start.word())) {
      unsupported(start, start.word(), "put the text itself in its place");
    } else {
      wrong(
          start,
          "an entry begins with a level number, not with " + start.text(),
          "such as 05 DESCR PIC X(24). Is there a period at the end of the entry above?");
    }
  }

  private Optional<Token> name() {
    if (at == tokens.size() || CLAUSES.contains(tokens.get(at).word()) || isBinary(at)) {
      return Optional.empty();
    }
    Token name = tokens.get(at++);
    return name.is("FILLER") ? Optional.empty() : Optional.of(name);
  }

  private void clause(Token word) {
    switch (word.word()) {
      case "IS", "GLOBAL", "EXTERNAL", "DISPLAY" -> {}
      case "PIC", "PICTURE" -> picture(word);
      case "USAGE" -> usage(word);
      case "VALUE", "VALUES" -> value();
      case "OCCURS" -> occurs(word);
      case "SIGN" -> {
        skip("IS");
        if (!peek("LEADING") && !peek("TRAILING")) {
          wrong(word, "SIGN without LEADING or TRAILING", "such as SIGN IS TRAILING SEPARATE");
        }
      }
      case "LEADING", "TRAILING" -> {
        boolean separate = skip("SEPARATE");
        skip("CHARACTER");
        sign = Optional.of(new Entry.SignClause(word.is("LEADING"), separate));
      }
      case "BLANK" -> {
        skip("WHEN");
        if (!skip("ZERO") && !skip("ZEROS") && !skip("ZEROES")) {
          wrong(word, "BLANK without ZERO", "BLANK WHEN ZERO");
        }
        blankWhenZero = true;
      }
      case "JUST", "JUSTIFIED" -> skip("RIGHT");
      case "SYNC", "SYNCHRONIZED" -> {
        if (!skip("LEFT")) {
          skip("RIGHT");
        }
      }
      case "REDEFINES" -> {
        at++;
        unsupported(word, "REDEFINES", "a copybook with one meaning for each position");
      }
      default -> {
        if (isBinary(at - 1)) {
          binary(word);
        } else {
          wrong(word, "'" + word.text() + "' is not understood here", "is a period missing?");
          // What stands behind it is mostly the next entry.
          at = tokens.size();
        }
      }
    }
  }

  private void picture(Token word) {
    skip("IS");
    if (at == tokens.size()) {
      wrong(word, "PICTURE without a picture", "such as PIC X(24)");
    } else {
      picture = Optional.of(tokens.get(at++));
    }
  }

  private void usage(Token word) {
    skip("IS");
    if (at == tokens.size()) {
      wrong(word, "USAGE without a word", "USAGE IS DISPLAY");
    } else if (!skip("DISPLAY")) {
      binary(tokens.get(at++));
    }
  }

  private boolean isBinary(int index) {
    String word = tokens.get(index).word();
    return BINARY.contains(word)
        || word.startsWith("COMP-")
        || word.startsWith("COMPUTATIONAL-")
        || word.startsWith("BINARY-")
        || word.startsWith("FLOAT-");
  }

  private void binary(Token word) {
    unsupported(
        word,
        "usage " + word.word(),
        "a printed record is of usage DISPLAY: move the field to an edited one and print that");
  }

  private void value() {
    if (!skip("IS")) {
      skip("ARE");
    }
    skip("ALL");
    if (at < tokens.size()) {
      at++;
    }
    // A literal that is continued on the next line comes in two.
    while (at < tokens.size() && tokens.get(at).isLiteral()) {
      at++;
    }
  }

  private void occurs(Token word) {
    if (at == tokens.size() || !tokens.get(at).text().matches("[0-9]{1,9}")) {
      wrong(word, "OCCURS without a count", "such as OCCURS 12 TIMES");
      return;
    }
    int count = Integer.parseInt(tokens.get(at++).text());
    if (peek("TO")) {
      unsupported(word, "OCCURS with a count that varies (TO, DEPENDING ON)", "a fixed count");
      at = tokens.size();
      return;
    }
    if (count < 1 || count > MAX_OCCURS) {
      mistakes.add(
          mistake(word, Copybook.SIZE, "OCCURS " + count, "a count from 1 to " + MAX_OCCURS));
    } else {
      occurs = count;
    }
    skip("TIMES");
    if (peek("DEPENDING")) {
      unsupported(tokens.get(at), "OCCURS DEPENDING ON", "a fixed count");
      at = tokens.size();
    }
    while (peek("ASCENDING") || peek("DESCENDING") || peek("INDEXED")) {
      at++;
      while (at < tokens.size()
          && !CLAUSES.contains(tokens.get(at).word())
          && !peek("ASCENDING")
          && !peek("DESCENDING")
          && !peek("INDEXED")) {
        at++;
      }
      skip("IS");
    }
  }

  private boolean peek(String word) {
    return at < tokens.size() && tokens.get(at).is(word);
  }

  private boolean skip(String word) {
    boolean there = peek(word);
    at += there ? 1 : 0;
    return there;
  }

  private void unsupported(Token token, String what, String cure) {
    mistakes.add(mistake(token, Copybook.UNSUPPORTED, "not supported: " + what, cure));
  }

  private void wrong(Token token, String what, String cure) {
    mistakes.add(mistake(token, Copybook.SYNTAX, what, cure));
  }

  private static Mistake mistake(Token token, String ident, String text, String cure) {
    return new Mistake(token.line(), token.column(), ident, text, cure);
  }
}
