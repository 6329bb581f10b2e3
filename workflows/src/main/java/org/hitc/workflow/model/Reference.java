package org.hitc.workflow.model;

/**
 * What a {@code $name} points to: a field, a predefined name, or {@code $row.column}.
 *
 * @param name the name without the dollar, such as {@code account} or {@code row.object}
 */
public record Reference(String name) {
  /** The prefix of the names of a followed row's columns. */
  public static final String ROW = "row.";

  /** The prefix of values as a program printed them, whatever was answered since. */
  public static final String BEFORE = "before.";

  public Reference {
    int dot = name.indexOf('.');
    if (dot < 0) {
      Names.check(name);
    } else {
      Names.check(name.substring(0, dot));
      Names.check(name.substring(dot + 1));
    }
  }

  /** True for {@code $row.column}. */
  public boolean isRow() {
    return name.startsWith(ROW);
  }

  /** True for {@code $before.name}. */
  public boolean isBefore() {
    return name.startsWith(BEFORE);
  }

  /**
   * What the words of a translation call the value: {@code account}, {@code rowObject}, {@code
   * beforeAddress}. No name has a capital, so two references never become one.
   */
  public String argument() {
    int dot = name.indexOf('.');
    return dot < 0
        ? name
        : name.substring(0, dot)
            + Character.toUpperCase(name.charAt(dot + 1))
            + name.substring(dot + 2);
  }

  /** As it is written in a definition file. */
  @Override
  public String toString() {
    return "$" + name;
  }
}
