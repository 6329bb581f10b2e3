package org.hitc.workflow.model;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hitc.workflow.picture.Picture;

/**
 * What may be typed or chosen in a field.
 *
 * <p>Lengths count twice: in characters and in bytes of UTF-8. The limit of bytes is the limit of
 * characters unless the definition says otherwise, because the programs behind it have buffers of
 * bytes.
 */
public sealed interface FieldType {
  /** The choices that the file says; none for what is not chosen, or chosen from elsewhere. */
  default List<Choices.Choice> fixedChoices() {
    return switch (this) {
      case Choice(Choices.Fixed(var choices)) -> choices;
      case Many(Choices.Fixed(var choices), _, _) -> choices;
      default -> List.of();
    };
  }

  /** A COBOL picture of {@code X}, {@code A} and {@code 9}. */
  record Pic(Picture picture) implements FieldType {}

  /** One line of text. */
  record Text(int maxLength, int maxBytes) implements FieldType {
    public Text {
      positive(maxLength, maxBytes);
    }
  }

  /** A whole number. */
  record WholeNumber(Optional<BigDecimal> min, Optional<BigDecimal> max) implements FieldType {}

  /**
   * An amount of money.
   *
   * @param decimals digits after the point
   */
  record Amount(int decimals, Optional<BigDecimal> min, Optional<BigDecimal> max)
      implements FieldType {
    public Amount {
      if (decimals < 0 || decimals > 9) {
        throw new IllegalArgumentException("0 to 9 decimals");
      }
    }
  }

  /** A day of the calendar. */
  record Date(Optional<LocalDate> min, Optional<LocalDate> max) implements FieldType {}

  /** One of several. */
  record Choice(Choices choices) implements FieldType {}

  /** Any of several. */
  record Many(Choices choices, int min, int max) implements FieldType {}

  /** Yes or no. */
  record Checkbox() implements FieldType {}

  /** A mail address. */
  record Email() implements FieldType {}

  /** Several lines of text. */
  record TextArea(int maxLength, int maxBytes, int rows) implements FieldType {
    public TextArea {
      positive(maxLength, maxBytes);
      positive(rows, rows);
    }
  }

  /** A secret: never stored, never logged, only ever a line of a program's input. */
  record Password(int maxLength, int maxBytes) implements FieldType {
    public Password {
      positive(maxLength, maxBytes);
    }
  }

  /**
   * A file.
   *
   * <p>Programs get the path of a private copy of it.
   *
   * @param kinds endings of the names that are taken, such as {@code csv}; empty for any
   */
  record File(int maxBytes, List<String> kinds) implements FieldType {
    public File {
      kinds = List.copyOf(kinds);
    }
  }

  private static void positive(int a, int b) {
    if (a < 1 || b < 1) {
      throw new IllegalArgumentException("a limit is at least 1");
    }
  }
}
