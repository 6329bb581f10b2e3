package org.hitc.workflow.copybook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hitc.workflow.picture.Overpunch;

/** Reads a copybook: the layout of one record. */
public final class Copybook {
  static final String SYNTAX = "COPYBOOK_SYNTAX";
  static final String UNSUPPORTED = "COPYBOOK_UNSUPPORTED";
  static final String PICTURE = "COPYBOOK_PICTURE";
  static final String NAME = "COPYBOOK_NAME";
  static final String SIGN = "COPYBOOK_SIGN";
  static final String SIZE = "COPYBOOK_SIZE";

  /** What was read. */
  public sealed interface Read {
    /** The elementary fields, in the order of the record; at least one has a name. */
    record Good(List<Item> items) implements Read {
      public Good {
        items = List.copyOf(items);
      }
    }

    /** All that is wrong, in the order of the text. */
    record Refused(List<Mistake> mistakes) implements Read {
      public Refused {
        mistakes = List.copyOf(mistakes);
      }
    }
  }

  private Copybook() {}

  /**
   * Reads one.
   *
   * @param overpunch how signs stand in digits; without it a picture with {@code S} must have SIGN
   *     SEPARATE
   */
  public static Read read(String source, Optional<Overpunch> overpunch) {
    List<Mistake> mistakes = new ArrayList<>();
    List<Entry> entries = entries(Tokens.of(source), mistakes);
    if (entries.isEmpty() && mistakes.isEmpty()) {
      mistakes.add(new Mistake(1, 1, SYNTAX, "no field", "such as 05 DESCR PIC X(24)."));
    }
    List<Item> items = mistakes.isEmpty() ? new Layout(overpunch, mistakes).of(entries) : List.of();
    return mistakes.isEmpty() ? new Read.Good(items) : new Read.Refused(mistakes);
  }

  private static List<Entry> entries(List<Token> tokens, List<Mistake> mistakes) {
    List<Entry> entries = new ArrayList<>();
    List<Token> entry = new ArrayList<>();
    for (Token token : tokens) {
      if (!token.isPeriod()) {
        entry.add(token);
      } else if (!entry.isEmpty()) {
        new EntryReader(entry, mistakes).read().ifPresent(entries::add);
        entry.clear();
      }
    }
    if (!entry.isEmpty()) {
      Token last = entry.getLast();
      mistakes.add(
          new Mistake(
              last.line(), last.column(), SYNTAX, "the last entry has no period", "add one"));
    }
    return entries;
  }
}
