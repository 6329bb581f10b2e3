package org.hitc.workflow.extract;

import java.math.BigDecimal;

/** A cell of a table. */
public sealed interface Cell {
  /** Text or a code, as printed, without the blanks that pad it at the end. */
  record Text(String value) implements Cell {}

  /** A number; its scale is that of the picture. */
  record Numeric(BigDecimal value) implements Cell {}

  /** Nothing: a total line has no text in it. */
  record Empty() implements Cell {}

  /** What programs get when this cell is referred to. */
  default String asText() {
    return switch (this) {
      case Text(String value) -> value;
      case Numeric(BigDecimal value) -> value.toPlainString();
      case Empty() -> "";
    };
  }
}
