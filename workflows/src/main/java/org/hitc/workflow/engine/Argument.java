package org.hitc.workflow.engine;

import java.math.BigDecimal;

/** Something that a message mentions. */
public sealed interface Argument {
  /** Words or a code. */
  record Word(String value) implements Argument {}

  /** A count. */
  record Count(long value) implements Argument {}

  /** A day, as {@code 2026-11-23}. */
  record Day(String iso) implements Argument {}

  /** A number. */
  record Decimal(BigDecimal value) implements Argument {}
}
