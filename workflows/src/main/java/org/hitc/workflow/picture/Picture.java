package org.hitc.workflow.picture;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A COBOL picture, as in ISO 1989 (PICTURE clause), for fields of usage DISPLAY.
 *
 * <p>Supported: {@code X A 9 V Z * $ + - CR DB , . B 0 /} with repetition counts; fixed and
 * floating signs and currency signs; zero suppression; {@code S} where a SIGN clause says how the
 * sign stands in the field. Refused with the reason: {@code P}, and national or floating-point
 * symbols.
 */
public final class Picture {

  /** What a picture describes. */
  public enum Kind {
    /** Text: an {@code X} or an {@code A} is in it. */
    TEXT,
    /** Digits that name something: nothing but {@code 9}. Leading zeros belong to it. */
    CODE,
    /** A number. */
    NUMBER
  }

  private final String text;
  private final Shape shape;

  private Picture(String text, Shape shape) {
    this.text = text;
    this.shape = shape;
  }

  /**
   * Reads a picture such as {@code ZZ,ZZZ,ZZ9.99-}.
   *
   * @throws PictureException with the offset of the first symbol that cannot stand there
   */
  public static Picture parse(String text) throws PictureException {
    String symbols = Symbols.expand(text);
    Shape shape =
        symbols.indexOf('X') >= 0 || symbols.indexOf('A') >= 0
            ? TextShape.of(symbols)
            : symbols.chars().allMatch(c -> c == '9')
                ? new TextShape(symbols, Kind.CODE)
                : NumberShape.of(symbols);
    return new Picture(text, shape);
  }

  /**
   * Reads a picture such as {@code S9(7)V99}; one without {@code S} is read as by {@link #parse}.
   *
   * @throws PictureException as {@link #parse}
   */
  public static Picture parse(String text, Sign sign) throws PictureException {
    return isSigned(text)
        ? new Picture(text, SignedShape.of(Symbols.expand(text.substring(1)), sign))
        : parse(text);
  }

  /** True for a picture that begins with {@code S}. */
  public static boolean isSigned(String text) {
    return text.startsWith("S") || text.startsWith("s");
  }

  /** What it describes. */
  public Kind kind() {
    return shape.kind();
  }

  /** How many characters a field of it has. */
  public int width() {
    return shape.width();
  }

  /** True when it is nothing but {@code X}: any text, up to its width. */
  public boolean isFreeText() {
    return shape instanceof TextShape t && t.isFree();
  }

  /**
   * Reads a field.
   *
   * @param field exactly {@link #width} characters
   */
  public Reading read(String field) {
    if (field.length() != width()) {
      throw new IllegalArgumentException("a field of " + width() + " characters");
    }
    return shape.read(field);
  }

  /** What blanks mean under {@code BLANK WHEN ZERO}: zero for a number, otherwise no text. */
  public Reading zero() {
    return shape.kind() == Kind.NUMBER
        ? new Reading.Numeric(BigDecimal.ZERO.setScale(shape.scale()))
        : new Reading.Text("");
  }

  /** How many digits of a number stand behind its point. */
  public int scale() {
    return shape.scale();
  }

  /** True when a field of it can be negative. */
  public boolean signed() {
    return shape.signed();
  }

  /**
   * True when it describes text or a code and the field fits; makes no object.
   *
   * @param line holds the whole field
   * @param from where it begins
   */
  public boolean fitsText(char[] line, int from) {
    return shape instanceof TextShape text && text.fits(line, from);
  }

  /** The way to read its fields without making objects; empty when there is none for it. */
  public Optional<NumberScanner> scanner() {
    return NumberScanner.of(shape);
  }

  /** How one family of pictures reads its fields. */
  sealed interface Shape permits TextShape, NumberShape, SignedShape {
    Kind kind();

    int width();

    int scale();

    boolean signed();

    Reading read(String field);
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Picture picture
        && picture.text.equals(text)
        && picture.shape.equals(shape);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
