package org.hitc.workflow.extract;

import java.math.BigDecimal;
import org.hitc.workflow.model.Columns.Content;
import org.hitc.workflow.model.Columns.Named;
import org.hitc.workflow.picture.Picture;
import org.hitc.workflow.picture.Reading;

/** Reads a value that has no position: of a CSV line, or of a group of a pattern. */
final class ValueReader {
  private static final int MAX_DIGITS = 38;

  private ValueReader() {}

  static Reading read(Named column, String value) {
    if (column.blankWhenZero() && value.isBlank() && column.numeric()) {
      return column.content() instanceof Content.Pictured(Picture picture)
          ? picture.zero()
          : new Reading.Numeric(BigDecimal.ZERO);
    }
    return switch (column.content()) {
      case Content.Text() -> new Reading.Text(value.stripTrailing());
      case Content.Numeral() -> numeral(value);
      case Content.Pictured(Picture picture) ->
          picture.kind() == Picture.Kind.NUMBER
              ? edited(picture, value)
              : text(picture, value.stripTrailing());
    };
  }

  /** A cell of a row, or the refusal of it at its place. */
  static Cell cell(Named column, String value, int position) throws RefusedException {
    return switch (read(column, value)) {
      case Reading.Text(String text) -> new Cell.Text(text);
      case Reading.Numeric(BigDecimal number) -> new Cell.Numeric(number);
      case Reading.Wrong(int offset, String reason) ->
          throw RefusedException.syntax(
              position + offset, "column " + column.name() + ": " + reason);
    };
  }

  private static Reading text(Picture picture, String value) {
    return value.length() > picture.width()
        ? new Reading.Wrong(picture.width(), "longer than its picture " + picture)
        : picture.read(value + " ".repeat(picture.width() - value.length()));
  }

  /** As the program printed it; or without some of the blanks at either end. */
  private static Reading edited(Picture picture, String value) {
    int missing = picture.width() - value.length();
    if (missing == 0) {
      return picture.read(value);
    }
    String bare = value.strip();
    int room = picture.width() - bare.length();
    if (room < 0) {
      return new Reading.Wrong(picture.width(), "longer than its picture " + picture);
    }
    // Behind a number there is room for a sign: one blank, or two of CR and DB.
    Reading first = picture.read(" ".repeat(room) + bare);
    for (int behind = 1; behind <= Math.min(2, room); behind++) {
      if (first instanceof Reading.Numeric) {
        return first;
      }
      Reading next = picture.read(" ".repeat(room - behind) + bare + " ".repeat(behind));
      if (next instanceof Reading.Numeric) {
        return next;
      }
    }
    return first instanceof Reading.Wrong(int offset, String reason)
        ? new Reading.Wrong(Math.max(0, offset - room), reason + " (" + picture + ")")
        : first;
  }

  private static Reading numeral(String value) {
    String bare = value.strip();
    int from = bare.startsWith("-") || bare.startsWith("+") ? 1 : 0;
    int to = bare.length();
    boolean signBehind = from == 0 && (bare.endsWith("-") || bare.endsWith("+"));
    to -= signBehind ? 1 : 0;
    int point = -1;
    for (int i = from; i < to; i++) {
      char c = bare.charAt(i);
      if (c == '.' && point < 0) {
        point = i;
      } else if (c < '0' || c > '9') {
        return new Reading.Wrong(i, "'" + c + "' in a plain number; a picture reads edited ones");
      }
    }
    int digits = to - from - (point < 0 ? 0 : 1);
    if (digits < 1 || digits > MAX_DIGITS) {
      return new Reading.Wrong(
          0, digits < 1 ? "a number is wanted" : "more than " + MAX_DIGITS + " digits");
    }
    BigDecimal magnitude = new BigDecimal(bare.substring(from, to));
    boolean negative = bare.startsWith("-") || bare.endsWith("-");
    return new Reading.Numeric(negative ? magnitude.negate() : magnitude);
  }
}
