package org.hitc.workflow.picture;

import org.hitc.workflow.picture.Picture.Kind;

/** Pictures of text and of codes: one symbol for each character. */
record TextShape(String symbols, Kind kind) implements Picture.Shape {

  static TextShape of(String symbols) throws PictureException {
    for (int i = 0; i < symbols.length(); i++) {
      if ("XA9B0/".indexOf(symbols.charAt(i)) < 0) {
        throw new PictureException(
            0, "'" + symbols.charAt(i) + "' cannot stand in one picture with X or A");
      }
    }
    return new TextShape(symbols, Kind.TEXT);
  }

  boolean isFree() {
    return symbols.chars().allMatch(c -> c == 'X');
  }

  @Override
  public int width() {
    return symbols.length();
  }

  @Override
  public int scale() {
    return 0;
  }

  @Override
  public boolean signed() {
    return false;
  }

  @Override
  public Reading read(String field) {
    for (int i = 0; i < field.length(); i++) {
      char symbol = symbols.charAt(i);
      char c = field.charAt(i);
      if (!fits(symbol, c)) {
        return new Reading.Wrong(
            i, "the picture has " + symbol + " where the field has '" + c + "'");
      }
    }
    return new Reading.Text(field.stripTrailing());
  }

  boolean fits(char[] line, int from) {
    for (int i = 0; i < symbols.length(); i++) {
      if (!fits(symbols.charAt(i), line[from + i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(char symbol, char c) {
    return switch (symbol) {
      case 'X' -> true;
      case 'A' -> c == ' ' || Character.isLetter(c);
      case '9' -> c >= '0' && c <= '9';
      case 'B' -> c == ' ';
      default -> c == symbol;
    };
  }
}
