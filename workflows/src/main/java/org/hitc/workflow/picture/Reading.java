package org.hitc.workflow.picture;

import java.math.BigDecimal;

/** What a field turned out to hold. */
public sealed interface Reading {
  /** Text or a code, without the blanks that pad it at the end. */
  record Text(String value) implements Reading {}

  /** A number; its scale is that of the picture. */
  record Numeric(BigDecimal value) implements Reading {}

  /**
   * The field does not fit its picture.
   *
   * @param offset zero-based offset of the first character that does not
   * @param reason in words for the programmer
   */
  record Wrong(int offset, String reason) implements Reading {}
}
