package org.hitc.i18n.check;

/** How bad a finding is. */
public enum Severity {
  /** It must not be used. */
  ERROR,
  /** It is probably wrong; somebody has to look. */
  WARNING,
  /** It could be better. */
  ADVICE
}
