package org.hitc.workflow.model;

import com.google.re2j.Pattern;

/** The shape of names: of workflows, steps, fields, columns and programs. */
public final class Names {
  /** Longest name, in characters. */
  public static final int MAX_LENGTH = 64;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  private Names() {}

  /** True for a lower-case letter followed by lower-case letters, digits and underscores. */
  public static boolean isName(String text) {
    return text.length() <= MAX_LENGTH && NAME.matches(text);
  }

  static String check(String text) {
    if (!isName(text)) {
      throw new IllegalArgumentException("not a name: " + text);
    }
    return text;
  }
}
