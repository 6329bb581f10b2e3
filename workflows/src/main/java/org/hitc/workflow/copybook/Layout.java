package org.hitc.workflow.copybook;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hitc.workflow.copybook.Entry.SignClause;
import org.hitc.workflow.model.Columns.Column;
import org.hitc.workflow.model.Names;
import org.hitc.workflow.picture.Overpunch;
import org.hitc.workflow.picture.Picture;
import org.hitc.workflow.picture.PictureException;
import org.hitc.workflow.picture.Sign;

/** Puts entries below each other and gives every elementary field its position. */
final class Layout {
  static final int MAX_ITEMS = 1_000;

  private final Optional<Overpunch> overpunch;
  private final List<Mistake> mistakes;
  private final List<Item> items = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private int position = 1;
  private boolean full;

  /** An entry with those below it. */
  private record Node(Entry entry, List<Node> below) {}

  Layout(Optional<Overpunch> overpunch, List<Mistake> mistakes) {
    this.overpunch = overpunch;
    this.mistakes = mistakes;
  }

  List<Item> of(List<Entry> entries) {
    List<Node> top = tree(entries);
    for (Node node : top.subList(1, top.size())) {
      if (node.entry().isRecord() || top.getFirst().entry().isRecord()) {
        add(
            node.entry().start(),
            Copybook.UNSUPPORTED,
            "not supported: a second record",
            "one 01 level in a copybook");
        return List.of();
      }
    }
    top.forEach(node -> place(node, "", "", SignClause.DEFAULT));
    if (mistakes.isEmpty() && items.stream().allMatch(i -> i.name().equals(Column.FILLER))) {
      add(entries.getFirst().start(), Copybook.SYNTAX, "nothing but FILLER", "a field with a name");
    }
    return items;
  }

  private static List<Node> tree(List<Entry> entries) {
    List<Node> top = new ArrayList<>();
    Deque<Node> open = new ArrayDeque<>();
    for (Entry entry : entries) {
      Node node = new Node(entry, new ArrayList<>());
      while (!open.isEmpty()
          && (entry.isRecord() || open.getLast().entry().level() >= entry.level())) {
        open.removeLast();
      }
      if (open.isEmpty()) {
        top.add(node);
      } else {
        open.getLast().below().add(node);
      }
      open.addLast(node);
    }
    return top;
  }

  /**
   * Places a field and those below it, as often as it occurs.
   *
   * @param suffix of names in a table above, such as {@code _2}
   * @param number the same in words
   */
  private void place(Node node, String suffix, String number, SignClause inherited) {
    Entry entry = node.entry();
    SignClause sign = entry.sign().orElse(inherited);
    if (entry.picture().isPresent() == !node.below().isEmpty()) {
      add(
          entry.start(),
          Copybook.SYNTAX,
          entry.picture().isPresent()
              ? "a field with a picture has fields below it"
              : "a field with neither a picture nor fields below it",
          "correct a level number, or add a picture");
      return;
    }
    // What is wrong is said once, not for every element of a table.
    for (int i = 1; i <= entry.occurs() && (i == 1 || mistakes.isEmpty()) && !full; i++) {
      String own = entry.occurs() == 1 ? suffix : suffix + "_" + i;
      String ownNumber = entry.occurs() == 1 ? number : number + " " + i;
      node.below().forEach(below -> place(below, own, ownNumber, sign));
      entry.picture().ifPresent(p -> field(entry, p, own, ownNumber, sign));
    }
  }

  private void field(Entry entry, Token text, String suffix, String number, SignClause sign) {
    Optional<Picture> picture = picture(entry, text, sign);
    String base =
        entry
            .name()
            .map(n -> n.text().toLowerCase(Locale.ROOT).replace('-', '_'))
            .orElse(Column.FILLER);
    String name = entry.name().isPresent() ? base + suffix : base;
    if (picture.isEmpty() || !checkName(entry, name)) {
      return;
    }
    int end = position + picture.get().width() - 1;
    if (end > Column.MAX_POSITION || items.size() == MAX_ITEMS) {
      full = true;
      add(
          entry.start(),
          Copybook.SIZE,
          "the record is too large",
          "at most " + Column.MAX_POSITION + " positions and " + MAX_ITEMS + " fields");
      return;
    }
    items.add(new Item(name, base, number, position, picture.get(), entry.blankWhenZero()));
    position = end + 1;
  }

  private boolean checkName(Entry entry, String name) {
    if (entry.name().isEmpty()) {
      return true;
    }
    if (!Names.isName(name)) {
      add(
          entry.name().get(),
          Copybook.NAME,
          name + " cannot be the name of a column",
          "a letter, then letters, digits and -; at most " + Names.MAX_LENGTH);
      return false;
    }
    if (!names.add(name)) {
      add(
          entry.name().get(),
          Copybook.NAME,
          "a second field is called " + entry.name().get().text(),
          "give one of them another name");
      return false;
    }
    return true;
  }

  private Optional<Picture> picture(Entry entry, Token text, SignClause clause) {
    boolean signed = Picture.isSigned(text.text());
    if (signed && !clause.separate() && overpunch.isEmpty()) {
      add(
          text,
          Copybook.SIGN,
          "the sign of " + text.text() + " stands in a digit, and compilers write it differently",
          "add overpunch: ibm, gnucobol, micro_focus or vms beside copybook:, or SIGN SEPARATE here");
      return Optional.empty();
    }
    if (!signed && entry.sign().isPresent()) {
      add(text, Copybook.SIGN, "a SIGN clause, but no S in " + text.text(), "add the S");
      return Optional.empty();
    }
    try {
      Sign sign =
          clause.separate() || overpunch.isEmpty()
              ? new Sign.Separate(clause.leading())
              : new Sign.Overpunched(clause.leading(), overpunch.get());
      return Optional.of(Picture.parse(text.text(), sign));
    } catch (PictureException e) {
      add(
          text,
          Copybook.PICTURE,
          "the picture " + text.text() + ": " + e.getMessage(),
          "such as X(20), 9(6) or ZZ,ZZZ,ZZ9.99-");
      return Optional.empty();
    }
  }

  private void add(Token at, String ident, String text, String cure) {
    mistakes.add(new Mistake(at.line(), at.column(), ident, text, cure));
  }
}
