package org.hitc.workflow.picture;

import java.util.Optional;

/**
 * Reads the fields of one picture out of lines, without making an object. It accepts nothing that
 * {@link Picture#read} refuses and gives the same number; what it does not accept is for that
 * method, which also knows the reason.
 */
public interface NumberScanner {
  /** Not accepted. */
  long NONE = Long.MIN_VALUE;

  /** Most digits that a {@code long} holds, whatever they are. */
  int MAX_DIGITS = 18;

  /**
   * Reads a field.
   *
   * @param line holds the whole field
   * @param from where it begins
   * @return the number without its point, or {@link #NONE}
   */
  long scan(char[] line, int from);

  /** The scanner of a shape; empty when only the general way reads it. */
  static Optional<NumberScanner> of(Picture.Shape shape) {
    return switch (shape) {
      case TextShape _ -> Optional.empty();
      case SignedShape signed ->
          signed.digits() <= MAX_DIGITS ? Optional.of(new SignedScanner(signed)) : Optional.empty();
      case NumberShape number ->
          number.digits() <= MAX_DIGITS && EditedScanner.canScan(number)
              ? Optional.of(new EditedScanner(number))
              : Optional.empty();
    };
  }
}
